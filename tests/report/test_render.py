"""The report page: structure, safety, provenance, the same bytes twice."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from kafe.blocks import MIME
from kafe.charts import bars
from kafe.report.outputs import embedded_json
from kafe.report.page import PageMeta
from kafe.report.render import render_report

HOSTILE = "</script><script>alert('x')</script><img src=x onerror=alert(1)>\"'"
SOURCES = {
    "inputs": {"a/b.xlsx": "9f86d08"},
    "model": "nb_kafe_sm",
    "parameters": {},
    "seed": 1,
    "Bord": [1, 2],
}


def page(path: Path, provenance=SOURCES, **meta) -> html.HtmlElement:
    return html.document_fromstring(render_report(path, PageMeta(**meta), provenance=provenance))


def display(**data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def foreign_addresses(text: str) -> list[str]:
    """Return every address outside the file that an element or a style could fetch or lead to."""
    tree = html.document_fromstring(text)
    found = list(tree.xpath("//@src | //@href | //@action | //@srcset | //@poster | //@data"))
    styles = "".join(tree.xpath("//style/text() | //@style"))
    found += re.findall(r"url\(\s*['\"]?([^)'\"]+)", styles) + re.findall(r"@import\s+(\S+)", styles)
    return [address for address in found if re.match(r"\s*(\w+:)?//|\s*javascript:", address)]


def test_the_page_has_language_title_one_h1_skip_link_and_landmarks(gallery):
    tree = page(gallery, project="Rød kategori", notice="Konstruert.", date="20.05.2025")
    assert tree.get("lang") == "nb"
    assert tree.findtext(".//title") == "Galleri over figurer – Rød kategori"
    assert [h.text for h in tree.iterfind(".//h1")] == ["Galleri over figurer"]
    assert tree.xpath("//body/a[1]/@href") == ["#innhold"]
    assert tree.xpath("//main/@id") == ["innhold"]
    assert len(tree.xpath("//header | //nav | //main | //body/footer")) == 4
    assert "Konstruert." in tree.findtext(".//header//p[@class='notice']")
    assert tree.findtext(".//header//p[@class='date']") == "Materiale til og med 20.05.2025"
    assert "Avidentifisert, må vurderes – ikke anonymt." in tree.xpath("string(//body/footer)")


def test_the_contents_list_leads_to_headings_of_level_two_and_three(gallery):
    tree = page(gallery)
    targets = tree.xpath("//nav//a/@href")
    assert targets[:3] == ["#hva-ble-sagt-oftest", "#hvem-sa-hva", "#tema-og-gruppe"]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in targets} <= set(ids)


def test_heading_levels_never_skip(gallery):
    levels = [int(heading.tag[1]) for heading in page(gallery).xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_has_title_summary_chart_name_and_table(gallery):
    figures = page(gallery).xpath("//figure")
    assert len(figures) == 7
    for figure in figures:
        assert figure.findtext("figcaption/strong")
        assert figure.findtext("figcaption/p").endswith(".")
        assert "role" not in figure.attrib
    for drawn in figures[:-1]:
        chart = drawn.find(".//div[@class='kafe-chart']")
        assert chart.get("role") == "img"
        assert chart.get("aria-label") == f"Figur: {drawn.findtext('figcaption/strong')}"
        assert drawn.find("details//caption") is not None
    assert figures[-1].find(".//details") is None
    assert not figures[-1].xpath(".//div[@class='kafe-chart']")


def test_no_code_and_no_prompt_is_shown(gallery):
    assert "import" not in page(gallery).find(".//main").text_content()


def test_the_page_asks_for_nothing_and_is_smaller_than_six_megabytes(gallery):
    text = render_report(gallery, provenance=SOURCES)
    assert foreign_addresses(text) == []
    assert len(text.encode()) < 6_000_000
    assert len(html.document_fromstring(text).xpath("//link")) == 1


def test_plotly_is_carried_only_by_pages_with_a_chart(write_notebook):
    assert len(render_report(write_notebook("# T"), provenance={})) < 60_000


def test_the_policy_names_exactly_the_scripts_of_the_page(gallery):
    import base64
    import hashlib

    tree = page(gallery)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    scripts = tree.xpath("//script[not(@type)]/text()")
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert "default-src 'none'" in policy
    assert "script-src 'unsafe" not in policy


def test_the_same_notebook_gives_the_same_bytes(gallery):
    assert render_report(gallery, provenance=SOURCES) == render_report(gallery, provenance=SOURCES)


def test_hostile_text_stays_text_everywhere(write_notebook):
    figure = bars([{"a": HOSTILE, "n": 1}], "a", "n", title=HOSTILE, note=HOSTILE)
    path = write_notebook(
        f"# T\n\n{HOSTILE}",
        [
            display(**{MIME: figure.payload()}),
            display(
                **{"text/html": f"<table onclick='x'><tr><td>{HOSTILE}</td></tr></table><style>p{{}}</style>"}
            ),
            display(**{"text/markdown": HOSTILE}),
            display(**{"text/plain": HOSTILE}),
            {"output_type": "stream", "name": "stdout", "text": HOSTILE},
        ],
    )
    meta = PageMeta(title=HOSTILE, project=HOSTILE, notice=HOSTILE, date=HOSTILE)
    text = render_report(path, meta, provenance={HOSTILE: HOSTILE})
    tree = html.document_fromstring(text)
    assert len(tree.xpath("//script")) == 3
    assert not tree.xpath("//img | //@onerror | //@onclick")
    assert tree.findtext(".//h1") == HOSTILE
    assert not tree.xpath("//main//style")


def test_json_in_the_page_cannot_end_its_script_element():
    assert embedded_json({"a": "</script>\u2028&"}) == '{"a":"\\u003c/script\\u003e\\u2028\\u0026"}'


def test_errors_are_a_friendly_box_without_their_message(write_notebook):
    error = {"output_type": "error", "ename": "ValueError", "evalue": "hemmelig", "traceback": ["hemmelig"]}
    main = page(write_notebook("# T", [error])).find(".//main")
    assert "Kjøringen stoppet her (ValueError)." in main.text_content()
    assert "hemmelig" not in main.text_content()


def test_warnings_are_never_shown(write_notebook):
    stream = {"output_type": "stream", "name": "stderr", "text": "UserWarning: hemmelig"}
    assert "hemmelig" not in page(write_notebook("# T", [stream])).text_content()


def test_a_plotly_figure_of_the_analyst_is_drawn_with_its_title(write_notebook):
    drawn = {"data": [], "layout": {"title": {"text": "Egen"}, "template": {"x": 1}}}
    tree = page(write_notebook("# T", [display(**{"application/vnd.plotly.v1+json": drawn})]))
    assert tree.findtext(".//figcaption/strong") == "Egen"
    assert tree.xpath("//script[@type='application/json']/text()") == ['{"data":[],"layout":{}}']


def test_provenance_lists_every_entry_with_its_name(gallery):
    tree = page(gallery)
    names = [dt.text for dt in tree.iterfind(".//footer//dt")]
    values = [" ".join(dd.text_content().split()) for dd in tree.iterfind(".//footer//dd")]
    assert dict(zip(names, values, strict=True)) == {
        "Kildefiler": "a/b.xlsx 9f86d08",
        "Språkmodell": "nb_kafe_sm",
        "Parametere": "ingen",
        "Frø for tilfeldige valg": "1",
        "Bord": "1; 2",
    }


@pytest.mark.parametrize("word", ["x" * 3000, "å" * 3000])
def test_huge_words_are_kept_whole(write_notebook, word):
    assert word in page(write_notebook("# T", word)).text_content()


def test_text_colours_of_both_themes_reach_the_required_contrast():
    from kafe.report.page import asset

    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    themes = re.findall(r":root \{([^}]*--paper[^}]*)\}", asset("report.css"))[:2]
    assert len(themes) == 2
    for theme in themes:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", theme))
        for name in ("ink", "muted", "accent", "caution", "wrong", "good"):
            for ground in ("paper", "soft"):
                low, high = sorted((luminance(colours[name]), luminance(colours[ground])))
                assert (high + 0.05) / (low + 0.05) >= 4.5, (name, ground)


def test_the_date_is_in_words_and_the_selection_is_named(write_notebook):
    tree = page(write_notebook("# Tittel"), date="2025-06-12", selection="gruppen bruker")
    assert tree.findtext(".//header//p[@class='date']") == "Materiale til og med 12. juni 2025"
    assert tree.xpath("string(//header//p[@class='selection'])") == "Utvalg: gruppen bruker"


def test_provenance_may_be_given_as_pairs(write_notebook):
    tree = page(write_notebook("# Tittel"), provenance={"Filer": [("a.csv", "9f86d08")], "Parametere": []})
    assert tree.xpath("string(//footer//dd[1])") == "a.csv 9f86d08"
    assert tree.xpath("string(//footer//dd[2])") == "ingen"


def test_headings_of_blocks_stand_in_the_contents_list(write_notebook):
    block = {"kind": "html", "html": '<h3 class="kafe-part">Bolig &amp; hjem</h3>'}
    tree = page(write_notebook("## Del", [display(**{MIME: block})]))
    assert tree.xpath("//nav//a/@href") == ["#del", "#bolig-hjem"]
    assert tree.xpath("//main//h3/@id") == ["bolig-hjem"]


def test_a_report_without_a_title_is_named_by_its_first_heading_or_its_file(write_notebook):
    assert page(write_notebook("Ingress", "# Temaer *nå*")).findtext(".//h1") == "Temaer nå"
    assert page(write_notebook("Uten")).findtext(".//h1") == "skrevet"
