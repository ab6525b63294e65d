"""PDF: the text of each page."""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from kafe.ingest.records import FileReading, place


def pdf_pages(data: bytes, reading: FileReading) -> list[str]:
    """Return the pages' texts; an encrypted, damaged or scanned file is a problem and gives none.

    A page without text in a file that has some is listed.
    """
    from pypdf import PdfReader

    pages: list[str] = []
    with _quiet():
        try:
            pdf = PdfReader(io.BytesIO(data))
            if pdf.is_encrypted and not _opens(pdf):
                reading.problem("", "encrypted_pdf")
                return []
            count = len(pdf.pages)
        except Exception:  # pypdf raises whatever its parsers meet in a damaged file
            reading.problem("", "corrupt_pdf")
            return []
        for number in range(count):
            try:
                pages.append(pdf.pages[number].extract_text())
            except Exception:  # as above, one page
                pages.append("")
                reading.problem(place("page", page=number + 1), "pdf_page")
    if not any(page.strip() for page in pages):
        reading.problem("", "pdf_without_text")
        return []
    for number, page in enumerate(pages, 1):
        if not page.strip():
            reading.skip(place("page", page=number), "no_text_page")
    return pages


def _opens(pdf: object) -> bool:
    """Return whether an empty password opens the file (one that is only protected against printing)."""
    try:
        return bool(pdf.decrypt(""))  # type: ignore[attr-defined]
    except Exception:  # a cipher that needs a library which is not installed
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks on sloppy files out of the terminal while one file is read."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)
