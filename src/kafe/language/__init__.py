"""Norwegian, both written standards: pipeline, units, lemmas, and the language of a note."""

from kafe.language.annotate import AnnotationCache, TokenSpans, annotate, content_lemmas, surface_forms
from kafe.language.identify import written_standards
from kafe.language.pipeline import (
    install_hint,
    load_pipeline,
    model_identity,
    pipeline_identity,
    resolve_model,
)
from kafe.language.units import units

__all__ = [
    "AnnotationCache",
    "TokenSpans",
    "annotate",
    "content_lemmas",
    "install_hint",
    "load_pipeline",
    "model_identity",
    "pipeline_identity",
    "resolve_model",
    "surface_forms",
    "units",
    "written_standards",
]
