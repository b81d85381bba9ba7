"""Learning in the window: names found at once in what is still to do, the model trained apart and told of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import document_id
from annotator.domain.model.edit import EditKind
from annotator.domain.review.document_order import DocumentOrder
from annotator.errors import SuggesterError
from annotator.services.suggesting.refresh import nearest, with_names_of
from annotator.storage.project import Project
from annotator.suggest.learned.train import TrainingReport
from annotator.suggest.model_folders import default_models, has_learned
from annotator.ui.suggestions import training_controller as learning
from annotator.ui.window.main_window import MainWindow
from tests.services.suggesting.test_train import SHIPS, span_of, text_of
from tests.ui.conftest import ANNOTATOR, PATIENCE, make_project

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def window(make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """Open a window on articles about ships, whose own models are kept in a temporary folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    made = make_window("en", make_project(tmp_path / "ships.annot", tuple(text_of(number) for number in range(9))))
    made.suggestions.stop()
    return made


def finish(window: MainWindow, number: int) -> None:
    """Label the names of an article as somebody would, and call it done."""
    session, text = window.current.session, text_of(number)
    window.current.open_document(document_id(text))
    assert session
    if not session.items:
        session.annotate(span_of(text, SHIPS[number % len(SHIPS)]), "MEDIA")
        session.annotate(span_of(text, "محمد علي"), "PERS")
    # Names of the articles before may have been suggested in this one by now.
    session.confirm_all()
    assert session.set_done(True)


def test_a_name_of_a_done_article_is_suggested_in_the_others(qtbot: QtBot, window: MainWindow) -> None:
    stored: list[str] = []
    window.training.stored.connect(stored.append)
    with qtbot.waitSignals([window.training.echoed, window.training.learnt], timeout=PATIENCE):
        finish(window, 0)
    project = window.current.project
    assert project
    same = text_of(len(SHIPS))
    found = project.suggestions.of(document_id(same))
    assert {(s.span.of(same), s.suggester) for s in found} >= {
        (SHIPS[0], "combined:memory"),
        ("محمد علي", "combined:memory"),
    }
    assert sorted(stored) == sorted(set(project.documents.ids()) - {document_id(text_of(0))})
    assert window.status.learning_text() == ""
    assert not has_learned(default_models(), project.id)


