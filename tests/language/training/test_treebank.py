"""The conversion from NDT to UD, on constructed sentences (konstruert eksempel)."""

from pathlib import Path

import pytest
import spacy

from kafe.language.training.evaluate import evaluate_conllu
from kafe.language.training.treebank import UdMapping, aligned, documents, read_conll, spaces

SHARED = Path(__file__).parents[4] / "shared" / "treebank"


def write(path: Path, *sentences: list[str]) -> Path:
    path.write_text("\n\n".join("\n".join(lines) for lines in sentences) + "\n\n", encoding="utf-8")
    return path


def line(index: int, form: str, lemma: str, pos: str, feats: str, head: int, deprel: str, misc: str) -> str:
    return "\t".join((str(index), form, lemma, pos, pos, feats, str(head), deprel, "_", misc))


HAR_MODAL = [
    line(1, "Hun", "hun", "pron", "fem", 2, "SUBJ", "name=O"),
    line(2, "må", "måtte", "verb", "pres", 0, "FINV", "name=O"),
    line(3, "hvile", "hvile", "verb", "inf", 2, "INFV", "name=O"),
]
HAR_MAIN = [
    line(1, "Hun", "hun", "pron", "fem", 2, "SUBJ", "name=O"),
    line(2, "må", "måtte", "verb", "pres", 0, "FINV", "name=O"),
    line(3, "hjem", "hjem", "adv", "_", 2, "ADV", "name=O"),
]


def ud(ndt: list[str], tags: list[str]) -> list[str]:
    rows = []
    for source, tag in zip(ndt, tags, strict=True):
        cells = source.split("\t")
        cells[3], cells[5] = tag, "_"
        rows.append("\t".join(cells))
    return rows


def test_the_mapping_tells_auxiliaries_from_main_verbs_by_their_children(tmp_path: Path) -> None:
    ndt = read_conll(write(tmp_path / "ndt.conll", HAR_MODAL, HAR_MAIN))
    gold = read_conll(
        write(
            tmp_path / "ud.conllu",
            ud(HAR_MODAL, ["PRON", "AUX", "VERB"]),
            ud(HAR_MAIN, ["PRON", "VERB", "ADV"]),
        )
    )
    mapping = UdMapping(aligned(ndt, gold))
    unseen = [
        read_conll(write(tmp_path / "new.conll", [row.replace("hvile", "sove") for row in HAR_MODAL]))[0],
        read_conll(write(tmp_path / "new2.conll", [row.replace("hjem", "ut") for row in HAR_MAIN]))[0],
    ]
    assert [word.pos for word in mapping(unseen[0])] == ["PRON", "AUX", "VERB"]
    assert [word.pos for word in mapping(unseen[1])] == ["PRON", "VERB", "ADV"]


def test_a_line_without_ten_columns_is_an_error_naming_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text("# tekst\n1\tHun\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.conllu, line 2: expected 10 columns, found 2"):
        read_conll(path)


@pytest.mark.parametrize(
    "text",
    [
        "Hun sa «ja», og gikk.",
        "Er det (nesten) sant?",
        'Han sa "nei" til alt.',
        "50% av dem; resten vet ikke!",
        "og/eller begge",
    ],
)
def test_spacing_follows_ordinary_typography(text: str) -> None:
    forms = [token.text for token in spacy.blank("nb")(text)]
    if "og/eller" in forms:
        forms[forms.index("og/eller") : forms.index("og/eller") + 1] = ["og", "/", "eller"]
    glued = "".join(form + (" " if space else "") for form, space in zip(forms, spaces(forms), strict=True))
    assert glued.strip() == text


def test_documents_carry_names_boundaries_and_lemmas(tmp_path: Path) -> None:
    sentences = read_conll(
        write(
            tmp_path / "ud.conllu",
            [
                line(1, "Kari", "Kari", "PROPN", "Gender=Fem", 0, "root", "name=B-PER"),
                line(2, "Eksempel", "Eksempel", "PROPN", "_", 1, "flat", "name=I-PER"),
                line(3, "kom", "komme", "VERB", "Tense=Past", 1, "x", "name=O|SpaceAfter=No"),
                line(4, ".", "$.", "PUNCT", "_", 1, "punct", "name=O"),
            ],
            [line(1, "Ja", "ja", "INTJ", "_", 0, "root", "name=O")],
        )
    )
    doc = next(documents(sentences, spacy.blank("nb").vocab, spacing_known=True))
    assert doc.text == "Kari Eksempel kom. Ja "
    assert [(span.text, span.label_) for span in doc.ents] == [("Kari Eksempel", "PER")]
    assert [sent.text for sent in doc.sents] == ["Kari Eksempel kom.", "Ja"]
    assert doc[2].lemma_ == "komme" and str(doc[2].morph) == "Tense=Past"


def test_evaluation_counts_what_a_pipeline_gets_wrong(tmp_path: Path) -> None:
    path = write(
        tmp_path / "gold.conllu",
        [
            line(1, "Kari", "Kari", "PROPN", "_", 0, "root", "name=B-PER"),
            line(2, "kommer", "komme", "VERB", "_", 1, "x", "name=O"),
        ],
        [
            line(1, "Stavanger", "Stavanger", "PROPN", "_", 0, "root", "name=B-LOC"),
            line(2, "venter", "vente", "VERB", "_", 1, "x", "name=O"),
        ],
    )
    nlp = spacy.blank("nb")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"IS_TITLE": True}]], {"POS": "PROPN"})
    ruler.add([[{"ORTH": "kommer"}]], {"POS": "VERB", "LEMMA": "komme"})
    ruler.add([[{"ORTH": "venter"}]], {"POS": "NOUN", "LEMMA": "venter"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Kari"}])
    scores = evaluate_conllu(nlp, path)
    assert scores["tokens"] == 4 and scores["sentences"] == 2
    assert scores["pos"] == 0.75
    assert scores["entity_r"] == 0.5 and scores["entity_p"] == 1.0
    assert scores["entities"] == {"LOC": 0.0, "PER": 1.0}


@pytest.mark.shared
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the treebank is not beside the checkout (../shared/treebank)"
)
@pytest.mark.parametrize("standard", ["nob", "nno"])
def test_the_mapping_agrees_with_the_treebank_on_unseen_sentences(standard: str) -> None:
    pairs = aligned(
        read_conll(SHARED / f"ndt-dev-{standard}.conll"), read_conll(SHARED / f"ud-dev-{standard}.conllu")
    )
    mapping = UdMapping(pairs[::2] + pairs[1::4])
    right = total = 0
    for ndt, gold in pairs[3::4]:
        for word, target in zip(mapping(ndt), gold, strict=True):
            right += (word.pos, word.feats) == (target.pos, target.feats)
            total += 1
    assert right / total > 0.985
