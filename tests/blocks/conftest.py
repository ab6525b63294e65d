"""A block's HTML as a tree, and text that would be markup."""

import pytest
from lxml import html


@pytest.fixture
def parsed():
    return lambda block: html.fragment_fromstring(block.html, create_parent="div")


@pytest.fixture
def hostile():
    return "<script>alert(1)</script>\"'&"
