"""Norwegian, both written standards: pipeline, units, lemmas, and the language of a note."""

from kafe.language.annotate import AnnotationCache, TokenSpans, annotate, content_lemmas, surface_forms
from kafe.language.glossary import Abbreviation, Glossary, load_glossary, unknown_abbreviations
from kafe.language.identify import Identified, identify, written_standards
from kafe.language.norm import norm_form, norm_forms
from kafe.language.pipeline import (
    install_hint,
    load_pipeline,
    model_identity,
    pipeline_identity,
    resolve_model,
)
from kafe.language.units import units

__all__ = [
    "Abbreviation",
    "AnnotationCache",
    "Glossary",
    "Identified",
    "TokenSpans",
    "annotate",
    "content_lemmas",
    "identify",
    "install_hint",
    "load_glossary",
    "load_pipeline",
    "model_identity",
    "norm_form",
    "norm_forms",
    "pipeline_identity",
    "resolve_model",
    "surface_forms",
    "units",
    "unknown_abbreviations",
    "written_standards",
]
