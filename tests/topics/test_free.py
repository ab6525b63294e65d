import dataclasses
import json
import os
import random
import subprocess
import sys
from collections import Counter

import pytest

from kafe.messages import message
from kafe.topics import TopicInput, TopicOptions, free_topics
from kafe.topics.grouping import cluster
from kafe.topics.quality import topic_quality

SCRIPT = """
import json, sys
from dataclasses import asdict
from kafe.topics import TopicInput, TopicOptions, free_topics
from kafe.topics.grouping import cluster
ids, texts, lemmas = json.load(sys.stdin)
cluster.MINI_BATCH = int(sys.argv[1])
result = free_topics(TopicInput(ids, texts, lemmas), options=TopicOptions(seed=1))
print(json.dumps(asdict(result), ensure_ascii=False, sort_keys=True))
"""


def ids_for(texts):
    return [f"n{index:04}" for index in range(len(texts))]


def purity(result, ids, truth):
    groups = {}
    for note, theme in zip(ids, truth, strict=True):
        groups.setdefault(result.assignments[note].topic, []).append(theme)
    return sum(Counter(group).most_common(1)[0][1] for group in groups.values()) / len(ids)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 10, 14])
def test_few_notes_give_no_topics_and_say_so(themed, size):
    texts, lemmas, _ = themed(size)
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas))
    assert (result.status, result.topics, result.usable) == ("too_few", (), size)
    assert all(row.topic == -1 and row.reason == "too_few" for row in result.assignments.values())
    assert str(size) in message("topics.status.too_few", usable=result.usable, fewest=15)


@pytest.mark.parametrize("size", [15, 20, 50])
def test_small_corpora_are_never_sure_below_fifty_notes(themed, size):
    texts, lemmas, _ = themed(size)
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas))
    assert result.status in (("none_clear", "uncertain") if size < 50 else ("uncertain", "clear"))
    assert result.topics
    assert sum(topic.size for topic in result.topics) == size


def test_planted_themes_are_found_named_and_stable(themed):
    texts, lemmas, truth = themed(400)
    ids = ids_for(texts)
    result = free_topics(TopicInput(ids, texts, lemmas))
    assert result.status == "clear"
    assert result.k in (5, 6)
    assert purity(result, ids, truth) > 0.95
    assert not any(topic.unstable for topic in result.topics)
    assert result.far_share < 0.1
    words = {word for topic in result.topics for word, _ in topic.words}
    assert {"pårørende", "søsken", "båre", "rådgiver"} <= words
    assert [topic.size for topic in result.topics] == sorted((t.size for t in result.topics), reverse=True)


def test_notes_without_themes_give_no_clear_topics(without_themes):
    texts, lemmas = without_themes(400)
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas))
    assert result.status == "none_clear"
    assert len(result.topics) == 1
    assert max(point.gain for point in result.curve) <= result.null_spread


def test_analyst_overrules_the_number_of_topics(themed):
    texts, lemmas, _ = themed(60)
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas), options=TopicOptions(n_topics=3))
    assert len(result.topics) == 3
    assert [point.k for point in result.curve] == [3]


def test_non_answers_duplicates_and_empty_notes_are_accounted_for(themed):
    texts, lemmas, _ = themed(30)
    texts += ["Vet ikke", "-", texts[0].upper() + "!", "og så videre"]
    lemmas += [["vite"], [], lemmas[0], ["og"]]
    ids = ids_for(texts)
    result = free_topics(TopicInput(ids, texts, lemmas))
    assert result.non_answers == ("n0030", "n0031")
    assert result.duplicates == {"n0032": "n0000"}
    assert result.empty == ("n0033",)
    assert result.assignments["n0032"].topic == result.assignments["n0000"].topic
    assert list(result.assignments) == ids
    assert result.usable + 4 == len(ids)
    assert sum(topic.size for topic in result.topics) == 31


def test_words_that_hardly_any_note_of_a_topic_holds_do_not_describe_it(themed):
    texts, lemmas, _ = themed(100)
    lemmas = [[*words, f"engang{'abcdefghij'[row % 10]}{row // 10}"] for row, words in enumerate(lemmas)]
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas), options=TopicOptions(n_topics=5))
    held = {row.note_id: row.topic for row in result.assignments.values()}
    for topic in result.topics:
        for word in topic.lemmas:
            assert (
                sum(word in own for own, note in zip(lemmas, held, strict=True) if held[note] == topic.id) > 2
            )


def test_words_are_shown_in_the_given_form(themed):
    texts, lemmas, _ = themed(60)
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas, surface={"pårørende": "Pårørende!"}))
    words = {word for topic in result.topics for word, _ in topic.words}
    assert "Pårørende!" in words and "pårørende" not in words
    assert "pårørende" in {lemma for topic in result.topics for lemma in topic.lemmas}


def test_terms_of_several_words_stay_together(themed):
    texts, lemmas, truth = themed(60)
    lemmas = [
        [*words, "individuell plan"] if theme == "skole" else words
        for words, theme in zip(lemmas, truth, strict=True)
    ]
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas), options=TopicOptions(n_topics=5))
    assert "individuell plan" in {word for topic in result.topics for word, _ in topic.words}


