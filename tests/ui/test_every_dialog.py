"""Every dialog of the program opens in both languages and in every theme: mirrored, nothing cut off, every part named.

A dialog without a maker here fails, so a new one cannot be forgotten.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QProxyStyle,
    QPushButton,
    QStyle,
    QWidget,
)
from pytestqt.qtbot import QtBot

import annotator.ui
from annotator.ui.base.i18n import set_language
from annotator.ui.base.theme import apply_theme, resolve
from annotator.ui.jobs.long_task_dialog import LongTaskDialog
from annotator.ui.widgets.base_dialog import Dialog
from tests.ui.pictures import MAKERS, THEMES, Stage

NO_ROOM = 2
"""Device-independent pixels that a text may be wider than its place: rounding."""


WITHOUT_CLOSE = ("commands", "concordance", "manual", "manual-keys", "manual-plugins", "notes")
"""Windows that Esc or the frame closes."""


def every_dialog() -> set[type[QDialog]]:
    """Return all dialogs that the modules of the window define."""
    found: set[type[QDialog]] = set()
    for module in pkgutil.walk_packages(annotator.ui.__path__, "annotator.ui."):
        defined = vars(importlib.import_module(module.name)).values()
        found |= {one for one in defined if isinstance(one, type) and issubclass(one, QDialog)}
    return {one for one in found if one.__module__.startswith("annotator.") and one not in (Dialog, LongTaskDialog)}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Stage]:
    """Return what the dialogs are about, and put language and theme back."""
    with Stage(tmp_path_factory.mktemp("dialogs")) as made:
        yield made
    set_language(qapp, "en")
    apply_theme(qapp, resolve("light"))


def test_every_dialog_has_a_maker() -> None:
    assert sorted(one.__name__ for one in every_dialog() if one not in {kind for kind, _ in MAKERS.values()}) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", MAKERS)
def test_dialog(qtbot: QtBot, qapp: QApplication, stage: Stage, name: str, language: str, theme: str) -> None:
    set_language(qapp, language)
    apply_theme(qapp, resolve(theme))
    kind, make = MAKERS[name]
    dialog = make(stage, resolve(theme))
    assert isinstance(dialog, kind)
    with qtbot.waitExposed(dialog):
        dialog.show()
    stage.settle(dialog)
    try:
        right = Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight
        assert dialog.layoutDirection() is right
        assert dialog.windowTitle().strip() or name == "commands"
        assert cut_off(dialog) == []
        assert unnamed(dialog) == []
    finally:
        dialog.close()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


class Gnome(QProxyStyle):
    """Asks for the buttons of a dialog in the order of GNOME: Cancel first."""

    def styleHint(self, hint: QStyle.StyleHint, option: Any = None, widget: Any = None, data: Any = None) -> int:
        """Return Fusion's hint for anything else."""
        if hint is QStyle.StyleHint.SH_DialogButtonLayout:
            return int(QDialogButtonBox.ButtonLayout.GnomeLayout.value)
        return super().styleHint(hint, option, widget, data)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", MAKERS)
def test_the_button_that_does_it_comes_first_and_cancel_or_close_last(
    qtbot: QtBot, qapp: QApplication, stage: Stage, name: str, language: str
) -> None:
    """On every desktop: GNOME and macOS would otherwise turn those dialogs round whose buttons Qt lays out."""
    set_language(qapp, language)
    apply_theme(qapp, resolve("light"))
    gnome = Gnome("Fusion")  # Without a reference Python would take back what it overrides.
    qapp.setStyle(gnome)
    dialog = MAKERS[name][1](stage, resolve("light"))
    with qtbot.waitExposed(dialog):
        dialog.show()
    stage.settle(dialog)
    try:
        buttons = [each for each in dialog.findChildren(QPushButton) if each.isVisible()]
        ends = {QCoreApplication.translate("prompts", word) for word in ("Cancel", "Close")}
        shut = [button for button in buttons if button.text() in ends]
        assert len(shut) == (0 if name in WITHOUT_CLOSE else 1)
        for end in shut:
            place = end.mapTo(dialog, end.rect().center())
            others = [each.mapTo(dialog, each.rect().center()) for each in buttons if each is not end]
            row = [each.x() for each in others if abs(each.y() - place.y()) < end.height() // 2]
            assert all(x > place.x() if language == "ar" else x < place.x() for x in row)
            assert all(each.y() <= place.y() + end.height() // 2 for each in others)
    finally:
        dialog.close()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)


def cut_off(dialog: QWidget) -> list[str]:
    """Return the texts of labels and buttons that have less room than they ask for."""
    found = []
    for part in [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]:
        text = str(part.property("text") or "")
        if not part.isVisible() or not text.strip():
            continue
        if isinstance(part, QLabel) and part.wordWrap():
            asked, has = part.heightForWidth(part.width()), part.height()
        else:
            asked, has = part.sizeHint().width(), part.width()
        if asked > has + NO_ROOM:
            found.append(f"{text[:40]!r} asks {asked} and has {has}")
    return found


def unnamed(dialog: QWidget) -> list[str]:
    """Return the parts that take the keyboard and say nothing of themselves to a screen reader."""
    found = []
    for part in dialog.findChildren(QWidget):
        inside = isinstance(part.parent(), QComboBox) or part.objectName().startswith("qt_")
        if not part.isVisible() or inside or part.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(part, QPushButton | QAbstractButton):
            named = bool(part.text() or part.accessibleName())
        elif isinstance(part, QLineEdit | QComboBox):
            named = bool(part.accessibleName() or part.toolTip() or has_buddy(dialog, part))
        else:
            continue
        if not named:
            found.append(f"{type(part).__name__} {part.objectName()}")
    return found


def has_buddy(dialog: QWidget, part: QWidget) -> bool:
    """Tell whether a label of the dialog speaks for a part."""
    labels = dialog.findChildren(QLabel)
    return any(label.buddy() is part or (label.text() and label.parent() is part.parent()) for label in labels)
