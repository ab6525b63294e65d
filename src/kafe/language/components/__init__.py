"""kafe's own components of the spaCy pipeline, registered with spaCy when this package is imported.

The bundled pipeline names them `kafe_lexicon`, `kafe_names`, `kafe_sentences` and `kafe.RememberedEmbed.v1`.
"""

from kafe.language.components.cached_embedding import CachedEmbedding
from kafe.language.components.entity_corrections import EntityCorrections
from kafe.language.components.lexicon import Lexicon
from kafe.language.components.sentence_boundaries import SentenceBoundaries

__all__ = ["CachedEmbedding", "EntityCorrections", "Lexicon", "SentenceBoundaries"]
