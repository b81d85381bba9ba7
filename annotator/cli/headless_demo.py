"""The demo without a display: it prints suggestions, and writes exports and a picture of the editor."""

from __future__ import annotations

import os
from pathlib import Path

from annotator.cli.exit_codes import PARTIAL
from annotator.cli.output import echo
from annotator.cli.table import render_table
from annotator.domain.model.annotation import Annotator
from annotator.services.demo import export_demo, make_folder, prepare_demo, suggestion_rows
from annotator.services.qt_probe import probe_qt
from annotator.session import Session
from annotator.storage.project import Project

FOLDER = Path("demo-output")
DEMO_ANNOTATOR = Annotator("demo", "demo")


def run_headless(path: Path | None) -> int:
    """Create the demo project, print its suggestions, write exports and a picture, and return the exit code.

    Everything is written to ./demo-output; path is the project file if it is to be elsewhere.
    """
    path = path or FOLDER / "demo.annot"
    make_folder(FOLDER)
    prepare_demo(path)
    with Project.open(path) as project:
        for document in project.documents.iter():
            echo(f"{document.id[:8]}  {document.title}")
        echo()
        for line in render_table(("document", "label", "score", "suggester", "text"), suggestion_rows(project)):
            echo(line)
        confirmed = confirm_some(project)
        echo()
        echo(
            f"As an example, the annotator {DEMO_ANNOTATOR.name!r} confirmed the first half of the suggestions in each "
            f"article without review ({confirmed} now). Do not use the exports below as data."
        )
        for report in export_demo(project, FOLDER):
            for line in report.lines():
                echo(line)
    return _picture(path, FOLDER / "editor.png")


def confirm_some(project: Project) -> int:
    """Confirm the first half of the suggestions in every article in which nothing is decided; return how many."""
    session = Session(project, DEMO_ANNOTATOR)
    confirmed = 0
    for document_id in list(project.documents.ids()):
        session.open(document_id)
        left, total = session.progress
        if left == total:
            confirmed += sum(session.confirm() is not None for _ in range(total // 2))
    return confirmed


def _picture(project: Path, png: Path) -> int:
    """Write a picture of the editor if Qt can run, and return the exit code."""
    probe = probe_qt()
    if not probe.works:
        echo(f"No picture of the editor: Qt does not start ({probe.message}). Run: annotator doctor", err=True)
        return PARTIAL
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from annotator.app import picture

    picture(project, png)
    echo(f"Wrote {png}: the editor on the first article.")
    return 0
