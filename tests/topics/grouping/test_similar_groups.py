"""Few notes, grouped with those that resemble them."""

from kafe.topics import TopicInput, free_topics


def ids_for(texts):
    return [f"n{index:04}" for index in range(len(texts))]


def test_few_notes_are_grouped_with_those_that_resemble_them():
    texts = [
        "Han venter på kommunal bolig",
        "Ny bolig: venter fortsatt på kommunen",
        "Fastlegen svarer ikke på telefonen",
        "Ingen svarer på telefonen hos fastlegen",
        "Kaffen var god",
    ]
    result = free_topics(TopicInput(ids_for(texts), texts))
    assert result.status == "too_few"
    assert result.alike == (("n0000", "n0001"), ("n0002", "n0003"))
    rows = list(zip(ids_for(texts), texts, strict=True))[::-1]
    assert free_topics(TopicInput(*zip(*rows, strict=True))).alike == result.alike
