"""Quicker start of everything that reads notebooks."""

import sys


def skip_slow_grammars() -> None:
    """Make `nbformat` start without `rfc3987_syntax`, whose grammars take two to three seconds to compile.

    jsonschema uses it to check the format `iri` only, which notebooks do not have, and does without
    it when the import fails (python-jsonschema/jsonschema issues 1392 and 1428).
    """
    if "rfc3987_syntax" not in sys.modules:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
