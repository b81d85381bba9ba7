"""A dry run reports what the export reports afterwards, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.formats.registry import writers
from annotator.services.exporting.request import PseudonymOptions
from annotator.services.exporting.selection import Selection
from annotator.storage.project import Project
from tests.services.corpus.corpora import PEOPLE, make_project
from tests.services.exporting.requests import dry_run_as, export_as

TEXT = "قال محافظ جامعة بغداد وديالى."
_KEPT_APART = ("spacy", "huggingface", "parquet", "xmi")
"""Formats that need packages which may not be there."""


def annotation(number: int, start: int, end: int, label: str) -> Annotation:
    """Return a confirmed span."""
    return Annotation(f"a{number}", Span(start, end), label, PEOPLE[0].id, Origin(OriginKind.MANUAL))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of three documents, each with a nested span and one that parts a clitic."""
    made = []
    for number in range(3):
        text = f"{TEXT} {number}"
        university, city, clitic = text.index("جامعة"), text.index("بغداد"), text.index("ديالى")
        spans = (
            annotation(10 * number, university, city + 5, "ORG"),
            annotation(10 * number + 1, city, city + 5, "LOC"),
            annotation(10 * number + 2, clitic, clitic + 5, "LOC"),
        )
        made.append(AnnotatedDocument(Document(document_id(text), text), spans))
    return make_project(tmp_path / "news.annot", made)


@pytest.mark.parametrize("format", [name for name in writers() if name not in _KEPT_APART])
def test_the_counts_are_those_of_the_export(project: Project, tmp_path: Path, format: str) -> None:
    with project:
        found = dry_run_as(project, format).report
        real = export_as(project, tmp_path / "out", format)
    assert (found.documents, found.confirmed, found.reasons) == (
        real.documents,
        real.confirmed,
        real.reasons,
    )
    assert found.exact == real.exact


@pytest.mark.parametrize(
    ("options", "lost"),
    [
        ({"nested": "outer", "clitics": "word"}, {"overlap": 3, "clitic": 3}),
        ({"nested": "columns", "clitics": "word"}, {"clitic": 3}),
        ({"nested": "columns", "clitics": "split"}, {}),
    ],
)
def test_what_cannot_stand_depends_on_the_options(
    project: Project, options: dict[str, Any], lost: dict[str, int]
) -> None:
    with project:
        report = dry_run_as(project, "conll", **options).report
    told = {reason: n for fate, reasons in report.reasons.items() if fate != "adapted" for reason, n in reasons.items()}
    assert told == lost
    assert report.exact == 9 - sum(lost.values())


def test_the_head_is_the_beginning_of_the_file(project: Project, tmp_path: Path) -> None:
    with project:
        head = dry_run_as(project, "conll").head
        export_as(project, tmp_path / "out.conll", "conll")
        zipped = dry_run_as(project, "brat").head
    assert list(head) == (tmp_path / "out.conll").read_text("utf-8").splitlines()[:60]
    assert zipped and any("بغداد" in line for line in zipped)


def test_the_first_documents_suffice_for_a_look(project: Project) -> None:
    told: list[tuple[int, int]] = []
    with project:
        looked = dry_run_as(project, "json", first=1, progress=lambda done, total: told.append((done, total)))
    assert looked.report.documents == 1
    assert told[-1] == (3, 3) or told[-1][1] == 3
    assert any("بغداد" in line for line in looked.head)


def test_nothing_is_left_behind(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    with project:
        dry_run_as(project, "json")
    assert list(aside.iterdir()) == []


def test_what_a_killed_dry_run_leaves_is_removed_by_the_next(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    killed = (
        "import os, signal, sys\n"
        "from annotator.storage.project import Project\n"
        "from tests.services.exporting.requests import dry_run_as\n"
        "with Project.open(sys.argv[1]) as project:\n"
        "    dry_run_as(project, 'json', progress=lambda *_: os.kill(os.getpid(), signal.SIGKILL))"
    )
    command = [sys.executable, "-c", killed, str(project.path)]
    done = subprocess.run(command, env=os.environ | {"TMPDIR": str(aside)}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert list(aside.iterdir())
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    with project:
        dry_run_as(project, "json")
    assert list(aside.iterdir()) == []


def test_what_the_export_would_refuse_is_refused(project: Project) -> None:
    with project, pytest.raises(ExportError, match="IO cannot separate"):
        dry_run_as(project, "conll", scheme="IO", nested="columns")
    with project, pytest.raises(ExportError, match="cannot mark suggestions"):
        dry_run_as(project, "conll", selection=Selection(include_suggestions=True))


def test_a_dry_run_can_be_stopped(project: Project) -> None:
    def stop(done: int, total: int) -> None:
        """Stop at once."""
        raise KeyboardInterrupt

    with project, pytest.raises(KeyboardInterrupt):
        dry_run_as(project, "json", progress=stop)


def test_a_dry_run_keeps_to_the_key_and_writes_none(project: Project, tmp_path: Path) -> None:
    key_file = tmp_path / "key.json"
    asked = PseudonymOptions(("LOC",), key_file)
    with project:
        dry_run_as(project, "jsonl", pseudonyms=asked)
        assert not key_file.exists()
        export_as(project, tmp_path / "first", "jsonl", pseudonyms=replace(asked, salt="secret"))
        before = key_file.read_bytes()
        found = dry_run_as(project, "jsonl", pseudonyms=asked)
        assert key_file.read_bytes() == before
        real = export_as(project, tmp_path / "out", "jsonl", pseudonyms=asked)
        assert found.head == tuple(line[:400] + "…" for line in (tmp_path / "out").read_text("utf-8").splitlines())
        assert found.report.pseudonyms == real.pseudonyms
        key_file.write_text("{}")
        with pytest.raises(ExportError, match="is not a key file"):
            dry_run_as(project, "jsonl", pseudonyms=asked)
