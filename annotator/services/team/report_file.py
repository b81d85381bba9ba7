"""Write a report to a file."""

from __future__ import annotations

from pathlib import Path

from annotator.atomic_file import replace_file
from annotator.errors import ExportError
from annotator.services.output_paths import check_output_name, check_output_paths


def write_report(out: Path, text: str, project: Path) -> None:
    """Write a text to a file in UTF-8, whole or not at all.

    Raises ExportError if it cannot be written, or if that would overwrite this project or another database.
    """
    check_output_name(out)
    check_output_paths(project, out)
    try:
        with replace_file(out) as part:
            part.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise ExportError(
            "Cannot write {out}: {why}. Nothing was replaced.", out=out, why=error.strerror or error
        ) from error
