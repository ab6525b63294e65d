"""Find notes by a query: codes, words with their forms, and what is known about notes."""

from kafe.search.kwic import ConcordanceLine, concordance
from kafe.search.query import Query, Text, fields_of, misread, words_of, write_query
from kafe.search.query_parser import parse_query
from kafe.search.search import Corpus, Search
from kafe.search.word_index import lemmas_of_forms

__all__ = [
    "ConcordanceLine",
    "Corpus",
    "Query",
    "Search",
    "Text",
    "concordance",
    "fields_of",
    "lemmas_of_forms",
    "misread",
    "parse_query",
    "words_of",
    "write_query",
]
