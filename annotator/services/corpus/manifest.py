"""manifest.json: which document is on which side, with the digest of every file; the next split can keep to it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.domain.corpus.split import PreviousSplit, Side, Split, SplitPlan
from annotator.errors import ExportError
from annotator.services.digest import digest

MANIFEST = "manifest.json"


def write_manifest(
    path: Path,
    plan: SplitPlan,
    split: Split,
    documents: Mapping[Side, Sequence[str]],
    files: Mapping[str, Path],
    *,
    remembered: Mapping[str, Side] | None = None,
    kept_from: str = "",
    leaks: Collection[tuple[str, str]] = (),
    renamed: bool = False,
) -> None:
    """Write a manifest of some files, by their names in it.

    documents are those in the files, in their order. remembered are sides of documents that are not in the files now,
    so that they come back to them. kept_from is the digest of the manifest that was kept to, or empty. leaks are
    near-duplicates on different sides, which only a manifest that was kept to can bring about. renamed says that names
    in the files were replaced: then documents must be the ids of the texts as they are in the files, and nothing that
    tells another id is written, since an id would tell which article a text was. Raises OSError.
    """
    told: dict[str, Any] = {
        "program": f"annotator {__version__}",
        "split": {
            "by": plan.by.value,
            "seed": plan.seed,
            "parts": {side.value: part for side, part in plan.parts.items()},
            "undated": plan.undated,
            "first_days": {side.value: str(day) for side, day in sorted(split.starts.items())},
            "kept_from": kept_from or None,
        },
        "files": {name: {"bytes": file.stat().st_size, "sha256": digest(file)} for name, file in sorted(files.items())},
        "names_replaced": renamed,
        "documents": {side.value: list(ids) for side, ids in documents.items()},
    }
    if not renamed:
        told |= {
            "left_out": {document: why.value for document, why in sorted(split.left_out.items())},
            "near_duplicates_on_different_sides": [list(pair) for pair in leaks],
            "remembered": {
                side.value: sorted(document for document, at in (remembered or {}).items() if at is side)
                for side in Side
                if side in (remembered or {}).values()
            },
        }
    path.write_text(f"{json.dumps(told, ensure_ascii=False, indent=1)}\n", "utf-8", newline="\n")


def files_of(folder: Path) -> dict[str, Path]:
    """Return all files of a folder by the names that a manifest gives them."""
    return {entry.relative_to(folder).as_posix(): entry for entry in folder.rglob("*") if entry.is_file()}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an earlier split settled; renamed says that its documents are those that names were replaced in.

    files are the files beside it by name, each with what the manifest says of it.
    """

    kept: PreviousSplit
    renamed: bool
    files: Mapping[str, Any]


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; raises ExportError where it cannot be read or is none."""
    try:
        told = json.loads(path.read_bytes())
        sides: dict[str, Side] = {}
        for part in ("remembered", "documents"):
            for name, ids in told.get(part, {}).items():
                for document in ids:
                    if part == "documents" and sides.get(document, Side(name)) is not Side(name):
                        raise ValueError(f"the document {document} is on two sides")
                    sides[str(document)] = Side(name)
        starts = told["split"].get("first_days", {})
        kept = PreviousSplit(sides, {Side(name): datetime.date.fromisoformat(day) for name, day in starts.items()})
        return Manifest(kept, bool(told.get("names_replaced")), dict(told.get("files", {})))
    except OSError as error:
        raise ExportError(
            "The manifest {path} cannot be read: {reason}.", path=path, reason=error.strerror or error
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ExportError(
            "{path} is no manifest of a split ({reason}); give the manifest.json of an earlier export.",
            path=path,
            reason=_reason(error),
        ) from error


def _reason(error: Exception) -> Any:
    """Say what is wrong in a few words."""
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else error
