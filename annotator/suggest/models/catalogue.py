"""Which models can be installed, from where, under which licence, and what exactly they must contain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.errors import ResourceError, SuggesterError
from annotator.resources import resource


class Use(StrEnum):
    """What to do with a file of the archive: keep it, convert it to ONNX, or only check it."""

    KEEP = "keep"
    CONVERT = "convert"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of an archive; path is relative, size is in bytes."""

    path: str
    size: int
    sha256: str
    use: Use


@dataclass(frozen=True, slots=True)
class Model:
    """One model of the catalogue.

    titles and descriptions are by language ("ar", "en"). url is a zip archive of size bytes with this sha256.
    destination is the folder under the model folder, and suggester the name of the suggester that uses the model.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    version: str
    licence: str
    licence_file: str
    destination: str
    suggester: str
    url: str
    size: int
    sha256: str
    files: tuple[ModelFile, ...]

    def licence_text(self) -> str:
        """Return the licence, to be shown before anything is downloaded."""
        return resource("models", "licences", self.licence_file).read_text(encoding="utf-8")

    def folder(self, models: Path) -> Path:
        """Return the model's folder under the model folder."""
        return models / self.destination


@lru_cache(maxsize=1)
def catalogue() -> tuple[Model, ...]:
    """Return the models that can be installed; raises ResourceError if the bundled catalogue is malformed."""
    path = resource("models", "catalogue.json")
    try:
        parsed = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_model(entry) for entry in parsed["models"])
    except (ValueError, KeyError, TypeError) as e:
        raise ResourceError(
            "The model catalogue {path} is malformed ({why!r}). Reinstall the program.", path=path, why=e
        ) from e


def _model(entry: Mapping[str, Any]) -> Model:
    files = tuple(ModelFile(f["path"], f["size"], f["sha256"], Use(f["use"])) for f in entry["files"])
    return Model(**{**entry, "files": files})


def find_entry(name: str | None = None) -> Model:
    """Return the model with a name, by default the first; raises SuggesterError with the names that exist."""
    for model in catalogue():
        if name is None or model.name == name:
            return model
    raise SuggesterError(
        "No model is named {name!r}. Available: {known}.", name=name, known=", ".join(m.name for m in catalogue())
    )
