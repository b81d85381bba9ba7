"""manifest.json: the split of each document and the SHA-256 of each file. A later split can keep its assignments."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.domain.corpus.split import PreviousSplit, Side, SplitPlan
from annotator.errors import ExportError
from annotator.services.corpus.split_project import SplitResult
from annotator.services.digest import digest

MANIFEST = "manifest.json"


def write_manifest(
    path: Path,
    plan: SplitPlan,
    result: SplitResult,
    documents: Mapping[Side, Sequence[str]],
    files: Mapping[str, Path],
    *,
    kept_from: str = "",
    pseudonymised: bool = False,
) -> None:
    """Write a manifest of files, by their names in the folder; raises OSError.

    documents are the ids in each split's file, in their order. kept_from is the SHA-256 of the earlier manifest whose
    assignments were kept, or empty. If names were replaced, documents must be the ids of the texts in the files. No
    other id is written then, since an id says which article a text was.
    """
    manifest: dict[str, Any] = {
        "program": f"annotator {__version__}",
        "split": {
            "by": plan.by.value,
            "seed": plan.seed,
            "parts": {side.value: part for side, part in plan.parts.items()},
            "undated": plan.undated,
            "first_days": {side.value: str(day) for side, day in sorted(result.split.starts.items())},
            "kept_from": kept_from or None,
        },
        "files": {name: {"bytes": file.stat().st_size, "sha256": digest(file)} for name, file in sorted(files.items())},
        "names_replaced": pseudonymised,
        "documents": {side.value: list(ids) for side, ids in documents.items()},
    }
    if not pseudonymised:
        manifest |= {
            "left_out": {document: why.value for document, why in sorted(result.split.left_out.items())},
            "near_duplicates_on_different_sides": [list(pair) for pair in result.leaks],
            "remembered": {
                side.value: sorted(document for document, at in result.remembered.items() if at is side)
                for side in Side
                if side in result.remembered.values()
            },
        }
    path.write_text(f"{json.dumps(manifest, ensure_ascii=False, indent=1)}\n", "utf-8", newline="\n")


def files_of(folder: Path) -> dict[str, Path]:
    """Return all files of a folder by their relative POSIX paths, as the manifest names them."""
    return {entry.relative_to(folder).as_posix(): entry for entry in folder.rglob("*") if entry.is_file()}


@dataclass(frozen=True, slots=True)
class Manifest:
    """An earlier split. pseudonymised: names were replaced, so that the ids are not those of the project's documents.

    files: size and digest of each file of the folder, by name.
    """

    kept: PreviousSplit
    pseudonymised: bool
    files: Mapping[str, Any]


def read_manifest(path: Path) -> Manifest:
    """Return a manifest; raises ExportError if it cannot be read or is not a manifest."""
    try:
        found = json.loads(path.read_bytes())
        sides: dict[str, Side] = {}
        for part in ("remembered", "documents"):
            for name, ids in found.get(part, {}).items():
                for document in ids:
                    if part == "documents" and sides.get(document, Side(name)) is not Side(name):
                        raise ValueError(f"document {document} is in two splits")
                    sides[str(document)] = Side(name)
        starts = found["split"].get("first_days", {})
        kept = PreviousSplit(sides, {Side(name): datetime.date.fromisoformat(day) for name, day in starts.items()})
        return Manifest(kept, bool(found.get("names_replaced")), dict(found.get("files", {})))
    except OSError as error:
        raise ExportError(
            "Cannot read the manifest {path}: {reason}.", path=path, reason=error.strerror or error
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExportError(
            "{path} is not a split manifest ({reason}). Use the manifest.json of an earlier export.",
            path=path,
            reason=_reason(error),
        ) from error


def _reason(error: Exception) -> Any:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else error