def test_topics_that_follow_the_written_standard_are_flagged(themed):
    texts, lemmas, truth = themed(200)
    language = ["nn" if theme in ("bolig", "skole") else "nb" for theme in truth]
    random_source = [random.Random(index).choice("ab") for index in range(200)]
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas, languages=language, sources=random_source))
    assert result.written_standard_ami > 0.3
    assert abs(result.source_ami) < 0.05
    assert result.warnings == ("written_standard",)
    assert message("topics.warning.written_standard", ami=result.written_standard_ami)
    assert (
        free_topics(
            TopicInput(ids_for(texts), texts, lemmas), options=TopicOptions(n_topics=2)
        ).written_standard_ami
        is None
    )


@pytest.mark.parametrize("by_batches_from", [20_000, 50])
def test_result_is_the_same_bytes_whatever_order_hash_seed_and_threads(themed, monkeypatch, by_batches_from):
    monkeypatch.setattr(cluster, "MINI_BATCH", by_batches_from)
    texts, lemmas, _ = themed(80)
    rows = list(zip(ids_for(texts), texts, lemmas, strict=True))
    outputs = set()
    for turn, (hash_seed, threads) in enumerate((("0", "1"), ("7", "2"))):
        random.Random(turn).shuffle(rows)
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "OMP_NUM_THREADS": threads}
        environment["OPENBLAS_NUM_THREADS"] = threads
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(by_batches_from)],
            input=json.dumps(list(zip(*rows, strict=True))),
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        outputs.add(done.stdout)
    here = free_topics(TopicInput(*zip(*sorted(rows), strict=True)), options=TopicOptions(seed=1))
    outputs.add(json.dumps(dataclasses.asdict(here), ensure_ascii=False, sort_keys=True) + "\n")
    assert len(outputs) == 1


def test_importing_topics_does_not_import_bertopic_or_sklearn():
    code = "import sys, kafe.topics; print([m for m in ('bertopic', 'sklearn', 'numpy', 'pandas', 'scipy', 'spacy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_status_reason_and_warning_has_a_norwegian_text():
    for status in ("too_few", "none_clear", "uncertain", "clear"):
        assert message(f"topics.status.{status}", usable=3, fewest=15, topics=4)
    for reason in ("non_answer", "no_content", "too_few", "duplicate"):
        assert message(f"topics.reason.{reason}")
    for warning in ("written_standard", "source", "far"):
        assert message(f"topics.warning.{warning}", ami=0.1, share="40 %")


def test_notes_with_the_same_words_do_not_stop_the_flow():
    texts = [f"bolig {index}" for index in range(20)]
    result = free_topics(TopicInput(ids_for(texts), texts, [["bolig"]] * 20))
    assert [topic.name for topic in result.topics] == ["bolig"]


def test_one_very_long_note_does_not_stop_the_others(themed):
    texts, lemmas, _ = themed(30)
    texts[0], lemmas[0] = "bolig " * 30_000, ["bolig"] * 30_000
    assert free_topics(TopicInput(ids_for(texts), texts, lemmas)).usable == 30


def test_quality_rewards_words_that_meet_and_differ(themed):
    texts, lemmas, _ = themed(200)
    found = topic_quality(free_topics(TopicInput(ids_for(texts), texts, lemmas)), lemmas)
    assert found["topics"] == 5
    assert found["diversity"] > 0.9
    assert found["npmi"] > 0.2
    assert found["excess"] > 0.1


def test_quality_of_no_topics_is_zero():
    assert topic_quality(free_topics(TopicInput([], [])), [])["npmi"] == 0


def test_sixty_identical_notes_are_one_topic_and_not_too_few():
    texts = ["Pårørende må få avlastning"] * 60
    result = free_topics(TopicInput(ids_for(texts), texts))
    assert (result.status, len(result.topics), result.topics[0].size) == ("repeated", 1, 60)
    assert all(row.topic == 0 for row in result.assignments.values())
    assert free_topics(TopicInput(ids_for(texts[:14]), texts[:14])).status == "too_few"


@pytest.mark.parametrize("sizes", [(25, 25), (50, 39)])
def test_two_true_themes_come_out_as_two_or_three_and_a_range_holds_two(themed, sizes):
    texts, lemmas, truth = themed(400)
    rows = [
        row
        for theme, size in zip(("bolig", "skole"), sizes, strict=True)
        for row in [row for row in range(400) if truth[row] == theme][:size]
    ]
    chosen = [texts[row] for row in rows]
    result = free_topics(TopicInput(ids_for(chosen), chosen, [lemmas[row] for row in rows]))
    assert len(result.topics) in (2, 3)
    assert 2 in result.equally_good


def test_a_topic_that_one_table_wrote_is_not_stable(themed):
    texts, lemmas, truth = themed(200)
    tables = ["1" if theme == "bolig" else f"{2 + row % 6}" for row, theme in enumerate(truth)]
    result = free_topics(
        TopicInput(ids_for(texts), texts, lemmas, places=tables), options=TopicOptions(n_topics=5)
    )
    homes = next(topic for topic in result.topics if "bolig" in topic.lemmas)
    assert homes.held_out < 0.5 and homes.stability > 0.75
    assert homes.unstable and not all(topic.unstable for topic in result.topics)


def test_topics_of_shuffled_notes_are_seldom_called_stable(without_themes):
    texts, lemmas = without_themes(200)
    result = free_topics(TopicInput(ids_for(texts), texts, lemmas), options=TopicOptions(n_topics=10))
    assert sum(not topic.unstable for topic in result.topics) <= 1
