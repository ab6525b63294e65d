"""Notes ranked by words and meaning: conditions hold, words count, and nothing is near that is not."""

from kafe.records import Codebook, Note
from kafe.search.meaning import Meaning, apart_from_words
from kafe.search.query_parser import parse_query
from kafe.search.search import Corpus, Search

TEXTS = {
    "a": "Bolig",
    "b": "Vi trenger en bolig til alle som mangler tak over hodet, og bedre buss til byen om kvelden",
    "c": "Leilighet eller hus å bo i",
    "d": "Tannlege uten egenandel",
}


def search_of(texts: dict[str, str]) -> Search:
    notes = {key: Note(key, "k", "kafedialog", text, votes=len(text)) for key, text in texts.items()}
    return Search(Corpus(notes, Codebook((), "v1")))


def test_what_was_found_stays_the_same_and_is_ordered_best_first() -> None:
    search = search_of(dict(reversed(TEXTS.items())))
    found = search.find(parse_query("bolig"))
    ranked = search.ranked(parse_query("bolig"), found)
    assert ranked == found
    assert list(ranked) == ["a", "b"]
    assert list(found) == ["b", "a"]


def test_a_query_without_words_keeps_its_order() -> None:
    search = search_of(TEXTS)
    found = search.find(parse_query("prikker>=1"))
    assert list(search.ranked(parse_query("prikker>=1"), found)) == list(TEXTS)


def test_notes_near_in_meaning_have_none_of_the_words_and_fulfil_the_conditions() -> None:
    search = search_of(TEXTS)
    query = parse_query("bolig")
    assert search.near(query, search.find(query)) == ["c"]
    strict = parse_query("bolig og prikker<20")
    assert search.near(strict, search.find(strict)) == []


def test_nothing_is_near_words_that_are_not_known_or_conditions_that_are_alternatives() -> None:
    search = search_of(TEXTS)
    for text in ("qxzqxz", "bolig eller prikker>=1", "prikker>=1", "ikke bolig"):
        query = parse_query(text)
        assert search.near(query, search.find(query)) == [], text


def test_a_note_is_not_like_itself() -> None:
    assert "a" not in search_of(TEXTS).like("a")
    assert search_of({"a": "Bolig", "b": "bustad"}).like("a") == ["b"]


def test_conditions_are_kept_without_the_words_where_they_can_be() -> None:
    assert apart_from_words(parse_query("bolig hus")) == (True, None)
    assert apart_from_words(parse_query("bolig og gruppe:bruker")) == (True, parse_query("gruppe:bruker"))
    assert apart_from_words(parse_query("bolig og ikke hus")) == (True, parse_query("ikke hus"))
    assert apart_from_words(parse_query("bolig nær hus"))[0] is False


def test_the_order_does_not_depend_on_the_order_of_the_notes() -> None:
    one, other = Meaning(TEXTS), Meaning(dict(reversed(TEXTS.items())))
    assert one.fused("hus å bo i") == other.fused("hus å bo i")
    assert Meaning({}).fused("hus") == []
