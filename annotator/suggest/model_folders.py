"""Where a CAMeL Tools NER model may be on this machine, and whether a folder holds a complete one.

Nothing is loaded: a folder is judged by its small files and the header of its weights.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from annotator.atomic_file import recover
from annotator.errors import Message
from annotator.text.clitics.morphology import camel_data

NER = Path("ner", "arabert")
LEARNED = "learned"
LEARNED_CRF = "project.crfsuite"
SAFETENSORS = "model.safetensors"
PICKLED = "pytorch_model.bin"
_SAMPLE = 1 << 16
_NEEDED = {"bert.embeddings.word_embeddings.weight", "classifier.weight"}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder with a model or a part of one; problem is empty if it is usable."""

    path: Path
    problem: str = ""

    @property
    def weights(self) -> Path:
        """Return the file with the weights to load: safetensors if there are any."""
        safe = self.path / SAFETENSORS
        return safe if safe.exists() else self.path / PICKLED


def default_models() -> Path:
    """Return the folder for installed models in the user's data folder."""
    return platformdirs.user_data_path("annotator") / "models"


def learned_folder(models: Path, project: str) -> Path:
    """Return the folder, under the model folder, for the own model of the project with this id."""
    return models / LEARNED / project


def has_learned(models: Path, project: str) -> bool:
    """Return True if the project with this id has a model of its own; "" is no project."""
    return bool(project) and (learned_folder(models, project) / LEARNED_CRF).is_file()


def find_models(models: Path | None = None) -> tuple[ModelFolder, ...]:
    """Return the folders that hold a NER model or part of one, the program's own before CAMeL Tools'.

    models is the program's model folder, by default in the user's data folder.
    """
    own = (models or default_models()) / NER
    recover(own)
    places = own, camel_data() / "data" / NER
    return tuple(ModelFolder(place, problem_of(place)) for place in places if place.is_dir())


def usable_model(models: Path | None = None) -> ModelFolder | None:
    """Return the first folder with a complete model, or None."""
    return next((found for found in find_models(models) if not found.problem), None)


def problem_of(folder: Path) -> str:
    """Return a sentence on why a folder has no usable model; empty if it has one."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8")
        return _problem_of_config(folder, config, vocabulary) or _problem_of_weights(folder)
    except FileNotFoundError as e:
        return Message(
            "The model folder {folder} has no {file}. {again}", folder=folder, file=Path(e.filename).name, again=_AGAIN
        )
    except OSError as e:
        return Message(
            "Cannot read the model folder {folder} ({why}). Check your read permission.",
            folder=folder,
            why=e.strerror,
        )
    except ValueError as e:
        return Message(
            "The model folder {folder} has a damaged file ({why}). {again}", folder=folder, why=e, again=_AGAIN
        )


_AGAIN = Message("Install the model again with: annotator models install")


def _problem_of_config(folder: Path, config: Any, vocabulary: str) -> str:
    if not isinstance(config, dict) or config.get("model_type") != "bert":
        return Message(
            "The model in {folder} is not a BERT model, as CAMeL Tools needs. {again}",
            folder=folder,
            again=_AGAIN,
        )
    labels = config.get("id2label")
    if not isinstance(labels, dict) or "O" not in labels.values():
        return Message(
            "The config.json in {folder} does not name the labels (id2label with an O). {again}",
            folder=folder,
            again=_AGAIN,
        )
    words = vocabulary.count("\n") + (not vocabulary.endswith("\n"))
    if not isinstance(config.get("vocab_size"), int) or words > config["vocab_size"]:
        size = config.get("vocab_size")
        return Message(
            "The vocabulary in {folder} has {words} lines, but config.json says {size}. {again}",
            folder=folder,
            words=words,
            size=size,
            again=_AGAIN,
        )
    return ""


def _problem_of_weights(folder: Path) -> str:
    safe = folder / SAFETENSORS
    if safe.exists():
        return (
            ""
            if _is_whole(safe)
            else Message("The weights {safe} are incomplete or damaged. {again}", safe=safe, again=_AGAIN)
        )
    pickled = folder / PICKLED
    if pickled.exists():
        return (
            ""
            if pickled.stat().st_size
            else Message("The weights {pickled} are empty. {again}", pickled=pickled, again=_AGAIN)
        )
    return Message(
        "The model folder {folder} has no weights ({safe} or {pickled}). {again}",
        folder=folder,
        safe=SAFETENSORS,
        pickled=PICKLED,
        again=_AGAIN,
    )


def _is_whole(path: Path) -> bool:
    """Return True if a safetensors file is as long as its header says, and lacks no weights.

    transformers would invent missing weights.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        prefix = file.read(8)
        if len(prefix) < 8:
            return False
        (length,) = struct.unpack("<Q", prefix)
        if length > size - 8:
            return False
        header = json.loads(file.read(length))
    ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
    return header.keys() >= _NEEDED and bool(size == 8 + length + max(ends))


def fingerprint(folder: ModelFolder) -> str:
    """Return eight hexadecimal digits that change with the model.

    They cover its config, vocabulary and size, and samples of the weights: hashing half a gigabyte would delay every
    start, and the installation checks everything. Raises OSError if a file cannot be read.
    """
    digest = hashlib.sha256()
    for name in ("config.json", "vocab.txt"):
        digest.update((folder.path / name).read_bytes())
    size = folder.weights.stat().st_size
    digest.update(str(size).encode())
    with folder.weights.open("rb") as file:
        for place in range(0, size, max(size // 16, _SAMPLE)):
            file.seek(place)
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:8]
