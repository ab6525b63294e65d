"""Embedding models that a user has installed: sentence-transformers, model2vec or spaCy vectors, never fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.files import atomic_write
from kafe.messages import message
from kafe.records import KafeError, text_hash

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encoder = Callable[[Sequence[str]], NDArray[np.float32]]

AUTO = "auto"
BUNDLED = "static_nb"
"""The bundled static model alone, without the spelling of the texts beside it."""
PIPELINE = "nb_kafe_sm"
"""The bundled pipeline's word vectors, averaged."""
QUERY_PREFIX = "query: "
"""What models of the E5 family expect before every text when texts are compared with each other."""


def opt_in(model: str) -> Encoder:
    """Return what turns texts into rows of unit length (zero rows for texts without letters).

    `model`: `static_nb`, a folder, `nb_kafe_sm` or another installed spaCy package with word vectors, or a
    name on Hugging Face that has been downloaded before. The kind is read off the files. Nothing is downloaded and no code that
    comes with a model is run. Raises KafeError with the command that installs what is missing.
    """
    encode = _loaded(model)

    def rows(texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np
        from sklearn.preprocessing import normalize

        worded = [row for row, text in enumerate(texts) if any(char.isalpha() for char in text)]
        if not worded:
            return np.zeros((len(texts), 1), dtype=np.float32)
        vectors = np.asarray(encode([texts[row] for row in worded]), dtype=np.float32)
        found = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
        found[worded] = normalize(vectors)
        return found

    return rows


def cached(texts: Sequence[str], model: str, folder: Path) -> NDArray[np.float32]:
    """Return the rows of `opt_in(model)`, computing only texts that `folder` holds no vector of.

    Keyed by the text's hash and the model's name and files; the texts themselves are not stored.
    """
    import numpy as np

    path = folder / f"{text_hash(model + _state(model))[:16]}.npz"
    known: dict[str, NDArray[np.float32]] = {}
    if path.is_file():
        with np.load(path) as stored:
            known = dict(zip(stored["hashes"].tolist(), stored["vectors"], strict=True))
    hashes = [text_hash(text) for text in texts]
    missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
    if missing:
        known |= dict(zip(missing, opt_in(model)(list(missing.values())), strict=True))
        width = max(row.shape[0] for row in known.values())
        known = {
            key: row if row.shape[0] == width else np.zeros(width, np.float32) for key, row in known.items()
        }
        with atomic_write(path) as stream:
            np.savez(stream, hashes=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[key] for key in hashes]) if hashes else np.zeros((0, 1), dtype=np.float32)


def _state(model: str) -> str:
    """Return sizes and times of the files of a model, so that a changed one is read anew."""
    folder = _folder(model)
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder else []
    return "".join(f"|{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)


def _folder(model: str) -> Path | None:
    """Return where the files of a model lie on this machine, None when it has none."""
    if model == BUNDLED:
        from kafe.language.models import static_path

        return static_path()
    if model == PIPELINE:
        from kafe.language.models import bundled_path

        return bundled_path()
    if Path(model).is_dir():
        return Path(model)
    if model.isidentifier() and (package := util.find_spec(model)) and package.origin:
        return Path(package.origin).parent
    return _downloaded(model)


@cache
def _loaded(model: str) -> Encoder:
    if model == BUNDLED:
        from kafe.language.models import encode

        return encode
    folder = _folder(model)
    if folder is None:
        raise _missing(model)
    if (folder / "meta.json").is_file():
        return _spacy(model if model.isidentifier() else str(folder))
    if (folder / "modules.json").is_file() or (folder / "config_sentence_transformers.json").is_file():
        return _sentence_transformer(folder, model)
    if all((folder / name).is_file() for name in ("model.safetensors", "tokenizer.json", "config.json")):
        return _model2vec(folder, model)
    raise _unusable("unreadable", model=model)


def _downloaded(name: str) -> Path | None:
    """Return the folder of a model that lies in Hugging Face's cache of this machine, else None."""
    home = Path(os.environ.get("HF_HOME", Path.home() / ".cache" / "huggingface"))
    hub = Path(os.environ.get("HF_HUB_CACHE", home / "hub"))
    full = name if "/" in name else f"sentence-transformers/{name}"
    snapshots = hub / f"models--{full.replace('/', '--')}" / "snapshots"
    found = sorted(path for path in snapshots.glob("*") if path.is_dir())
    return max(found, key=lambda path: path.stat().st_mtime) if found else None


def _sentence_transformer(folder: Path, model: str) -> Encoder:
    if not util.find_spec("sentence_transformers"):
        raise _unusable("no_library", model=model)
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
    prefix = QUERY_PREFIX if "e5" in model.lower() else ""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return transformer.encode([prefix + text for text in texts], show_progress_bar=False)

    return encode


def _model2vec(folder: Path, model: str) -> Encoder:
    from model2vec import StaticModel

    try:
        static = StaticModel.from_pretrained(folder)
    except (ValueError, KeyError, OSError) as error:
        raise _unusable("broken", model=model, error=str(error)) from error

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return static.encode(list(texts), use_multiprocessing=False)

    return encode


def _spacy(name: str) -> Encoder:
    from kafe.language.models import load_pipeline

    nlp = load_pipeline(name)
    if not len(nlp.vocab.vectors):
        raise _unusable("no_vectors", model=name)

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        return np.stack([np.asarray(nlp.make_doc(text).vector) for text in texts])

    return encode


def _missing(model: str) -> KafeError:
    return _unusable("missing", model=model)


def _unusable(key: str, **values: str) -> KafeError:
    return KafeError(
        message(f"topics.model.{key}", **values),
        file="kafe.toml",
        place=message("settings.key", key="topics.embedding"),
        remedy=message(f"topics.model.{key}_remedy", **values),
    )
