"""Boxes that want the same place each get one of their own."""

from kafe.charts.label_placement import Box, place


def test_boxes_find_a_place_even_when_all_want_the_same(apart):
    boxes = [Box(100 + n, 20, 40) for n in range(30)]
    points, height = place(boxes, [(0, 0)] * 30, 500, 8)
    edges = [
        (x - box.width / 2, y - box.above, x + box.width / 2, y + box.below)
        for box, (x, y) in zip(boxes, points, strict=True)
    ]
    assert apart(edges)
    assert all(
        left >= 0 and right <= 500 and top >= 0 and bottom <= height for left, top, right, bottom in edges
    )
