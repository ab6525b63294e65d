"""PDF pages."""


def test_pdf_pages_are_read_without_running_headers_and_page_numbers(project) -> None:
    body = "Her er side {} med en hel setning om samarbeid mellom kommune og sykehus."
    pages = [
        ["Mandat for gruppen", "", body.format(word), "", str(n)]
        for n, word in enumerate(("en", "to", "tre"), 1)
    ]
    project.put("mandat.pdf", project.pdf_bytes(pages), session="dok", kind="dokument")
    found = project.read()
    assert [note.text for note in found.notes] == [body.format(word) for word in ("en", "to", "tre")]
    assert found.notes[1].source_place.startswith("side 2, avsnitt ")
    assert (
        sorted(entry.reason for entry in found.skipped)
        == ["sidetall"] * 3 + ["topptekst eller bunntekst"] * 3
    )
