"""Norwegian, both written standards: units, lemmas, abbreviations, and the language of a note.

`models` are what comes with kafe to read it, `norm` words as keys, `components` the pipeline's own parts;
`training` makes what lies in `resources`.
"""

from kafe.language.annotate import AnnotationCache, TokenSpans, annotate, content_lemmas, surface_forms
from kafe.language.glossary import Glossary, load_glossary, unknown_abbreviations
from kafe.language.identify import identify, written_standards
from kafe.language.proposals import kinds
from kafe.language.units import units

__all__ = [
    "AnnotationCache",
    "Glossary",
    "TokenSpans",
    "annotate",
    "content_lemmas",
    "identify",
    "kinds",
    "load_glossary",
    "surface_forms",
    "units",
    "unknown_abbreviations",
    "written_standards",
]
