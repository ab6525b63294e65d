"""Who codes what: a sample that everyone codes, so that agreement can be measured, and the rest shared out."""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from kafe.messages import message
from kafe.records import KafeError, Note


def share_out(notes: Sequence[Note], coders: Sequence[str], share: float, seed: int) -> dict[str, list[str]]:
    """Return coder → note ids: the same `share` (0 to 1) of the notes for everyone, the rest one coder each.

    Both parts follow the make-up of the material by session and question: a systematic sample of the
    notes ordered by session, question and chance (Cochran 1977, Sampling Techniques, ch. 8). The order
    in which a coder gets notes is by chance too, so that none can see which ones others code as well.
    The same notes, coders and seed give the same outcome, whatever order the notes come in.
    """
    in_order = sorted(notes, key=lambda note: (note.session, note.question, _chance(seed, note.id)))
    wanted = Fraction(str(share))
    start = Fraction(int(_chance(seed, "start")[:8], 16), 16**8)
    given: dict[str, list[str]] = {coder: [] for coder in coders}
    turn = 0
    for place, note in enumerate(in_order):
        if int((place + 1) * wanted + start) > int(place * wanted + start):
            for ids in given.values():
                ids.append(note.id)
        else:
            given[coders[turn % len(coders)]].append(note.id)
            turn += 1
    return {
        coder: sorted(ids, key=lambda note_id: _chance(seed, "order", note_id))
        for coder, ids in given.items()
    }


def read_share(text: str) -> float:
    """Return the share that «20%», «20 %», «0.2» or «0,2» names. Raises KafeError for anything else."""
    plain = text.replace(",", ".").replace(" ", "").replace("\u00a0", "")
    try:
        share = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise KafeError(message("store.error.share", text=text), remedy=message("store.remedy.share"))
    return share


def _chance(seed: int, *parts: str) -> str:
    return hashlib.sha256("\x1f".join((str(seed), *parts)).encode("utf-8")).hexdigest()
