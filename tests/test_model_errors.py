"""Faults that pydantic finds are said in Norwegian, and a misspelt key gets the nearest right one."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kafe.model_errors import explain


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(alias="navn")
    kind: Literal["struktur", "prosess"] = "struktur"
    level: Annotated[int, Field(ge=1, le=5)] = 1
    share: float = 0.5
    seen: bool = False
    id: Annotated[str, Field(pattern="^[a-z]+$")] = "a"


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: tuple[Part, ...] = Field(default=(), alias="deler")


@pytest.mark.parametrize(
    ("part", "place", "words"),
    [
        ({"nvn": "A"}, ("deler", 0, "nvn"), "Ukjent nøkkel; mente du «navn»?"),
        ({"navn": "A", "xyz": 1}, ("deler", 0, "xyz"), "Ukjent nøkkel."),
        ({}, ("deler", 0, "navn"), "Nøkkelen mangler."),
        ({"navn": "A", "kind": "resultat"}, ("deler", 0, "kind"), "en av disse: struktur, prosess."),
        ({"navn": "A", "level": 9}, ("deler", 0, "level"), "ikke være større enn 5"),
        ({"navn": "A", "level": "x"}, ("deler", 0, "level"), "heltall"),
        ({"navn": "A", "level": 1.5}, ("deler", 0, "level"), "heltall"),
        ({"navn": "A", "share": "halv"}, ("deler", 0, "share"), "et tall"),
        ({"navn": "A", "seen": "kanskje"}, ("deler", 0, "seen"), "true eller false"),
        ({"navn": "A", "id": "Å B"}, ("deler", 0, "id"), "små bokstaver"),
        ({"navn": 1}, ("deler", 0, "navn"), "en tekst"),
        ({"navn": b"\xff"}, ("deler", 0, "navn"), "kan ikke brukes her"),
    ],
)
def test_a_fault_is_said_in_words_with_its_place(part: dict, place: tuple, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Whole.model_validate({"deler": [part]})
    said, found = explain(caught.value, Whole)
    assert found == place and words in said
    assert not {"should", "Field", "Input", "permitted"} & set(said.split())
