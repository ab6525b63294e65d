"""The page that leads to the reports."""

from lxml import html

from kafe.report import PageMeta, ReportEntry, render_index

ENTRIES = [
    ReportEntry("Innlesing", "01-innlesing.html", "Hva kom inn?", date="2025-05-20", section="A", start=True),
    ReportEntry("Samsvar", "03-samsvar.html", "Koder vi likt?", ok=False, date="2025-05-01", section="B"),
    ReportEntry("Temaer", section="A"),
]


def page(entries, project="Rød kategori", notice="", date="", **more):
    meta = PageMeta(project=project, notice=notice, date=date)
    return html.document_fromstring(render_index(entries, meta, **more))


def test_each_report_has_title_and_question_and_state_only_when_something_is_wrong():
    tree = page(ENTRIES, date="2025-05-20")
    cards = tree.xpath("//li[contains(@class, 'card')]")
    assert [" ".join(card.text_content().split()) for card in cards] == [
        "Innlesing Start her Hva kom inn?",
        "Temaer",
        "Samsvar Koder vi likt? Rapporten stoppet underveis. Se meldingen fra «kafe report». "
        "Ikke ferdig Materiale til og med 1. mai 2025",
    ]
    assert [card.xpath(".//a/@href") for card in cards] == [["01-innlesing.html"], [], ["03-samsvar.html"]]
    assert [heading.text for heading in tree.iterfind(".//h2")] == ["A", "B"]
    assert "Materiale til og med 20. mai 2025" in tree.text_content()


def test_the_page_names_project_notice_key_numbers_and_how_to_read():
    tree = page(
        [], notice="Konstruert.", group="Gruppen", keys=[("Innspill", "362")], reading=["Tall under 5."]
    )
    text = " ".join(" ".join(tree.find("body").itertext()).split())
    for part in ("Rød kategori", "Gruppen", "Konstruert.", "Innspill 362", "Tall under 5.", "ikke anonymt"):
        assert part in text
    assert "Ingen rapporter er laget ennå." in text
    assert [h.text for h in tree.iterfind(".//h1")] == ["Rød kategori"]


def test_hostile_titles_stay_text():
    tree = page(
        [ReportEntry("<script>x</script>", '"><img src=x>', "<b>")], project="</title><script>y</script>"
    )
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //main//b")
