"""Small corpora composed of hand-written words: themes that exist, and the same words without themes."""

import random

import pytest

THEMES = {
    "bolig": "bolig leie hybel husleie utkastelse hospits flytting nabo boligkontor leilighet",
    "pårørende": "pårørende mor far søsken avlastning familie foreldre samtale besøk etterlatte",
    "ambulanse": "ambulanse sirene utrykning sykebil båre akutt legevakt triage nødnummer transport",
    "skole": "skole lærer elev rektor klasse lekse rådgiver friminutt fravær elevråd",
    "arbeid": "arbeid jobb lønn arbeidsgiver praksisplass kollega sykmelding kontrakt kurs tiltak",
}
COMMON = ("noe", "trenger", "viktig", "dag", "plan", "møte", "kommune", "tid")


def corpus(size: int, seed: int = 3) -> tuple[list[str], list[list[str]], list[str]]:
    """Return texts, lemmas and true themes of notes with four to seven words of one theme and one common."""
    rng = random.Random(seed)
    names = list(THEMES)
    texts, lemmas, truth = [], [], []
    for index in range(size):
        theme = names[index % len(names)]
        words = [*rng.sample(THEMES[theme].split(), rng.randint(4, 7)), rng.choice(COMMON)]
        if theme == "pårørende" and "pårørende" not in words:
            words[0] = "pårørende"
        texts.append("Det er " + " og ".join(words))
        lemmas.append(words)
        truth.append(theme)
    return texts, lemmas, truth


def themeless(size: int, seed: int = 5) -> tuple[list[str], list[list[str]]]:
    """Return texts and lemmas of notes whose words come from all themes alike."""
    rng = random.Random(seed)
    _, lemmas, _ = corpus(size)
    pool = [word for words in lemmas for word in words]
    rng.shuffle(pool)
    dealt = iter(pool)
    notes = [[next(dealt) for _ in words] for words in lemmas]
    return [" ".join(words) for words in notes], notes


@pytest.fixture
def themed():
    return corpus


@pytest.fixture
def without_themes():
    return themeless
