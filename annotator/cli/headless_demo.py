"""The demo without a display: the same job, told in words, files and a picture."""

from __future__ import annotations

import os
from pathlib import Path

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
    """Make the demo project, print its suggestions, write the exports and a picture; return the exit code.

    path is the project's, by default in ./demo-output, where everything else goes.
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
            f"Nobody is here to decide, so the annotator {DEMO_ANNOTATOR.name!r} confirmed the first half of the "
            f"suggestions in each article unseen ({confirmed} now): the exports below are an example, not a corpus."
        )
        for report in export_demo(project, FOLDER):
            for line in report.lines():
                echo(line)
    return _picture(path, FOLDER / "editor.png")


def confirm_some(project: Project) -> int:
    """Confirm the first half of the suggestions in every document that the demo annotator has not touched."""
    session = Session(project, DEMO_ANNOTATOR)
    confirmed = 0
    for document_id in list(project.documents.ids()):
        session.open(document_id)
        left, total = session.progress
        if left == total:
            confirmed += sum(session.confirm() is not None for _ in range(total // 2))
    return confirmed


def _picture(project: Path, png: Path) -> int:
    """Have the editor draw itself into a file, where Qt can run at all; return the exit code."""
    probe = probe_qt()
    if not probe.works:
        echo(f"No picture of the editor: Qt does not start ({probe.said}); annotator doctor tells more.", err=True)
        return 1
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from annotator.app import picture

    picture(project, png)
    echo(f"Wrote {png}: the editor on the first article.")
    return 0
