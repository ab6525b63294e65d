"""The page that leads to the reports."""

from lxml import html

from kafe.report import ReportEntry, render_index

ENTRIES = [
    ReportEntry("Innlesing", "01-innlesing.html", "Hva kom inn?", date="20.05.2025"),
    ReportEntry("Samsvar", "03-samsvar.html", "Koder vi likt?", ok=False, date="01.05.2025"),
    ReportEntry("Temaer"),
]


def page(*args, **more):
    return html.document_fromstring(render_index(*args, **({"project": "Rød kategori"} | more)))


def test_each_report_has_title_question_and_state():
    cards = page(ENTRIES, date="20.05.2025").xpath("//li[contains(@class, 'card')]")
    assert [" ".join(card.text_content().split()) for card in cards] == [
        "Innlesing Hva kom inn? Klar",
        "Samsvar Koder vi likt? Rapporten stoppet underveis. Se meldingen fra «kafe report». "
        "Ikke ferdig · Materiale til og med 01.05.2025",
        "Temaer Klar",
    ]
    assert [card.xpath(".//a/@href") for card in cards] == [["01-innlesing.html"], ["03-samsvar.html"], []]


def test_the_page_names_project_notice_key_numbers_and_what_is_not_shown():
    tree = page(
        [], notice="Konstruert.", group="Gruppen", keys=[("Innspill", "362")], not_shown=["Tall under 5."]
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
