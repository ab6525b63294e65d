"""Codes by their names from the root, made into a tree with ids."""

from pathlib import Path

from kafe.exchange.formats.drafts import CodeDraft, codebook_from
from kafe.exchange.records import Incoming

TREE = {"rød": "", "bolig": "rød", "uklart-ansvar": "rød"}


def write(folder: Path, text: str, name: str = "koder.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def tree(foreign: Incoming) -> dict[str, str]:
    return {code.id: code.parent for code in foreign.codes.codes}


def test_ids_are_unique_and_keep_norwegian_letters():
    drafts = [
        CodeDraft(("Åpne dører",)),
        CodeDraft(("A", "Bolig")),
        CodeDraft(("B", "Bolig")),
        CodeDraft(("!!",)),
    ]
    ids = [code.id for code in codebook_from("", drafts).codes.codes]
    assert ids == ["åpne-dører", "a", "bolig", "b", "b-bolig", "kode"]


def test_a_step_without_a_row_becomes_a_heading(tmp_path, codes_in):
    found = codes_in(write(tmp_path, "sti\na/b/c\n"))
    assert [(code.id, code.parent, code.codable) for code in found.codes.codes] == [
        ("a", "", False),
        ("b", "a", False),
        ("c", "b", True),
    ]


def test_a_flat_refi_codebook_with_paths_for_names_becomes_a_tree(tmp_path, codes_in):
    codes = "".join(
        f'<Code guid="0000000{n}-0000-0000-0000-000000000000" name="{name}" isCodable="true"/>'
        for n, name in enumerate(("Rød", "Rød/Bolig", "Rød/Uklart ansvar"))
    )
    text = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1.5"><Codes>{codes}</Codes><Sets/></CodeBook>'
    found = codes_in(write(tmp_path, text, "codebook.qdc"))
    assert tree(found) == TREE
