"""Who works in a copy, asked by the window, and Team › People."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from annotator.domain.model.annotation import Annotator, Role
from annotator.services.team.identity import Doubt, Identity
from annotator.services.team.people import set_roles
from annotator.storage.file.identity import current_annotator, machine, set_own_annotator
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.storage.tables.team import Holder
from annotator.team.merge import MergeReport, TeamNews
from annotator.ui.merging.messages import MergeMessages
from annotator.ui.projects.new_project_dialog import NewProjectDialog
from annotator.ui.team.identity_dialog import IdentityDialog
from annotator.ui.team.people_dialog import PeopleDialog
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import ANNOTATOR

MakeWindow = Callable[..., MainWindow]
OMAR, NOUR = Annotator("id-of-omar", "Omar"), Annotator("id-of-nour", "Nour")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the path of a copy that the window's annotator made for Omar."""
    path = tmp_path / "pack.annot"
    with Project.create(path, load_tagset("security"), founder=ANNOTATOR) as project:
        for person in (OMAR, NOUR):
            project.annotators.add(person)
        project.team.set_holder(Holder(OMAR.id))
    return path


def answer(monkeypatch: pytest.MonkeyPatch, act: Callable[[IdentityDialog], object]) -> list[str]:
    """Let a dialog be answered by act, which presses its keys; return the headings of the dialogs that were shown."""
    asked: list[str] = []

    def exec_(dialog: IdentityDialog) -> int:
        asked.append(dialog.same.text())
        dialog.show()
        act(dialog)
        return dialog.result()

    monkeypatch.setattr(IdentityDialog, "exec", exec_)
    return asked


def test_a_pack_opens_as_its_person_and_asks_once(
    make_window: MakeWindow, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))
    window = make_window("en")
    assert window.open_project(pack)
    assert window.current.annotator == OMAR
    assert "Omar" in window.workspace.side.annotator_text()
    assert window.current.project is not None
    assert window.current.project.team.holder() == Holder(OMAR.id, machine(tmp_path / "settings"))
    assert window.open_project(pack)
    assert asked == ["Yes, I am \u2068Omar\u2069"]
    assert current_annotator(tmp_path / "settings") == ANNOTATOR


