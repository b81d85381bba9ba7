"""A project learns: which decisions become documents, the model's place, the command, when it is time."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import main
from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import SuggesterError
from annotator.services.suggesting.suggest_project import context_of, suggest_project
from annotator.services.suggesting.train import is_due, train_project, training_documents
from annotator.session import Session
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest import child_process
from annotator.suggest.model_folders import LEARNED_CRF, learned_folder
from annotator.suggest.registry import available, create

SHIPS = ("نجمة البحر", "لؤلؤة الخليج", "أمير الأمواج", "الفجر الجديد", "سندباد", "المرجان")


def text_of(number: int) -> str:
    return f"غادرت السفينة {SHIPS[number % len(SHIPS)]} الميناء رقم {number} أمس.\nوقال محمد علي إن الرحلة عادية.\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "ships.annot", load_tagset("security")) as made:
        for number in range(9):
            text = text_of(number)
            made.documents.add(Document(document_id(text), text))
        yield made


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def label_ships(project: Project, numbers: range) -> Session:
    """Label the ships as media, which no model would, and call the articles done."""
    session = Session(project, Annotator("0" * 32, "Salma"))
    for number in numbers:
        text = text_of(number)
        session.open(document_id(text))
        session.annotate(span_of(text, SHIPS[number % len(SHIPS)]), "MEDIA")
        session.annotate(span_of(text, "محمد علي"), "PERS")
        session.set_done(True)
    return session


def test_a_done_document_is_one_whole_lesson(project: Project) -> None:
    assert training_documents(project) == []
    label_ships(project, range(2))
    found = {document.text: document for document in training_documents(project)}
    assert found.keys() == {text_of(0), text_of(1)}
    first = found[text_of(0)]
    assert first.done
    assert [(span.of(first.text), label) for span, label in first.names] == [(SHIPS[0], "MEDIA"), ("محمد علي", "PERS")]


def test_of_an_open_document_what_is_refused_and_undecided_is_reported(project: Project) -> None:
    text = text_of(0)
    ship, person = span_of(text, SHIPS[0]), span_of(text, "محمد علي")
    proposed = [Suggestion(ship, "LOC", 0.9, "lexicon", "1"), Suggestion(person, "PERS", 0.8, "lexicon", "1")]
    project.suggestions.replace(document_id(text), "lexicon", "1", proposed)
    session = Session(project, Annotator("0" * 32, "Salma"))
    session.open(document_id(text))
    session.reject()
    (document,) = training_documents(project)
    assert (document.done, document.names, document.rejected, document.undecided) == (False, (), (ship,), (person,))


def test_of_several_annotators_the_one_who_is_done_counts(project: Project) -> None:
    text = text_of(0)
    other = Session(project, Annotator("1" * 32, "Omar"))
    other.open(document_id(text))
    for words in ("محمد علي", "الميناء", "الرحلة"):
        other.annotate(span_of(text, words), "LOC")
    label_ships(project, range(1))
    (document,) = training_documents(project)
    assert [label for _, label in document.names] == ["MEDIA", "PERS"]


def test_the_trained_model_is_used_from_then_on(project: Project, tmp_path: Path) -> None:
    models = tmp_path / "models"
    assert "learned" not in available(context_of(project, models))
    with pytest.raises(SuggesterError, match="no model of its own yet"):
        create("learned", context_of(project, models))
    label_ships(project, range(2))
    assert train_project(project, models) is None
    label_ships(project, range(8))
    outcome = train_project(project, models)
    assert outcome is not None and outcome.kept_new
    assert outcome.after > outcome.before
    assert "learned" in available(context_of(project, models))
    last = document_id(text_of(8))
    report = suggest_project(project, ["learned"], documents=[last], models=models)
    assert report.problems == []
    assert (SHIPS[8 % len(SHIPS)], "MEDIA") in {(s.span.of(text_of(8)), s.label) for s in project.suggestions.of(last)}
    (learned_folder(models, project.id) / "project.json").write_text("{", encoding="utf-8")
    with pytest.raises(SuggesterError, match=r"damaged\. Train it again"):
        create("learned", context_of(project, models))


def test_what_dead_trainings_left_is_removed_at_the_next_start(project: Project, tmp_path: Path) -> None:
    models = tmp_path / "models"
    folder = learned_folder(models, project.id)
    folder.mkdir(parents=True)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, large, running = (folder / f"trial-{number}.crfsuite" for number in (dead.pid, 10**20, os.getpid()))
    for trial in (left, large, running):
        trial.write_bytes(b"half a model")
    label_ships(project, range(4))
    assert "learned" not in available(context_of(project, models)), "what was left is no model"
    assert train_project(project, models) is not None
    assert not left.exists()
    assert not large.exists()
    assert running.exists()


_TRAINS_FOR_EVER = """
import os, pickle, sys
source = sys.stdin.buffer
_, (_, _, folder) = pickle.loads(source.read(int.from_bytes(source.read(8), "big")))
folder.mkdir(parents=True, exist_ok=True)
(folder / f"trial-{os.getpid()}.crfsuite").write_bytes(b"half a model")
source.read()
"""


def test_a_stopped_training_leaves_nothing(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "program_command", lambda *_: [sys.executable, "-c", _TRAINS_FOR_EVER])
    models = tmp_path / "models"
    folder = learned_folder(models, project.id)
    label_ships(project, range(9))
    seen: list[Path] = []

    def is_cancelled() -> bool:
        """Stop when the training has written something; it does not end by itself."""
        seen.extend(folder.glob("trial-*"))
        return bool(seen)

    assert train_project(project, models, is_cancelled) is None
    assert seen
    assert list(folder.iterdir()) == []


def test_a_foreign_model_is_left_out_and_replaced_by_training(project: Project, tmp_path: Path) -> None:
    models = tmp_path / "models"
    label_ships(project, range(8))
    train_project(project, models)
    crf = learned_folder(models, project.id) / LEARNED_CRF
    trained = crf.read_bytes()
    crf.write_bytes(b"a file from elsewhere")
    report = suggest_project(project, documents=[document_id(text_of(8))], models=models)
    assert "learned" not in report.suggesters
    assert [problem for problem in report.problems if "Train it again" in problem] == report.problems != []
    outcome = train_project(project, models)
    assert outcome is not None and outcome.kept_new
    assert crf.read_bytes() == trained
    assert "learned" in suggest_project(project, documents=[document_id(text_of(8))], models=models).suggesters


def test_a_project_whose_id_is_a_path_trains_and_loads_nothing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    label_ships(project, range(6))
    project.close()
    with closing(sqlite3.connect(project.path)) as db, db:
        db.execute("update meta set value = '../../../elsewhere' where name = 'id'")
    for command in ("train", "suggest"):
        result = CliRunner().invoke(main, [command, str(project.path)])
        assert result.exit_code == 2
        assert "its project ID is invalid" in result.output
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "elsewhere").exists()


def test_the_command_says_before_and_after(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def call(*arguments: str) -> str:
        """Call the command on the project."""
        result = CliRunner().invoke(main, ["train", str(project.path), *arguments], catch_exceptions=False)
        assert result.exit_code == 0
        return result.output

    assert "at least 3 articles" in call()
    assert json.loads(call("--json")) is None
    label_ships(project, range(6))
    assert "Trained on 6 articles with 12 names" in call()
    told = json.loads(call("--json"))
    assert (told["documents"], told["kept_new"]) == (6, True)


def test_it_is_time_when_a_quarter_more_is_decided() -> None:
    assert [is_due(2, 0), is_due(3, 0), is_due(4, 4), is_due(5, 4), is_due(12, 10), is_due(13, 10)] == [
        False,
        True,
        False,
        True,
        False,
        True,
    ]
