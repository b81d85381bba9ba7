"""A map of labels to a file, which holds it as it will be read."""

from __future__ import annotations

from pathlib import Path

from annotator.atomic_file import replacing
from annotator.domain.model.label_map import LabelMap
from annotator.errors import ExportError, InputError
from annotator.formats.base.label_map_file import label_map_text, read_label_map
from annotator.services.output_paths import refuse_dangerous, refuse_nameless


def write_label_map(labels: LabelMap, out: Path, project: Path) -> None:
    """Write a map as read_label_map() reads it: JSON where the file's name ends in .json, else a table.

    The file takes its name when it is whole. Raises ExportError where it cannot be written, where that would be over
    the open project or another, and where a table would be read as something else.
    """
    refuse_nameless(out)
    refuse_dangerous(project, out)
    try:
        with replacing(out) as part:
            part.write_text(label_map_text(labels, as_json=out.suffix.lower() == ".json"), "utf-8", newline="\n")
            if not _holds(part, labels):
                raise ExportError(
                    "{path} was not written: a table cannot hold a label with a tab, a line end or a space at its "
                    "edge, or that begins with # or a bracket; give the file a name that ends in .json.",
                    path=out,
                )
    except (OSError, UnicodeEncodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error.reason
        raise ExportError("{path} cannot be written ({why}); choose another place.", path=out, why=why) from error


def _holds(path: Path, labels: LabelMap) -> bool:
    """Tell whether a file is read as a map."""
    try:
        return read_label_map(path) == labels
    except InputError:
        return False
