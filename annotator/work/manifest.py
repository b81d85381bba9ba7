"""manifest.json: which document is on which side, with the digest of every file; the next split can keep to it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.domain.splits import Kept, Plan, Side, Split
from annotator.errors import ExportError
from annotator.work.safe_file import digest

MANIFEST = "manifest.json"


def write_manifest(
    folder: Path,
    plan: Plan,
    split: Split,
    documents: Mapping[Side, Sequence[str]],
    remembered: Mapping[str, Side],
    kept_from: str,
    leaks: Collection[tuple[str, str]],
) -> None:
    """Write the manifest of a folder that is otherwise complete.

    documents are those in the files, in their order. remembered are sides of documents that are not in the files now,
    so that they come back to them. kept_from is the digest of the manifest that was kept to, or empty. leaks are
    near-duplicates on different sides, which only a manifest that was kept to can bring about. Raises OSError.
    """
    files = sorted(entry for entry in folder.rglob("*") if entry.is_file())
    told = {
        "program": f"annotator {__version__}",
        "split": {
            "by": plan.by.value,
            "seed": plan.seed,
            "parts": {side.value: part for side, part in plan.parts.items()},
            "undated": plan.undated,
            "first_days": {side.value: str(day) for side, day in sorted(split.starts.items())},
            "kept_from": kept_from or None,
        },
        "files": {
            entry.relative_to(folder).as_posix(): {"bytes": entry.stat().st_size, "sha256": digest(entry)}
            for entry in files
        },
        "documents": {side.value: list(ids) for side, ids in documents.items()},
        "left_out": {document: why.value for document, why in sorted(split.left_out.items())},
        "near_duplicates_on_different_sides": [list(pair) for pair in leaks],
        "remembered": {
            side.value: sorted(document for document, at in remembered.items() if at is side)
            for side in Side
            if side in remembered.values()
        },
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(f"{text}\n", "utf-8", newline="\n")


def read_manifest(path: Path) -> Kept:
    """Return what a manifest settled; raises ExportError where it cannot be read or is no manifest."""
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
        return Kept(sides, {Side(name): datetime.date.fromisoformat(day) for name, day in starts.items()})
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
