"""Read and write label maps: a JSON object, or lines of two labels with a tab between them."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.domain.model.label_map import LabelMap
from annotator.errors import InputError
from annotator.formats.base.encoding import read_text

NOTHING = ("", "-")
"""What a table has for no label."""


def read_label_map(path: Path) -> LabelMap:
    """Return the map in a file.

    JSON: {"PER": "PERS", "MISC": null}, where null drops the label. Otherwise each line is FROM, a tab and TO; "-" or
    nothing as TO drops the label, and lines that begin with "# " are comments. FROM may be * for all other labels.
    Raises InputError for anything else.
    """
    try:
        text = read_text(path)
    except FileNotFoundError as error:
        raise InputError("Label map not found: {path}. Check the path.", path=path) from error
    except OSError as error:
        raise InputError(
            "Cannot read {path} ({why}). Check your permissions.", path=path, why=error.strerror
        ) from error
    except InputError as error:
        raise InputError("{path}: {why}", path=path, why=error) from error
    return LabelMap(_from_json(text, path) if text.lstrip().startswith("{") else _from_table(text, path))


def _from_json(text: str, path: Path) -> dict[str, str | None]:
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("{path} is not valid JSON ({why}). Correct it and try again.", path=path, why=error) from error
    for label, target in pairs.items():
        if not isinstance(target, str | None) or not label:
            raise InputError(
                '{path} maps "{label}" to {target!r}. Give a label in quotation marks, or null to drop it.',
                path=path,
                label=label,
                target=target,
            )
    return {label: target or None for label, target in pairs.items()}


def _from_table(text: str, path: Path) -> dict[str, str | None]:
    pairs: dict[str, str | None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        source, _, target = (part.strip() for part in line.partition("\t"))
        if not source or "\t" not in line or "\t" in target:
            raise InputError(
                "{path}, line {number}: {line!r} is not a label, a tab and a label. Write FROM, tab, TO.",
                path=path,
                number=number,
                line=line,
            )
        if source in pairs:
            raise InputError(
                "{path}, line {number}: {source} is mapped twice. Remove one of the lines.",
                path=path,
                number=number,
                source=source,
            )
        pairs[source] = None if target in NOTHING else target
    return pairs


def label_map_text(labels: LabelMap, *, as_json: bool) -> str:
    """Return a map as read_label_map() reads it: as JSON, or as a table, which cannot hold every label."""
    if as_json:
        return json.dumps(dict(labels.pairs), ensure_ascii=False, indent=1) + "\n"
    return "".join(f"{label}\t{target or NOTHING[-1]}\n" for label, target in labels.pairs.items())
