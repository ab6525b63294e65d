"""Every block is safe, and the same in a report as in JupyterLab."""

from kafe.blocks import MIME, callout, key_figures, quotes, table


def test_hostile_text_is_escaped_everywhere(parsed, hostile):
    blocks = [
        table([{"a": hostile}], {"a": hostile}, hostile),
        quotes([{"text": hostile, "session": hostile, "table": hostile, "group": hostile}]),
        callout(hostile),
        key_figures([(hostile, hostile, hostile)]),
    ]
    for block in blocks:
        tree = parsed(block)
        assert not tree.xpath(".//script")
        assert hostile in tree.text_content()
    assert parsed(blocks[0]).xpath(".//div/@aria-label") == [hostile]


def test_nothing_to_show_is_a_sentence():
    assert table([], {"a": "A"}, "Temaer").text == "Temaer\nIngen rader å vise."
    assert table([], empty="Ingen er kodet ennå.").text == "Ingen er kodet ennå."
    assert quotes([]).text == "Ingen sitater å vise."
    assert key_figures([]).text == "Ingen nøkkeltall å vise."


def test_a_block_gives_the_report_html_without_the_style_of_jupyterlab():
    bundle = callout("Hei")._repr_mimebundle_()
    assert bundle["text/plain"] == "Merk: Hei"
    assert bundle["text/html"].startswith("<style>")
    assert bundle[MIME] == {"kind": "html", "html": callout("Hei").html}
