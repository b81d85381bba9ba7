"""Models through the dialog: licence first, a server that misbehaves, files, checking, removing, both languages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.model_folders import NER, Precision, usable_model
from annotator.suggest.models import install as installer
from annotator.suggest.models.catalogue import Model
from annotator.suggest.models.steps import Cause, InstallError
from annotator.suggest.registry import SuggesterContext, available, names
from annotator.suggest.switches import read_switches
from annotator.ui.base.i18n import set_language
from annotator.ui.models.dialog import ModelsDialog
from annotator.ui.models.messages import install_error_text, progress_text, size_text, time_left
from annotator.ui.models.model_jobs import ModelJobs
from annotator.ui.models.suggester_list import ProjectFacts
from annotator.ui.window.main_window import MainWindow
from tests.suggest.model_maker import write_small_model, write_small_weights
from tests.suggest.model_server import Behaviour, serving
from tests.suggest.models.test_install import told_of, zipped
from tests.ui.conftest import PATIENCE


@pytest.fixture(scope="module")
def model_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_small_model(tmp_path_factory.mktemp("small")) / NER
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def server(model_files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Behaviour]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(zipped(model_files)) as behaviour:
        yield behaviour


@pytest.fixture
def model(model_files: dict[str, bytes], server: Behaviour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """Put a model of the server on loopback in the place of the catalogue, and an empty folder in that of the data."""
    found = told_of(model_files, server.content, server.url)
    monkeypatch.setattr(installer, "catalogue", lambda: (found,))
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return found


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def dialog(qtbot: QtBot, model: Model, models: Path) -> Iterator[ModelsDialog]:
    work = ModelJobs(models, pause=0)
    made = ModelsDialog(work, lambda: True)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.suggesters.choose("camel")
    yield made
    work.close()


def click(button: QPushButton) -> None:
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def accept(dialog: ModelsDialog) -> None:
    dialog.accepted_licence.setFocus()
    QTest.keyClick(dialog.accepted_licence, Qt.Key.Key_Space)
    assert dialog.accepted_licence.isChecked()


def install(qtbot: QtBot, dialog: ModelsDialog) -> None:
    accept(dialog)
    with qtbot.waitSignal(dialog._work.installed, timeout=PATIENCE):
        click(dialog.install)


def state(dialog: ModelsDialog) -> str:
    item = dialog.list.topLevelItem(0)
    assert item is not None
    return item.text(2)


def test_nothing_is_fetched_before_the_licence_is_accepted(dialog: ModelsDialog, server: Behaviour) -> None:
    assert "American" in dialog.licence.toPlainText()
    for button in (dialog.install, dialog.from_file, dialog.from_folder):
        assert button.isVisible() and not button.isEnabled()
    assert not dialog.check.isVisible() and not dialog.remove.isVisible()
    assert state(dialog) == "not installed"
    assert "AraBERT" in dialog.facts.text() and "camel" in dialog.facts.text()
    assert server.asked == []


def test_installed_through_the_dialog_checked_and_removed(
    qtbot: QtBot, dialog: ModelsDialog, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tagset = load_tagset("security")
    assert "camel" not in available(SuggesterContext(tagset, models=models))
    steps: list[str] = []
    dialog._work.stepped.connect(lambda step, done, total: steps.append(step))
    install(qtbot, dialog)
    assert list(dict.fromkeys(steps)) == ["download", "check", "unpack"]
    assert state(dialog) == "installed"
    assert "Ctrl+R" in dialog.message.text()
    assert "camel" in available(SuggesterContext(tagset, models=models))
    assert not dialog.install.isVisible() and not dialog.accepted_licence.isVisible()
    with qtbot.waitSignal(dialog.suggestRequested, timeout=PATIENCE):
        dialog.message.linkActivated.emit("#")
    with qtbot.waitSignal(dialog._work.verified, timeout=PATIENCE):
        click(dialog.check)
    assert "is OK" in dialog.message.text()
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        """Press the first button, which removes, the second time only."""
        asked.append(box.text())
        if len(asked) > 1:
            box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    click(dialog.remove)
    assert state(dialog) == "installed"
    with qtbot.waitSignal(dialog._work.removed, timeout=PATIENCE):
        click(dialog.remove)
    assert len(asked) == 2 and "download" in asked[0]
    assert usable_model(models) is None
    assert state(dialog) == "not installed"
    assert "was removed" in dialog.message.text()


def test_a_stopped_download_goes_on_where_it_was(
    qtbot: QtBot, dialog: ModelsDialog, server: Behaviour, models: Path
) -> None:
    server.script = ["stall", "ok"]
    accept(dialog)
    with qtbot.waitSignal(dialog._work.stepped, timeout=PATIENCE):
        click(dialog.install)
    assert dialog.stop.hasFocus()
    assert "MB" in dialog.progress.text()
    assert not dialog.install.isEnabled()
    with qtbot.waitSignal(dialog._work.stopped, timeout=PATIENCE):
        click(dialog.stop)
    assert "Stopped" in dialog.message.text()
    assert usable_model(models) is None
    assert "downloaded" in state(dialog) and "continues from there" in dialog.place.text()
    assert dialog.install.text() == "Resume download"
    with qtbot.waitSignal(dialog._work.installed, timeout=PATIENCE):
        click(dialog.install)
    assert [wanted for _, wanted in server.asked] == ["", "bytes=1-"]
    assert usable_model(models)


@pytest.mark.parametrize(
    ("script", "calm", "exact"),
    [
        ("404", "no longer at its address", "404 Not Found"),
        ("403", "The server refused", "403 Forbidden"),
        ("500", "Cannot reach the server", "500 Internal Server Error"),
        ("wrong", "not the model and was deleted", "Checksum mismatch"),
        ("longer", "not the model and was deleted", "bytes instead of"),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_is_installed(
    qtbot: QtBot, dialog: ModelsDialog, server: Behaviour, models: Path, script: str, calm: str, exact: str
) -> None:
    server.script = [script]
    accept(dialog)
    with qtbot.waitSignal(dialog._work.failed, timeout=PATIENCE):
        click(dialog.install)
    assert calm in dialog.message.text() and exact in dialog.message.text()
    assert state(dialog) == "not installed"
    assert [path.name for path in models.rglob("*") if path.is_file()] == [".lock"]
    assert dialog.install.isEnabled() and not dialog.stop.isVisible()


def test_from_a_file_and_from_a_folder_without_any_network(
    qtbot: QtBot,
    dialog: ModelsDialog,
    server: Behaviour,
    model_files: dict[str, bytes],
    models: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "model.zip"
    path.write_bytes(b"no archive")
    monkeypatch.setattr("annotator.ui.models.dialog.ask_open", lambda *_: path)
    accept(dialog)
    with qtbot.waitSignal(dialog._work.failed, timeout=PATIENCE):
        click(dialog.from_file)
    assert "This is not the model" in dialog.message.text()
    path.write_bytes(server.content)
    with qtbot.waitSignal(dialog._work.installed, timeout=PATIENCE):
        click(dialog.from_file)
    assert usable_model(models)
    (models / NER / "vocab.txt").unlink()
    dialog.refresh()
    assert state(dialog) == "damaged"
    assert "vocab.txt" in dialog.place.text()
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, content in model_files.items():
        (folder / name).write_bytes(content)
    monkeypatch.setattr("annotator.ui.models.dialog.ask_folder", lambda *_: folder)
    with qtbot.waitSignal(dialog._work.installed, timeout=PATIENCE):
        click(dialog.from_folder)
    assert state(dialog) == "installed"
    assert server.asked == []


def test_damage_is_found_by_reading_everything(qtbot: QtBot, dialog: ModelsDialog, models: Path) -> None:
    install(qtbot, dialog)
    (models / NER / "tokenizer_config.json").write_text("[]", encoding="utf-8")
    with qtbot.waitSignal(dialog._work.verified, timeout=PATIENCE):
        click(dialog.check)
    assert "is damaged" in dialog.message.text() and "tokenizer_config.json has changed" in dialog.message.text()


def test_a_model_that_camel_tools_installed_is_converted(
    qtbot: QtBot, dialog: ModelsDialog, server: Behaviour, model_files: dict[str, bytes], tmp_path: Path
) -> None:
    write_small_model(tmp_path / "camel" / "data")
    dialog.refresh()
    assert "Nothing is downloaded" in dialog.place.text()
    assert dialog.install.text() == "Convert"
    install(qtbot, dialog)
    assert state(dialog) == "installed"
    assert server.asked == []


def test_a_model_of_an_earlier_version_must_be_converted(dialog: ModelsDialog, models: Path) -> None:
    write_small_weights(models / NER)
    dialog.refresh()
    assert state(dialog) == "must be converted"
    assert "earlier version" in dialog.place.text()
    assert dialog.install.text() == "Convert" and dialog.install.isVisible()
    assert not dialog.int8.isVisible()


def test_8_bits_are_chosen_in_the_dialog(qtbot: QtBot, dialog: ModelsDialog, models: Path) -> None:
    assert not dialog.int8.isVisible()
    install(qtbot, dialog)
    assert dialog.int8.isEnabled() and not dialog.int8.isChecked()
    assert "99." in dialog.precision.text()
    for wanted in (Precision.INT8, Precision.FP32):
        dialog.int8.setFocus()
        QTest.keyClick(dialog.int8, Qt.Key.Key_Space)
        found = usable_model(models)
        assert found is not None
        assert found.precision is wanted
        assert dialog.int8.isChecked() is (wanted is Precision.INT8)
    path = models / NER / "conversion.json"
    said = json.loads(path.read_text())
    path.write_text(json.dumps({**said, "agreement": 0.98999, "sizes": {"fp32": said["sizes"]["fp32"]}}))
    dialog.refresh()
    assert not dialog.int8.isEnabled()
    assert "only 98.9%" in dialog.precision.text()


def test_both_languages_while_it_stands(qtbot: QtBot, qapp: QApplication, dialog: ModelsDialog) -> None:
    set_language(qapp, "ar")
    QApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    QApplication.processEvents()
    assert dialog.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert dialog.licence.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert (state(dialog), dialog.install.text()) == ("غير مثبَّت", "تثبيت")
    assert (
        progress_text("download", 120_000_000, 542_000_000, 180) == "تنزيل   ·   ١٢٠ م.ب من ٥٤٢ م.ب   ·   بقي نحو ٣ د"
    )
    assert size_text(1_400_000) == "١٫٤ م.ب"
    for cause in Cause:
        assert "\u0600" <= install_error_text(InstallError(cause, "said"))[0] <= "\u06ff"
    set_language(qapp, "en")
    assert progress_text("convert", 0, 542, None) == "Converting the weights"
    assert progress_text("download", 1, 542_000_000, 3).endswith("less than a minute left")


def columns(dialog: ModelsDialog, name: str) -> tuple[str, str, Qt.CheckState | None]:
    """Return precision, state and switch of a suggester as the list shows them."""
    item = next(item for row in range(20) if (item := dialog.suggesters.topLevelItem(row)) and name in item.text(0))
    checked = item.checkState(0) if item.data(0, Qt.ItemDataRole.CheckStateRole) is not None else None
    return item.text(1).lstrip("\u200e"), item.text(2), checked


def test_every_suggester_is_listed_with_its_precision_state_and_source(
    qtbot: QtBot, model: Model, models: Path
) -> None:
    work = ModelJobs(models, pause=0)
    facts = ProjectFacts("p", {"starter": MeasuredPrecision(187, 214), "camel": MeasuredPrecision(1, 1)})
    dialog = ModelsDialog(work, lambda: True, facts=lambda: facts)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.suggesters.topLevelItemCount() == len(names())
    assert columns(dialog, "combined") == ("no decisions yet", "ready", None)
    assert columns(dialog, "starter")[0].startswith("87% (82–91%), 214 decision")
    assert columns(dialog, "learned")[1:] == ("not trained yet", Qt.CheckState.Checked)
    assert columns(dialog, "camel")[1:] == ("not installed", Qt.CheckState.Checked)
    for name in names():
        dialog.suggesters.choose(name)
        assert len(dialog.about.text().splitlines()) == 3, "what it is, its source, its version"
        assert dialog.installer.isVisible() is (name == "camel")
    dialog.suggesters.choose("starter")
    assert "CC BY-SA 3.0" in dialog.about.text()
    work.close()


def test_a_suggester_is_switched_off_by_the_space_key(dialog: ModelsDialog, models: Path) -> None:
    dialog.suggesters.choose("lexicon")
    dialog.suggesters.setFocus()
    QTest.keyClick(dialog.suggesters, Qt.Key.Key_Space)
    assert read_switches(models) == {"lexicon": False}
    assert columns(dialog, "lexicon")[1:] == ("off", Qt.CheckState.Unchecked)
    assert "is switched off. <a" in dialog.message.text() and "Generate suggestions again" in dialog.message.text()
    QTest.keyClick(dialog.suggesters, Qt.Key.Key_Space)
    assert read_switches(models) == {"lexicon": True}
    assert columns(dialog, "lexicon")[1:] == ("ready", Qt.CheckState.Checked)


def test_a_switch_that_cannot_be_saved_stays_as_it_was(dialog: ModelsDialog, models: Path) -> None:
    models.write_text("a file, not a folder")
    dialog.suggesters.choose("lexicon")
    dialog.suggesters.setFocus()
    QTest.keyClick(dialog.suggesters, Qt.Key.Key_Space)
    assert "Cannot write" in dialog.message.text()
    assert columns(dialog, "lexicon")[1:] == ("ready", Qt.CheckState.Checked)


def test_time_left_is_reckoned_from_what_came_since() -> None:
    assert time_left(0, 100, 400, 10) == 30
    assert time_left(200, 300, 400, 10) == 10
    assert time_left(200, 200, 400, 10) is None
    assert time_left(0, 100, 400, 0.5) is None


def test_keyboard_reaches_every_part(dialog: ModelsDialog) -> None:
    accept(dialog)
    dialog.list.setFocus()
    reached = []
    for _ in range(8):
        reached.append(QApplication.focusWidget())
        QTest.keyClick(dialog, Qt.Key.Key_Tab)
    wanted = (
        dialog.licence,
        dialog.accepted_licence,
        dialog.install,
        dialog.from_file,
        dialog.from_folder,
        dialog.shut,
    )
    assert [widget for widget in reached if widget in wanted] == list(wanted)


def test_the_window_uses_a_new_model_without_a_restart(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    project_path: Path,
    model: Model,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window("en", project_path)
    window.menus.actions["models.open"].trigger()
    shown = window.models.dialog
    assert shown is not None
    qtbot.waitUntil(shown.isActiveWindow)
    shown.suggesters.choose("camel")
    asked: list[tuple[str, ...]] = []

    def note(context: SuggesterContext) -> tuple[str, ...]:
        """Note which suggesters would run, and run none."""
        asked.append(available(context))
        return ()

    monkeypatch.setattr("annotator.ui.suggestions.suggest_controller.available", note)
    accept(shown)
    shown.close()
    with qtbot.waitSignal(window.models.work.installed, timeout=PATIENCE):
        window.models.work.install(model)
    assert "Ctrl+R" in window.message.text()
    window.menus.actions["models.open"].trigger()
    assert state(shown) == "installed"
    with qtbot.waitSignal(window.suggestions.finished, timeout=PATIENCE):
        shown.suggestRequested.emit()
    assert "camel" in asked[-1]


@pytest.mark.parametrize(("language", "said"), [("ar", "تالف:"), ("en", "is damaged:")])
def test_damage_that_is_found_after_the_dialog_was_closed_is_reported(
    make_window: Callable[..., MainWindow], project_path: Path, model: Model, language: str, said: str
) -> None:
    window = make_window(language, project_path)
    window.models.work.verified.emit(model, [])
    assert not window.message.isVisible()
    window.models.work.verified.emit(model, ["A file has changed."])
    assert said in window.message.text() and "A file has changed." in window.message.text()


def test_a_stop_that_comes_too_late_is_shown_as_installed(
    qtbot: QtBot, dialog: ModelsDialog, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, installed, go_on = installer.install, Event(), Event()

    def install_and_wait(*given: Any, **options: Any) -> Any:
        folder = real(*given, **options)
        installed.set()
        go_on.wait(PATIENCE / 1000)
        return folder

    monkeypatch.setattr(installer, "install", install_and_wait)
    accept(dialog)
    click(dialog.install)
    qtbot.waitUntil(installed.is_set, timeout=PATIENCE)
    click(dialog.stop)
    with qtbot.waitSignal(dialog._work.installed, timeout=PATIENCE):
        go_on.set()
    assert "is installed" in dialog.message.text() and state(dialog) == "installed"
    assert usable_model(models)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_installation_is_shown_and_stopped_in_the_status_line(
    qtbot: QtBot,
    make_window: Callable[..., MainWindow],
    project_path: Path,
    model: Model,
    server: Behaviour,
    language: str,
) -> None:
    server.script = ["stall", "ok"]
    window = make_window(language, project_path)
    with qtbot.waitSignal(window.models.work.stepped, timeout=PATIENCE):
        window.models.work.install(model)
    row = window.status.job("model")
    assert row and row.stop.isVisible() and row.label.text() in ("Downloading", "تنزيل")
    with qtbot.waitSignal(window.models.work.stopped, timeout=PATIENCE):
        row.stop.click()
    assert window.status.job("model") is None and not window.models.work.busy
    assert not window.message.isVisible()


def test_neural_libraries_stay_out_of_the_windows_process() -> None:
    code = (
        "import sys, annotator.app, annotator.ui.models.controller; "
        "print(sorted({'onnx', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
