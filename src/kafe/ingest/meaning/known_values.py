"""Values that say what a column is: municipalities of Norway, and words for who somebody is."""

import re
from functools import cache
from importlib import resources

from kafe.ingest.meaning.questions import fold

_GROUPS = re.compile(
    r"\b(?:bruker(?:e|ar|en)?|brukar(?:ar)?|tjenestemottaker\w*|pasient\w*|klient\w*|pårørende|pårørande|etterlatt\w*|"
    r"foreldre|forelder|foresatt\w*|barn|ungdom\w*|elev\w*|student\w*|lærer\w*|innbygger\w*|innbyggar\w*|beboer\w*|"
    r"frivillig\w*|\w*organisasjon\w*|\w*forening\w*|lag|ansatt\w*|tilsett\w*|medarbeider\w*|leder\w*|leiar\w*|"
    r"mellomleder\w*|fagperson\w*|fagfolk|helsepersonell|sykepleier\w*|sjukepleiar\w*|lege|leger|fastlege\w*|"
    r"kommuneoverlege\w*|spesialist\w*|sykehus\w*|sjukehus\w*|kommune(?:n|ansatt\w*)?|stat(?:en|lig)?|politi(?:et|ker\w*)?|"
    r"brannvesen\w*|brann|ambulanse\w*|legevakt\w*|nødetat\w*|nav|næringsliv\w*|bedrift\w*|arbeidsgiver\w*|"
    r"representant\w*|erfaringskonsulent\w*|likeperson\w*|andre|annet|anna|annen|privatperson\w*|forsker\w*|"
    r"user|users|patient|patients|relative|relatives|carer|staff|employee|volunteer|volunteers|parent|parents|other)\b",
    re.IGNORECASE,
)
_LONGEST = 7


@cache
def municipalities() -> frozenset[str]:
    """Return the folded names of Norway's municipalities."""
    path = resources.files("kafe.ingest") / "resources" / "municipalities.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line.strip() and not line.startswith("#"))


def is_municipality(text: str) -> bool:
    """Return whether a text is the name of a municipality, with or without the word `kommune`."""
    name = re.sub(r"\s+kommune$", "", text.strip(" .:"), flags=re.IGNORECASE)
    return fold(name) in municipalities()


def is_group(text: str) -> bool:
    """Return whether a short text names who somebody is: `Pårørende`, `Ansatt i kommunen`."""
    words = text.split()
    return (
        0 < len(words) <= _LONGEST
        and not re.search(r"[.!?;]", text.strip(" .;"))
        and bool(_GROUPS.search(text))
    )
