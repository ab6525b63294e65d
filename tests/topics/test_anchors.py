import itertools
import random
from pathlib import Path

import numpy as np
import pytest

from kafe.topics.anchors import Anchor, anchored
from kafe.topics.evaluation import anchored_figures, read_anchors, read_labelled

DATA = Path(__file__).parents[1] / "data"

ANCHORS = (
    Anchor(
        "bolig",
        "Bolig",
        ("Innspill om hvor man bor: bolig, leie, hospits og utkastelse.", "Han mistet hybelen."),
    ),
    Anchor("arbeid", "Arbeid", ("Gjelder jobb, lønn og praksisplass hos arbeidsgiver.",)),
    Anchor("skole", "Skole", ("Omfatter skole, lærer, elev og fravær.",)),
)


def themes(texts, **more):
    ids = [f"n{index:03}" for index in range(len(texts))]
    return anchored(ids, texts, ANCHORS, **more).assigned


def test_notes_get_the_theme_they_resemble_several_or_none():
    found = themes(
        [
            "Kastet ut av hybelen, bor på hospits",
            "Jobb og bolig samtidig",
            "Fine kaker på møtet",
            "Lærere ser fravær",
        ]
    )
    assert found[0] == ["bolig"]
    assert set(found[1]) == {"bolig", "arbeid"}
    assert found[2] == []
    assert found[3] == ["skole"]


def test_the_frame_of_a_definition_creates_no_match():
    assert themes(["Innspill om dette gjelder alle", "Det omfatter oss som gjelder her"]) == [[], []]


def test_non_answers_and_empty_notes_get_no_theme():
    result = anchored(["a", "b"], ["vet ikke", ""], ANCHORS)
    assert result.assigned == [[], []]
    assert not result.scores.any()
    assert result.unassigned() == ["a", "b"]


def test_no_notes_or_no_anchors_is_an_empty_table():
    assert anchored([], [], ANCHORS).table().empty
    none = anchored(["a"], ["bolig"], ())
    assert none.scores.shape == (1, 0)
    assert list(none.table().columns) == ["note_id", "theme", "name", "score", "margin"]


def test_table_tells_score_and_distance_to_the_next_theme():
    result = anchored(["a"], ["bolig og hospits"], ANCHORS)
    row = result.table().iloc[0]
    others = np.delete(result.scores[0], 0).max()
    assert row["theme"] == "bolig"
    assert row["margin"] == pytest.approx(result.scores[0, 0] - others, abs=1e-3)


def test_scores_lie_between_zero_and_one_and_follow_the_notes_in_any_order(themed):
    texts, _, _ = themed(60)
    ids = [f"n{index:03}" for index in range(60)]
    result = anchored(ids, texts, ANCHORS)
    assert result.calibrated
    assert result.scores.min() >= 0 and result.scores.max() <= 1
    order = random.Random(2).sample(range(60), 60)
    turned = anchored([ids[row] for row in order], [texts[row] for row in order], ANCHORS)
    assert turned.threshold == result.threshold
    assert np.array_equal(turned.scores, result.scores[order])


def test_calibrated_threshold_finds_the_themes_and_leaves_the_rest(themed):
    texts, _, truth = themed(200)
    found = themes(texts)
    right = [
        theme in got for got, theme in zip(found, truth, strict=True) if theme in ("bolig", "arbeid", "skole")
    ]
    wrong = [
        bool(got) for got, theme in zip(found, truth, strict=True) if theme in ("ambulanse", "pårørende")
    ]
    assert sum(right) / len(right) > 0.8
    assert sum(wrong) / len(wrong) < 0.2


def test_given_threshold_and_margin_are_obeyed():
    texts = ["bolig og litt jobb", "bolig hospits leie utkastelse"]
    assert themes(texts, threshold=1.0) == [[], []]
    assert all(len(got) <= 1 for got in themes(texts, threshold=0.0, margin=0.0))


def test_meaning_is_enough_without_a_shared_word():
    anchors = (
        Anchor("ensomhet", "Ensomhet", ("Isolasjon og mangel på sosialt nettverk",)),
        Anchor("økonomi", "Økonomi", ("Gjeld, fattigdom og ytelser",)),
    )
    found = anchored(["a", "b"], ["Sitter alene hele dagen", "Får ikke betalt regningene"], anchors)
    assert found.assigned == [["ensomhet"], ["økonomi"]]


