"""The pages in a real browser: no request, no complaint, charts drawn, fits a phone, prints."""

import pytest

from kafe.report import PageMeta, ReportEntry, render_index, render_report

pytestmark = pytest.mark.browser
A4 = (595, 842)


@pytest.fixture(scope="module")
def pages(gallery, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sider")
    meta = PageMeta(project="P" * 80, notice="Konstruert.")
    report = render_report(gallery, meta, provenance={"inputs": {"a" * 90: "0" * 64}})
    (folder / "rapport.html").write_text(report, encoding="utf-8")
    entries = [ReportEntry("Temaer", "rapport.html", "Hva går igjen? " * 9)]
    index = render_index(entries, PageMeta(project="Prosjekt"), keys=[("Innspill", "362")])
    (folder / "index.html").write_text(index, encoding="utf-8")
    return folder


@pytest.fixture
def open_page(browser, pages):
    """Return a function that opens a page and gives it with the requests and complaints it caused."""
    contexts = []

    def open_it(name, width=1280, **more):
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page, events = context.new_page(), []
        page.on("request", lambda request: events.append(request.url))
        page.on("console", lambda message: events.append(message.text))
        page.on("pageerror", lambda error: events.append(str(error)))
        page.goto((pages / name).as_uri())
        return page, events

    yield open_it
    for context in contexts:
        context.close()


def draw_all(page):
    for chart in page.query_selector_all(".kafe-chart"):
        chart.scroll_into_view_if_needed()
        page.wait_for_function("chart => chart.querySelector('svg.main-svg')", arg=chart)


@pytest.mark.parametrize("name", ["rapport.html", "index.html"])
def test_opening_and_reading_causes_no_request_and_no_complaint(open_page, pages, name):
    page, events = open_page(name)
    draw_all(page)
    assert events == [(pages / name).as_uri()]


def test_charts_are_drawn_with_their_numbers_and_without_buttons(open_page):
    page, _ = open_page("rapport.html")
    draw_all(page)
    first = page.inner_text("#figur-1-tegning")
    assert {"64", "51", "<5"} <= set(first.split())
    assert page.query_selector(".modebar-btn") is None
    assert page.evaluate("document.querySelectorAll('#figur-2-tegning .legendtext').length") == 2


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
@pytest.mark.parametrize("name", ["rapport.html", "index.html"])
def test_the_page_never_scrolls_sideways(open_page, name, width):
    page, _ = open_page(name, width)
    draw_all(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_markup_injected_after_all_is_stopped_by_the_policy(open_page):
    page, events = open_page("index.html")
    page.evaluate("""document.body.insertAdjacentHTML('beforeend',
        '<img src="https://eksempel.invalid/x.png" onerror="document.title=1">')""")
    page.wait_for_function("document.images[0].complete")
    assert page.title() == "Prosjekt"
    assert any("Content Security Policy" in event for event in events)


def test_chart_text_follows_the_dark_theme(open_page):
    page, _ = open_page("rapport.html", color_scheme="dark")
    draw_all(page)
    colour = "getComputedStyle(document.querySelector('#figur-1-tegning .ytick text')).fill"
    assert page.evaluate(colour) == page.evaluate("getComputedStyle(document.body).color")


def test_contents_are_open_beside_the_text_and_closed_on_a_phone(open_page):
    wide, _ = open_page("rapport.html")
    narrow, _ = open_page("rapport.html", 360)
    assert wide.is_visible("nav a")
    assert not narrow.is_visible("nav a")


def test_print_has_charts_and_open_tables_on_a4_and_no_contents(open_page, tmp_path):
    from pypdf import PdfReader

    page, _ = open_page("rapport.html", color_scheme="dark")
    page.pdf(path=tmp_path / "ut.pdf", format="A4")
    reader = PdfReader(tmp_path / "ut.pdf")
    text = "\n".join(sheet.extract_text() for sheet in reader.pages)
    assert abs(float(reader.pages[0].mediabox.width) - A4[0]) < 2
    assert "Tallene bak: Temaer etter antall innspill" in text
    assert text.count("Boligtilpasning og") >= 4
    assert "Alle rapporter" not in text
    assert page.evaluate("document.querySelector('.kafe-figure details').open") is False
