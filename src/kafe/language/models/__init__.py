"""The models that come with kafe, a spaCy pipeline and static embeddings, and those that may stand in for them."""

from kafe.language.models.embedding import encode, static_path
from kafe.language.models.pipeline import (
    bundled_path,
    install_hint,
    load_pipeline,
    model_identity,
    pipeline_identity,
    resolve_model,
)

__all__ = [
    "bundled_path",
    "encode",
    "install_hint",
    "load_pipeline",
    "model_identity",
    "pipeline_identity",
    "resolve_model",
    "static_path",
]
