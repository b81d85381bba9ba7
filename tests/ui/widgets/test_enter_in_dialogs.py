"""In every dialog Enter and Space press the focused button, and Enter in a field presses the default button alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.base.i18n import set_language
from annotator.ui.base.theme import resolve
from annotator.ui.importing.dialog import ImportDialog
from annotator.ui.merging.dialog import MergeDialog
from annotator.ui.widgets.base_dialog import Dialog
from tests.ui.conftest import PATIENCE
from tests.ui.pictures import MAKERS, Stage
from tests.ui.test_every_dialog import every_dialog

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
BEGINS = {"keys": "Change shortcut"}
"""What Enter in a field or list does in a dialog without a default button."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Stage]:
    """Return what the dialogs are about."""
    set_language(qapp, "en")
    with Stage(tmp_path_factory.mktemp("enter")) as made:
        yield made


@pytest.fixture
def open_dialog(qtbot: QtBot, stage: Stage) -> Iterator[Callable[[str], QDialog]]:
    """Return the function that shows a dialog of a name in the active window, with nothing left to look for."""
    shown: list[QDialog] = []

    def open_one(name: str) -> QDialog:
        """Show it."""
        dialog = MAKERS[name][1](stage, resolve("light"))
        shown.append(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE)
        stage.settle(dialog)
        return dialog

    yield open_one
    for dialog in shown:
        dialog.close()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def reachable(dialog: QDialog) -> list[QWidget]:
    """Return the parts of a dialog that can have the keyboard now."""
    parts = [part for part in dialog.findChildren(QWidget) if part.isVisible() and part.isEnabled()]
    return [part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.window() is dialog]


def buttons_of(dialog: QDialog) -> list[QAbstractButton]:
    """Return the buttons of a dialog that can be pressed by the keyboard."""
    return [part for part in reachable(dialog) if isinstance(part, QAbstractButton)]


def is_default(button: QAbstractButton) -> bool:
    """Tell whether Enter in a field presses a button."""
    return isinstance(button, QPushButton) and button.isDefault()


def watch(buttons: list[QAbstractButton]) -> list[QAbstractButton]:
    """Return the list to which each button is added when it is clicked, in place of what it does otherwise."""
    clicked: list[QAbstractButton] = []
    for button in buttons:
        QObject.disconnect(button, SIGNAL("clicked(bool)"), None, None)  # type: ignore[call-overload]
        button.clicked.connect(lambda _checked=False, button=button: clicked.append(button))
    return clicked


def let_go(button: QAbstractButton) -> None:
    """Close the menu that a button opened, and let a button that waits for a key wait no longer."""
    while popup := QApplication.activePopupWidget():
        popup.close()
    if isinstance(button, QPushButton) and button.isCheckable():
        button.setChecked(False)


def test_every_dialog_has_the_keys_of_dialogs() -> None:
    assert [one for one in every_dialog() if not issubclass(one, Dialog | QMessageBox)] == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", MAKERS)
def test_a_key_presses_the_button_that_has_the_focus(
    open_dialog: Callable[[str], QDialog], name: str, key: Qt.Key
) -> None:
    dialog = open_dialog(name)
    buttons = buttons_of(dialog)
    assert buttons or name in ("commands", "notes")
    clicked = watch(dialog.findChildren(QAbstractButton))
    for button in buttons:
        if not button.isEnabled() or not button.isVisible():
            continue
        button.setFocus()
        assert dialog.focusWidget() is button
        clicked.clear()
        QTest.keyClick(button, key)
        if isinstance(button, QPushButton) and button.menu() is not None:
            assert QApplication.activePopupWidget() is button.menu()
            assert set(clicked) <= {button}
        else:
            assert clicked == [button], f"{key.name} on {button.text()!r}"
        assert dialog.isVisible()
        let_go(button)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("name", MAKERS)
def test_enter_in_a_field_presses_the_default_button_alone(
    open_dialog: Callable[[str], QDialog], name: str, key: Qt.Key
) -> None:
    dialog = open_dialog(name)
    fields = [part for part in reachable(dialog) if not isinstance(part, QAbstractButton)]
    clicked = watch(dialog.findChildren(QAbstractButton))
    for field in fields:
        clicked.clear()
        field.setFocus()
        QTest.keyClick(field, key)
        let_go(QPushButton())
        assert len(clicked) <= 1
        assert all(is_default(button) or button.text() == BEGINS.get(name) for button in clicked)


def test_the_keyboard_is_not_left_on_cancel_when_copies_are_added(
    open_dialog: Callable[[str], QDialog], stage: Stage
) -> None:
    dialog = open_dialog("merge")
    assert isinstance(dialog, MergeDialog)
    dialog.add_button.setFocus()
    dialog.add([stage.folder / "another.annot"])
    assert dialog.focusWidget() is dialog.list
    stage.settle(dialog)
    assert dialog.focusWidget() is dialog.list


@pytest.mark.parametrize("name", ["import", "merge"])
def test_the_keyboard_goes_from_stop_to_the_page_and_not_to_a_button(
    open_dialog: Callable[[str], QDialog], stage: Stage, name: str
) -> None:
    dialog = open_dialog(name)
    assert isinstance(dialog, ImportDialog | MergeDialog)
    if isinstance(dialog, ImportDialog):
        dialog._scan()
    else:
        dialog.add([stage.folder / "another.annot"])
    dialog.stop_button.setFocus()
    assert dialog.focusWidget() is dialog.stop_button
    stage.settle(dialog)
    assert not dialog.stop_button.isVisible()
    assert not isinstance(dialog.focusWidget(), QAbstractButton)


@pytest.mark.parametrize("name", MAKERS)
def test_the_keyboard_begins_where_something_is_to_be_done(open_dialog: Callable[[str], QDialog], name: str) -> None:
    dialog = open_dialog(name)
    fields = [part for part in reachable(dialog) if not isinstance(part, QAbstractButton)]
    first = dialog.focusWidget()
    assert first is not None
    has_answer = isinstance(dialog, QMessageBox) or name == "identity"
    if fields and not has_answer:
        assert not isinstance(first, QAbstractButton) or isinstance(first.parent(), QComboBox)
    else:
        assert is_default(first)  # type: ignore[arg-type]
