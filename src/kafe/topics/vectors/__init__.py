"""Texts to vectors: the bundled hybrid of meaning and spelling, or a model that the user has installed."""

from kafe.topics.vectors.embedder import Embedder
from kafe.topics.vectors.models import AUTO
from kafe.topics.vectors.reduction import SMALLEST

__all__ = ["AUTO", "SMALLEST", "Embedder"]
