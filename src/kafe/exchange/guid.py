"""Names that other programs can keep: the same thing has the same GUID in every export."""

import re
import uuid
from functools import lru_cache

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:kafe:refi-qda")
_SHAPE = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")


@lru_cache(maxsize=2**17)
def guid(kind: str, name: str) -> str:
    """Return the GUID of a thing: version 5 (RFC 9562) of its kind and its id in kafe."""
    return str(uuid.uuid5(_SPACE, f"{kind}:{name}"))


def canonical(text: str) -> str:
    """Return a GUID as kafe writes it, without braces and in lower case; other names as they are."""
    found = _SHAPE.fullmatch(text.strip())
    return found[1].lower() if found else text.strip()
