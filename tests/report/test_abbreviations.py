"""Abbreviations in reports: marked in running text only, listed once, nothing else touched."""

import re

from lxml import html

from kafe.report.abbreviations import explain_abbreviations
from kafe.report.render import render_report

MEANINGS = {"DPS": 'senter & "mer" <b>', "IP": "individuell plan", "amp": "forsterker"}
PATTERN = re.compile(r"(?<!\w)(?:DPS|IP|amp)(?!\w)")


def find(text):
    return [(one.start(), one.end(), one[0], MEANINGS[one[0]]) for one in PATTERN.finditer(text)]


def shown(body):
    return html.fragment_fromstring(explain_abbreviations(body, find), create_parent="main")


def test_the_first_place_in_each_section_is_marked_and_the_list_comes_last():
    tree = shown("<h2>A</h2><p>DPS og DPS</p><p>DPS</p><h2>B</h2><p>DPS</p>")
    assert [abbr.get("title") for abbr in tree.iter("abbr")] == [MEANINGS["DPS"]] * 2
    assert tree.xpath("string(//section/h2)") == "Forkortelser i rapporten"
    assert tree.xpath("//section//dt/text()") == ["DPS"]
    assert tree.xpath("string(//section//dd)") == MEANINGS["DPS"]


def test_only_what_occurs_is_listed_in_alphabetical_order():
    assert shown("<p>IP, så DPS</p>").xpath("//dt/text()") == ["DPS", "IP"]
    assert explain_abbreviations("<p>ingen</p>", find) == "<p>ingen</p>"


def test_attributes_code_scripts_headings_links_and_character_references_stay_as_they_are():
    untouched = (
        '<h2 id="DPS">DPS</h2><div aria-label="DPS i tall"></div><pre>DPS</pre><code>DPS</code>'
        '<script type="application/json">{"a":"DPS"}</script><a href="#DPS">DPS</a>'
        "<table><caption>DPS</caption></table><p>a &amp; b &lt; c</p>"
    )
    assert explain_abbreviations(untouched, find) == untouched


def test_text_after_an_untouched_element_is_marked():
    assert len(list(shown("<code>DPS</code> DPS").iter("abbr"))) == 1


def test_a_report_explains_the_abbreviations_of_its_prose_and_its_contents_lead_to_the_list(write_notebook):
    path = write_notebook("# T\n\n## Del\n\nVi ringer DPS. `DPS` er kode. <i>IP</i>")
    tree = html.document_fromstring(render_report(path, provenance={}, abbreviations=find))
    assert [abbr.text for abbr in tree.iter("abbr")] == ["DPS", "IP"]
    assert "#forkortelser-i-rapporten" in tree.xpath("//nav//a/@href")
    assert tree.xpath("//h2[@id='forkortelser-i-rapporten']")
    assert "<i>IP</i>" in tree.xpath("string(//main)")


def test_a_report_without_a_glossary_has_no_list(write_notebook):
    assert 'kafe-abbreviations"' not in render_report(write_notebook("# T\n\nDPS"), provenance={})
