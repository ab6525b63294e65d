"""What was found and masked, without ever holding the words themselves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kafe.messages import message
from kafe.records import Note

LABELS = {
    "person": "PERSON",
    "epost": "E-POST",
    "telefon": "TELEFON",
    "fødselsnummer": "FØDSELSNUMMER",
    "fødselsdato": "FØDSELSDATO",
    "kontonummer": "KONTONUMMER",
    "adresse": "ADRESSE",
    "bilnummer": "BILNUMMER",
    "brukernavn": "BRUKERNAVN",
    "nettadresse": "NETTADRESSE",
    "helsepersonellnummer": "HPR-NUMMER",
    "journalnummer": "JOURNALNUMMER",
    "passnummer": "PASSNUMMER",
}

UNCERTAIN_BELOW = 0.75


@dataclass(frozen=True, slots=True)
class Finding:
    """One masked span: `start` and `end` are code points of the tag in the de-identified text.

    `source` is how it was found: `pattern`, `list` (the project's own), `names` (kafe's lists and
    cue words), `model` or `recurrence`. `confidence` runs from 0 to 1 and is a judgement, not a rate.
    """

    note_id: str
    kind: str
    tag: str
    start: int
    end: int
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Deidentified:
    """De-identified notes in the order given, and what was masked; `model` is empty when none ran."""

    notes: tuple[Note, ...]
    findings: tuple[Finding, ...]
    model: str = ""

    @property
    def remark(self) -> str:
        """Say in Norwegian which means found the names, and that a person must look."""
        return (
            message("deidentify.remark.with_model", model=self.model)
            if self.model
            else message("deidentify.remark.without_model")
        )


def summary(findings: Iterable[Finding]) -> list[dict[str, str | int]]:
    """Return one row a kind: `kind`, `label` (in words), `count`, `distinct`, `notes`, `uncertain`.

    `distinct` counts different tags, `uncertain` findings a person should look at first. No text.
    """
    found = tuple(findings)
    count = Counter(finding.kind for finding in found)
    return [
        {
            "kind": kind,
            "label": message(f"deidentify.kinds.{kind}"),
            "count": count[kind],
            "distinct": len({finding.tag for finding in found if finding.kind == kind}),
            "notes": len({finding.note_id for finding in found if finding.kind == kind}),
            "uncertain": sum(
                finding.kind == kind and finding.confidence < UNCERTAIN_BELOW for finding in found
            ),
        }
        for kind in LABELS
        if count[kind]
    ]
