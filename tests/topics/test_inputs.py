"""Notes by column."""

import pytest

from kafe.topics import TopicInput, free_topics


def test_columns_must_be_as_long_as_the_ids():
    with pytest.raises(ValueError, match="1 ids but 2 languages"):
        free_topics(TopicInput(["a"], ["bolig"], languages=["nb", "nn"]))
    with pytest.raises(ValueError, match="unique"):
        free_topics(TopicInput(["a", "a"], ["bolig", "jobb"]))