def test_the_model_is_trained_told_of_and_asked(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    show = window.status.show_job

    def note(name: str, text: Callable[[], str], done: int, total: int) -> None:
        """Note what the status line says of a job."""
        said.append(text())
        show(name, text, done, total)

    monkeypatch.setattr(window.status, "show_job", note)
    monkeypatch.setattr(learning, "is_due", lambda decided, learnt: decided == 7)
    for number in range(6):
        with qtbot.waitSignal(window.training.learnt, timeout=PATIENCE):
            finish(window, number)
    with qtbot.waitSignals([window.training.learnt, window.training.renewed], timeout=PATIENCE):
        finish(window, 6)
    assert said == ["Training on 7 articles…"] and window.status.job(learning.TRAIN) is None
    assert window.status.learning_text().startswith("Trained on 7 articles · F1 ")
    project = window.current.project
    assert project and has_learned(default_models(), project.id)
    assert project.suggestions.versions(document_id(text_of(8))).get("learned")
    assert "learned" not in project.suggestions.versions(document_id(text_of(0)))
    window.appearance.arabic()
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    QApplication.processEvents()
    assert window.status.learning_text().startswith("دُرِّب النموذج على ٧ مقالات · F1 ")


def test_a_worse_model_is_told_of_and_nothing_is_asked(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = TrainingReport(12, 80, 0.74, 0.71, False, 1.0)
    monkeypatch.setattr(learning, "is_due", lambda decided, learnt: True)
    monkeypatch.setattr(learning, "train_project", lambda project, is_cancelled: outcome)
    with qtbot.waitSignal(window.training.learnt, timeout=PATIENCE):
        finish(window, 0)
    assert window.status.learning_text() == "Trained on 12 articles · F1 .74 would be .71, model not replaced"
    assert not window.training._renewal.running


def test_what_goes_wrong_is_told_in_a_sentence(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(project: Project, is_cancelled: Callable[[], bool]) -> None:
        """Fail as a process does that died."""
        raise SuggesterError("Learning failed; the old model stays.")

    monkeypatch.setattr(learning, "is_due", lambda decided, learnt: True)
    monkeypatch.setattr(learning, "train_project", fail)
    with qtbot.waitSignal(window.training.failed, timeout=PATIENCE):
        finish(window, 0)
    assert "the old model stays" in window.message.text()
    assert window.status.learning_text() == ""


def test_learning_can_be_stopped_and_is_due_again_when_there_is_more(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, over = Event(), Event()
    asked: list[tuple[int, int]] = []

    def is_due(decided: int, learnt: int) -> bool:
        """Note what is asked; learn for every third article."""
        asked.append((decided, learnt))
        return decided - learnt >= 3

    def train(project: Project, is_cancelled: Callable[[], bool]) -> None:
        """Learn until nobody wants it any more."""
        begun.set()
        while not is_cancelled():
            QThread.msleep(1)
        over.set()

    monkeypatch.setattr(learning, "is_due", is_due)
    monkeypatch.setattr(learning, "train_project", train)
    for number in range(2):
        with qtbot.waitSignal(window.training.learnt, timeout=PATIENCE):
            finish(window, number)
    finish(window, 2)
    qtbot.waitUntil(lambda: window.status.job(learning.TRAIN) is not None and begun.is_set(), timeout=PATIENCE)
    row = window.status.job(learning.TRAIN)
    assert row and row.label.text() == "Training on 3 articles…"
    window.appearance.arabic()
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    QApplication.processEvents()
    assert row.label.text() == "يجري التدريب على ٣ مقالات…"
    row.stop.click()
    assert window.status.job(learning.TRAIN) is None and not window.training._training.running(learning.TRAIN)
    assert window.status.text().endswith("أُوقف التدريب، ولم يتغيّر النموذج.")
    qtbot.waitUntil(over.is_set, timeout=PATIENCE)
    with qtbot.waitSignal(window.training.learnt, timeout=PATIENCE):
        finish(window, 3)
    assert asked == [(1, 0), (2, 0), (3, 0), (4, 3)]


def test_nothing_is_learnt_from_other_edits(qtbot: QtBot, window: MainWindow) -> None:
    session = window.current.session
    assert session
    kinds: list[EditKind] = []
    window.current.outcome.connect(lambda outcome: kinds.append(outcome.change.edit.kind) if outcome.change else None)
    session.annotate(span_of(text_of(0), SHIPS[0]), "MEDIA")
    finish(window, 0)
    window.training.stop()
    session.set_done(False)
    assert kinds[0] is EditKind.ADD and kinds[-1] is EditKind.STATUS
    assert not window.training._echo.running


def test_the_nearest_documents_still_to_do_come_first(window: MainWindow) -> None:
    project = window.current.project
    assert project
    ids = list(project.documents.ids())
    assert nearest(project, ids[4], ANNOTATOR.id, 4) == [ids[4], ids[5], ids[3], ids[6]]
    session = window.current.session
    assert session
    session.open(ids[5])
    session.set_done(True)
    window.training.stop()
    assert nearest(project, ids[5], ANNOTATOR.id, 3) == [ids[6], ids[4], ids[7]]
    order = project.documents.page_ids(0, 9, DocumentOrder.UNCERTAIN)
    assert nearest(project, order[0], ANNOTATOR.id, 2, DocumentOrder.UNCERTAIN)[0] in order[:3]


def test_the_index_knows_where_a_name_stands_further_off(window: MainWindow) -> None:
    project = window.current.project
    assert project
    finish(window, 0)
    window.training.stop()
    done = document_id(text_of(0))
    assert with_names_of(project, [done], ANNOTATOR.id, 99) == []
    project.search_index.add(project.search_index.missing())
    found = with_names_of(project, [done], ANNOTATOR.id, 99)
    assert document_id(text_of(len(SHIPS))) in found
    assert done not in found
    assert with_names_of(project, [done], ANNOTATOR.id, 1) == found[:1] != [], "what is finished takes no place"


def test_names_of_an_article_are_looked_for_although_the_next_one_is_done_at_once(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def note(project: Project, document_ids: Sequence[str], annotator_id: str, most: int) -> list[str]:
        """Note which articles the names are from, and find nothing."""
        asked.append(list(document_ids))
        return []

    monkeypatch.setattr(learning, "with_names_of", note)
    ids = [document_id(text_of(number)) for number in range(3)]
    with qtbot.waitSignal(window.training.echoed, timeout=PATIENCE):
        finish(window, 0)
        finish(window, 1)
    assert asked[-1] == [ids[1], ids[0]]
    with qtbot.waitSignal(window.training.echoed, timeout=PATIENCE):
        finish(window, 2)
    assert asked[-1] == [ids[2]], "names of a run that has ended are not looked for again"
