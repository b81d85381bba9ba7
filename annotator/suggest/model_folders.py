"""Where the model of CAMeL Tools is on this machine, and whether its folder is complete.

Nothing is loaded: a folder is judged by its small files and the sizes of the others.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs

from annotator.atomic_file import recover, replace_file
from annotator.errors import Message

NER = Path("ner", "arabert")
LEARNED = "learned"
LEARNED_CRF = "project.crfsuite"
SAFETENSORS = "model.safetensors"
"""The weights that earlier versions of this program installed."""
CONVERSION = "conversion.json"
"""What the conversion to ONNX found: {"words", "agreement", "sizes": {precision: bytes}}."""
CHOICE = "precision.txt"
"""The precision that somebody chose; without this file it is fp32."""
_SAMPLE = 1 << 16


class Precision(StrEnum):
    """The numbers that a network computes with. int8 is two to three times as fast, with nearly the same labels."""

    FP32 = "fp32"
    INT8 = "int8"


_GRAPHS = {Precision.FP32: "model.onnx", Precision.INT8: "model_int8.onnx"}


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder with a model or a part of one; problem is empty if it is usable.

    precision is the one in use. agreement is the share of words (0 to 1) of the sample articles, words in number, that
    int8 labels as fp32 does; precisions are those that can be used.
    """

    path: Path
    problem: str = ""
    precision: Precision = Precision.FP32
    precisions: tuple[Precision, ...] = ()
    agreement: float = 0.0
    words: int = 0

    @property
    def percent(self) -> str:
        """Return the agreement in percent with one decimal, rounded down, so that 98.99% is less than 99%."""
        return f"{math.floor(1000 * self.agreement) / 10:.1f}"


def graph_path(folder: Path, precision: Precision) -> Path:
    """Return the path of a graph in a model's folder."""
    return folder / _GRAPHS[precision]


def weights_path(graph: Path) -> Path:
    """Return the path of the file with the weights of a graph, which is next to it."""
    return graph.with_name(f"{graph.name}_data")


def default_models() -> Path:
    """Return the folder for installed models in the user's data folder."""
    return platformdirs.user_data_path("annotator") / "models"


def learned_folder(models: Path, project: str) -> Path:
    """Return the folder, under the model folder, for the own model of the project with this id."""
    return models / LEARNED / project


def has_learned(models: Path, project: str) -> bool:
    """Return True if the project with this id has a model of its own; "" is no project."""
    return bool(project) and (learned_folder(models, project) / LEARNED_CRF).is_file()


def find_model(models: Path | None = None) -> ModelFolder | None:
    """Return the folder of the model of CAMeL Tools, or None if there is none.

    models is the program's model folder, by default in the user's data folder.
    """
    folder = (models or default_models()) / NER
    recover(folder)
    return read_model(folder) if folder.is_dir() else None


def usable_model(models: Path | None = None) -> ModelFolder | None:
    """Return the folder of the model if it is complete, or None."""
    found = find_model(models)
    return found if found and not found.problem else None


def choose_precision(folder: Path, precision: Precision) -> None:
    """Use a precision from now on; raises OSError."""
    with replace_file(folder / CHOICE) as path:
        path.write_text(precision, encoding="utf-8")


def chosen_precision(folder: Path) -> Precision:
    """Return the precision in use; raises ValueError if there is no such one, and OSError."""
    chosen = folder / CHOICE
    return Precision(chosen.read_text(encoding="utf-8").strip()) if chosen.exists() else Precision.FP32


def must_be_converted(folder: Path) -> bool:
    """Return True if an earlier version of this program installed the model, with the weights for PyTorch."""
    return (folder / SAFETENSORS).exists() and not (folder / CONVERSION).exists()


def read_model(folder: Path) -> ModelFolder:
    """Return what a folder has; its problem is a sentence on why it cannot be used."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8")
        if problem := _problem_of_config(folder, config, vocabulary):
            return ModelFolder(folder, problem)
        if must_be_converted(folder):
            return ModelFolder(
                folder,
                Message(
                    "The model in {folder} is from an earlier version of this program. Convert it, without a "
                    "download, with: annotator models install",
                    folder=folder,
                ),
            )
        return _read_converted(folder)
    except FileNotFoundError as e:
        problem = Message(
            "The model folder {folder} has no {file}. {again}", folder=folder, file=Path(e.filename).name, again=_AGAIN
        )
    except OSError as e:
        problem = Message(
            "Cannot read the model folder {folder} ({why}). Check your read permission.",
            folder=folder,
            why=e.strerror,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        problem = Message(
            "The model folder {folder} has a damaged file ({why}). {again}", folder=folder, why=e, again=_AGAIN
        )
    return ModelFolder(folder, problem)


_AGAIN = Message("Install the model again with: annotator models install")


def _read_converted(folder: Path) -> ModelFolder:
    """Return what a folder with graphs has; raises what damaged files raise."""
    found = json.loads((folder / CONVERSION).read_text(encoding="utf-8"))
    sizes = {Precision(name): int(size) for name, size in found["sizes"].items()}
    precision = chosen_precision(folder)
    problem = ""
    for each in (precision, *sizes):
        graph = graph_path(folder, each)
        size = graph.stat().st_size + weights_path(graph).stat().st_size
        if size != sizes[each]:
            problem = Message("The weights {path} are incomplete or damaged. {again}", path=graph, again=_AGAIN)
    return ModelFolder(folder, problem, precision, tuple(sizes), float(found["agreement"]), int(found["words"]))


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


def fingerprint(model: ModelFolder) -> str:
    """Return eight hexadecimal digits that change with the model and its precision.

    They cover its config, vocabulary and size, and samples of the weights: hashing half a gigabyte would delay every
    start, and the installation checks everything. Raises OSError if a file cannot be read.
    """
    digest = hashlib.sha256()
    for name in ("config.json", "vocab.txt"):
        digest.update((model.path / name).read_bytes())
    weights = weights_path(graph_path(model.path, model.precision))
    size = weights.stat().st_size
    digest.update(str(size).encode())
    with weights.open("rb") as file:
        for place in range(0, size, max(size // 16, _SAMPLE)):
            file.seek(place)
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:8]