def test_nynorsk_notes_meet_a_definition_in_bokmål():
    anchors = (
        Anchor("bolig", "Bolig", ("Mangler et varig hjem",)),
        Anchor("syk", "Sykehus", ("Oppfølging etter sykehus",)),
    )
    found = anchored(["a", "b"], ["Har ikkje eigen bustad", "Heim frå sjukehuset utan avtale"], anchors)
    assert [own[0] for own in found.assigned] == ["bolig", "syk"]


def test_ids_must_be_unique():
    with pytest.raises(ValueError, match="unique"):
        anchored(["a", "a"], ["x", "y"], ANCHORS)


@pytest.fixture(scope="module")
def café():
    data = read_labelled(DATA / "cafe-dev.csv", "text", "label")
    return list(data.texts), list(data.labels)


def test_definitions_alone_tell_seventeen_themes_apart_in_either_written_standard(café):
    for name in ("cafe-dev-anchors.csv", "cafe-dev-anchors-nn.csv"):
        found = anchored_figures(*café, read_anchors(DATA / name))
        assert found["anchored_accuracy"] >= 0.7
        assert found["anchored_top3"] >= 0.84


def test_with_five_codes_most_notes_on_other_matters_get_no_theme(café):
    texts, labels = café
    five = read_anchors(DATA / "cafe-dev-anchors.csv")[7:12]
    found = anchored([f"{row:03}" for row in range(len(texts))], texts, five)
    own = {anchor.id for anchor in five}
    none = [not got for got, label in zip(found.assigned, labels, strict=True) if label not in own]
    right = [label in got for got, label in zip(found.assigned, labels, strict=True) if label in own]
    assert sum(none) / len(none) > 0.85
    assert sum(right) / len(right) > 0.7


def test_forty_more_codes_hide_few_of_the_right_ones(café):
    from kafe.language.training.embedding import FIELD, read_matters

    codes = read_anchors(DATA / "cafe-dev-anchors.csv")
    others = [
        Anchor(f"annet-{row}", "", (" ".join(entries[:6]),))
        for row, entries in enumerate(read_matters(FIELD))
    ]
    found = anchored_figures(*café, [*codes, *others[232:275]])
    assert found["anchored_accuracy"] >= 0.62
    assert found["anchored_top3"] >= 0.8


def test_a_code_without_a_definition_gets_no_note_and_takes_none_from_the_others():
    empty = (Anchor("tom", "Tom", ()), Anchor("blank", "Blank", ("", "–")))
    ids, texts = ["a", "b"], ["Kastet ut av hybelen", "Fravær fra skolen"]
    found = anchored(ids, texts, (*empty, *ANCHORS))
    assert found.assigned == [["bolig"], ["skole"]]
    assert not found.scores[:, :2].any()
    assert anchored(ids, texts, empty).assigned == [[], []]


def test_codes_with_the_same_definition_are_both_given_in_the_order_of_the_codebook():
    twin = Anchor("husvære", "Husvære", ANCHORS[0].texts)
    found = anchored(["a"], ["Mistet hybelen og bor på hospits"], (*ANCHORS, twin))
    assert found.assigned == [["bolig", "husvære"]]
    assert found.scores[0, 0] == found.scores[0, 3]


def test_one_note_more_never_moves_the_threshold_by_a_step(themed):
    texts, _, _ = themed(61)
    limits = [
        anchored([f"{r:03}" for r in range(n)], texts[:n], ANCHORS).threshold
        for n in (28, 29, 30, 31, 59, 60, 61)
    ]
    assert max(abs(one - two) for one, two in itertools.pairwise(limits)) < 0.05
    assert abs(limits[4] - limits[5]) < 0.05


def test_of_notes_on_other_matters_few_get_one_of_seventeen_themes():
    codes = read_anchors(DATA / "cafe-dev-anchors.csv")
    things = ["filmen", "boka", "plata", "spillet", "konserten", "albumet", "romanen", "serien"]
    said = [
        "er godt laget",
        "har en svak slutt",
        "minner om de forrige",
        "varer i to timer",
        "kommer på kino",
        "selges i mai",
    ]
    texts = [
        f"{thing} {what} {why}"
        for thing in things
        for what in said
        for why in ("og overrasker", "men skuffer")
    ]
    found = anchored([f"{row:03}" for row in range(len(texts))], texts, codes)
    assert sum(map(bool, found.assigned)) / len(texts) <= 0.08
    assert found.by_chance is not None and 0 <= found.by_chance <= 1