def test_another_person_answers_with_a_new_name(
    make_window: MakeWindow, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act(dialog: IdentityDialog) -> None:
        dialog.field.setFocus()
        QTest.keyClicks(dialog.field, "Nour")
        assert dialog.new.isChecked() and not dialog.accept_button.isEnabled()  # somebody has this name already
        dialog.field.selectAll()
        QTest.keyClicks(dialog.field, "Layla")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    answer(monkeypatch, act)
    window = make_window("en")
    assert window.open_project(pack)
    assert window.current.annotator.name == "Layla"
    assert window.current.annotator.id not in {ANNOTATOR.id, OMAR.id, NOUR.id}


def test_another_person_of_the_project_answers(
    make_window: MakeWindow, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act(dialog: IdentityDialog) -> None:
        dialog.choice.setCurrentIndex(dialog.choice.findText("Nour", Qt.MatchFlag.MatchContains))
        dialog.other.setChecked(True)
        dialog.accept()

    answer(monkeypatch, act)
    window = make_window("en")
    assert window.open_project(pack)
    assert window.current.annotator == NOUR


def test_cancel_opens_nothing_and_keeps_the_project_before(
    make_window: MakeWindow, pack: Path, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act(dialog: IdentityDialog) -> None:
        (box,) = dialog.findChildren(QDialogButtonBox)
        cancel = box.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setFocus()
        QTest.keyClick(cancel, Qt.Key.Key_Return)

    answer(monkeypatch, act)
    window = make_window("en", project_path)
    before = pack.read_bytes()
    assert not window.open_project(pack)
    assert window.current.project is not None and window.current.project.path == project_path
    assert window.current.annotator == ANNOTATOR
    assert pack.read_bytes() == before


def test_copied_settings_are_asked_about(
    make_window: MakeWindow, project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en")
    set_own_annotator(ANNOTATOR, tmp_path / "elsewhere")
    shutil.copy(tmp_path / "elsewhere" / "annotator.json", tmp_path / "settings")
    shown: list[bool] = []

    def act(dialog: IdentityDialog) -> None:
        shown.append(dialog.same.isVisible())
        dialog.field.setText("Omar")
        dialog.new.setChecked(True)
        dialog.accept()

    answer(monkeypatch, act)
    assert window.open_project(project_path)
    assert window.current.annotator.name == "Omar" and window.current.annotator.id != ANNOTATOR.id
    assert current_annotator(tmp_path / "settings") == window.current.annotator
    assert shown == [True]


def test_a_first_start_asks_for_the_name_alone(
    make_window: MakeWindow, project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window("en")
    (tmp_path / "settings" / "annotator.json").unlink()
    window.people.asks_on_first_start = True

    def act(dialog: IdentityDialog) -> None:
        assert not (dialog.same.isVisible() or dialog.other.isVisible() or dialog.new.isVisible())
        dialog.field.selectAll()
        QTest.keyClicks(dialog.field, "Layla")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    answer(monkeypatch, act)
    assert window.open_project(project_path)
    assert current_annotator(tmp_path / "settings") == window.current.annotator
    assert window.current.annotator.name == "Layla"


def test_a_new_project_asks_for_the_name_and_makes_its_author_the_lead(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefilled: list[str] = []

    def exec_(dialog: NewProjectDialog) -> QDialog.DialogCode:
        prefilled.append(dialog.name.text())
        dialog.file.set_path(tmp_path / "new.annot")
        dialog.name.setText("Omar")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewProjectDialog, "exec", exec_)
    window = make_window("en")
    window.projects.new()
    project = window.current.project
    assert project is not None and prefilled == [ANNOTATOR.name]
    assert window.current.annotator.name == "Omar"
    assert project.team.facts().roles == {window.current.annotator.id: Role.LEAD}
    assert current_annotator(tmp_path / "settings") == ANNOTATOR


def test_the_lead_adds_people_gives_roles_and_switches(
    make_window: MakeWindow, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(pack) as project:
        project.team.set_holder(Holder(ANNOTATOR.id))
    window = make_window("en", pack)
    project_now = window.current.project
    assert project_now is not None

    def choose(dialog: PeopleDialog, name: str) -> None:
        names = [person.name for person in dialog.model.people]
        dialog.table.setCurrentIndex(dialog.model.index(names.index(name), 0))

    def exec_(dialog: PeopleDialog) -> int:
        dialog.show()
        dialog.name.setText("Huda")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        assert dialog.isVisible() and dialog.name.text() == ""
        dialog.name.setText("Huda")
        dialog.add.click()
        assert "already in" in dialog.error.text()
        choose(dialog, "Omar")
        dialog.role.setCurrentIndex(dialog.role.findData(Role.ADJUDICATOR.value))
        dialog.role.activated.emit(dialog.role.currentIndex())
        dialog.peers.click()
        facts = project_now.team.facts()
        assert facts.peers_visible and facts.role(OMAR.id) is Role.ADJUDICATOR
        choose(dialog, ANNOTATOR.name)
        dialog.role.setCurrentIndex(dialog.role.findData(Role.ANNOTATOR.value))
        dialog.role.activated.emit(dialog.role.currentIndex())
        assert "only lead" in dialog.error.text() and dialog.role.currentData() == "lead"
        choose(dialog, "Omar")
        dialog.switch.click()
        assert not (dialog.role.isEnabled() or dialog.peers.isEnabled() or dialog.switch.isEnabled())
        return 0

    monkeypatch.setattr(PeopleDialog, "exec", exec_)
    window.people.open()
    assert window.current.annotator == OMAR and "Omar" in window.workspace.side.annotator_text()
    assert project_now.team.holder() is not None and project_now.team.holder().annotator == OMAR.id  # type: ignore[union-attr]


def test_a_new_name_stays_with_the_person_and_the_settings_of_another_are_left(
    make_window: MakeWindow, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, lambda dialog: dialog.accept())
    window = make_window("en", pack)
    window.people.set_name(" عمر ")
    assert window.current.annotator == Annotator(OMAR.id, "عمر")
    assert current_annotator(tmp_path / "settings") == ANNOTATOR
    window.people.set_name(" ")
    assert "blank" in window.message.text()
    assert window.current.annotator.name == "عمر"


def test_only_visible_answers_count(qtbot: QtBot) -> None:
    dialog = IdentityDialog(Identity(OMAR, Doubt.ELSEWHERE), [OMAR])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.person() == OMAR and not dialog.other.isVisible()
    dialog.new.setChecked(True)
    assert not dialog.accept_button.isEnabled()


def test_a_merge_says_who_gave_whom_which_role(qtbot: QtBot, pack: Path) -> None:
    report = MergeReport(
        team=(
            TeamNews("Salma", "Omar", "adjudicator", counts=True),
            TeamNews("Ali", "Ali", "lead", counts=False),
            TeamNews("Salma", "", True, counts=True),
            TeamNews("Salma", "", False, counts=True),
            TeamNews("Salma", "Omar", None, counts=True),
            TeamNews("", "Nour", "adjudicator", counts=False),
        )
    )
    said = [line.translate({0x2068: None, 0x2069: None}) for line in MergeMessages().lines(report)[2:]]
    assert said == [
        "Salma gave Omar the role “Adjudicator”.",
        "Ali took the role “Lead”. This does not count: only a lead can change it.",
        "Salma let annotators see each other's labels.",
        "Salma hid the labels of annotators from each other.",
        "Salma undid a change of the role of Omar.",
        "Nour has the role “Adjudicator” in a copy, given with an earlier version. It does not count here. A lead can "
        "give it again under Team › People.",
    ]
    with Project.open(pack) as project:
        set_roles(project, ANNOTATOR, [("Omar", Role.LEAD)])
