"""Blocks put together keep their order, their headings and their words."""

from kafe.blocks import fold, key_sentence, quotes, remark, stack, table


def test_stacked_blocks_have_headings_of_the_level_given(parsed):
    block = stack([("Bolig", remark("a")), ("Tid", remark("b"))], level=4)
    assert [(heading.tag, heading.text) for heading in parsed(block).xpath("//h4")] == [
        ("h4", "Bolig"),
        ("h4", "Tid"),
    ]
    assert block.text == "Bolig\na\n\nTid\nb"
    assert "<h3" in stack([("Bolig", remark("a"))]).html


def test_a_fold_is_closed_and_holds_the_whole_table(parsed):
    block = fold("Vis alle", table([{"a": 1}], {"a": "A"}, "Tall"))
    details = parsed(block).find("details")
    assert details.get("open") is None
    assert details.findtext("summary") == "Vis alle"
    assert details.find(".//table") is not None


def test_what_has_no_table_is_not_folded_away():
    empty = table([], {"a": "A"}, "Tall", empty="Ingen tall.")
    assert fold("Vis alle", empty) == empty


def test_hostile_text_stays_text_in_every_block(hostile):
    block = stack(
        [
            stack([(hostile, quotes([]))]),
            fold(hostile, table([{"a": hostile}])),
            key_sentence(hostile, [hostile], state=hostile),
        ]
    )
    assert "<script" not in block.html


def test_a_part_without_a_heading_stands_as_it_is():
    block = stack([remark("a"), ("Tid", remark("b"))])
    assert block.html == f'{remark("a").html}<h3 class="kafe-part">Tid</h3>{remark("b").html}'
    assert block.text == "a\n\nTid\nb"
