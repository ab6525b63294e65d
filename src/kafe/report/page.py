"""The frame of every page: templates, styles, scripts and the policy that allows nothing else."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from kafe.messages import message

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


INDEX = "index.html"
"""Where each report leads back to."""


@dataclass(frozen=True, kw_only=True)
class PageMeta:
    """What stands at the head of a page.

    `title`: where it is not given, a report's own heading; `notice`: what readers must know of the
    material; `date`: the last date of the material (ISO 8601); `selection`: in words, which part of it is
    shown.
    """

    title: str = ""
    project: str = ""
    notice: str = ""
    date: str = ""
    selection: str = ""


@cache
def asset(name: str) -> str:
    """Return a text file of this package."""
    return resources.files("kafe.report").joinpath(name).read_text(encoding="utf-8")


@cache
def plotly_script() -> str:
    """Return plotly.js as installed with plotly, ready to stand in a page."""
    from plotly.offline import get_plotlyjs

    return get_plotlyjs().replace("\r\n", "\n").replace("</script", "<\\/script")


def date_in_words(text: str) -> str:
    """Return an ISO 8601 date as «12. juni 2025»; other text as it is."""
    found = ISO_DATE.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        return text
    return message(
        "report.page.day", day=int(found[3]), month=message(f"report.month.{int(found[2])}"), year=found[1]
    )


def policy(scripts: Iterable[str]) -> str:
    """Return a Content-Security-Policy that runs exactly these scripts and fetches nothing.

    Styles are inline, as plotly sets them on elements; pictures are embedded.
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["t"] = lambda key, **values: message(f"report.{key}", **values)
    return environment


def fill(template: str, meta: PageMeta, *, scripts: Iterable[str], **values: Any) -> str:
    """Return the page: the template with its head, the package's styles and these scripts inline."""
    from markupsafe import Markup

    scripts = list(scripts)
    head = asdict(meta) | {"date": date_in_words(meta.date)}
    return str(
        _environment()
        .get_template(template)
        .render(
            **head,
            index=INDEX,
            language=message("report.page.language"),
            policy=policy(scripts),
            css=Markup(asset("report.css")),  # noqa: S704
            scripts=[Markup(script) for script in scripts],  # noqa: S704
            **values,
        )
    )
