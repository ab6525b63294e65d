"""Pieces of a page that are not charts: tables, quotes, call-outs, key figures, as safe HTML and as plain text."""

from kafe.blocks.block import MIME, Block, remark
from kafe.blocks.kwic import keyword_lines
from kafe.blocks.layout import fold, stack
from kafe.blocks.tables import TableBlock, table
from kafe.blocks.texts import callout, key_figures, key_sentence, quotes

__all__ = [
    "MIME",
    "Block",
    "TableBlock",
    "callout",
    "fold",
    "key_figures",
    "key_sentence",
    "keyword_lines",
    "quotes",
    "remark",
    "stack",
    "table",
]
