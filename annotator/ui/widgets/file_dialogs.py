"""File dialogs that return paths: Qt's own on Linux, the system's elsewhere, in the current language.

These dialogs must not open the files that they list. To find the type of a file, Qt's icon provider and the dialogs of
some desktops open files with unknown suffixes. Closing the file of the open project releases every lock that SQLite
holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2). The next program that closes the project then deletes the
write-ahead log that this program still uses, and every later decision is lost.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFileInfo, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QFileIconProvider,
    QLineEdit,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)

from annotator.ui.base.i18n import QT_TRANSLATE_NOOP, isolate
from annotator.ui.base.painting import tinted
from annotator.ui.widgets.form import resize_to_screen

_QT_LACKS = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "File &name:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Directory:"),
    QT_TRANSLATE_NOOP("QFileDialog", "&Open"),
    QT_TRANSLATE_NOOP("QFileDialog", "&Save"),
    QT_TRANSLATE_NOOP("QFileDialog", "&Choose"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "OK"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Open"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Save"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Close"),
    QT_TRANSLATE_NOOP("QPlatformTheme", "Cancel"),
    QT_TRANSLATE_NOOP("QMessageBox", "Show Details..."),
    QT_TRANSLATE_NOOP("QMessageBox", "Hide Details..."),
)
"""Texts that Qt's Arabic lacks or words differently; the translations of this program take precedence."""
_SIZE = QSize(860, 560)
_PLACES = 160
"""Width of the list of places, in device-independent pixels."""
_ARROWS = ("backButton", "forwardButton", "toParentButton")


def name_filter(name: str, *patterns: str) -> str:
    """Return a Qt name filter such as "Projects (*.annot *.db)"; several are joined by ";;"."""
    return f"{name} ({' '.join(patterns)})"


def ask_save(parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
    """Return the path of a file to write, or None if the dialog was cancelled; kinds are Qt name filters."""
    dialog = _dialog(parent, title, start.parent, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(start.suffix.removeprefix("."))
    dialog.selectFile(start.name)
    return next(iter(_answers(dialog)), None)


def ask_open(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """Return the path of a file to read, or None if the dialog was cancelled."""
    dialog = _dialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return next(iter(_answers(dialog)), None)


def ask_open_files(parent: QWidget, title: str, folder: Path, kinds: str) -> list[Path]:
    """Return the paths of files to read, none if the dialog was cancelled."""
    dialog = _dialog(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _answers(dialog)


def ask_folder(parent: QWidget, title: str, folder: Path) -> Path | None:
    """Return the path of a folder, or None if the dialog was cancelled."""
    dialog = _dialog(parent, title, folder, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return next(iter(_answers(dialog)), None)


class _Names(QStyledItemDelegate):
    """Isolates each name, because in a right-to-left line __init__.py would end in its first letters."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Isolate the text."""
        super().initStyleOption(option, index)
        option.text = isolate(option.text)


class _Kinds(QFileIconProvider):
    """Gives icons and types by suffix, without opening files; Qt also calls it from another thread."""

    def __init__(self) -> None:
        super().__init__()
        kinds = QAbstractFileIconProvider.IconType
        self._folder, self._file = super().icon(kinds.Folder), super().icon(kinds.File)

    def icon(self, asked: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """Return the icon of a file, or of a type."""
        if isinstance(asked, QFileInfo):
            return self._folder if asked.isDir() else self._file
        return super().icon(asked)

    def type(self, info: QFileInfo) -> str:
        """Return the suffix as the type of a file."""
        if info.isDir():
            return QCoreApplication.translate("QAbstractFileIconProvider", "Folder")
        return info.suffix()


@cache
def _kinds() -> _Kinds:
    """Return the only icon provider; it must outlive every dialog."""
    return _Kinds()


def _dialog(parent: QWidget, title: str, folder: Path, kinds: str) -> QFileDialog:
    """Return a dialog that shows the names of its filters without their long patterns."""
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform.startswith("linux"))
    dialog.setIconProvider(_kinds())
    if kinds:
        dialog.setNameFilters(kinds.split(";;"))
    _fit_own_parts(dialog)
    return dialog


def _answers(dialog: QFileDialog) -> list[Path]:
    chosen = [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    return chosen


def _fit_own_parts(dialog: QFileDialog) -> None:
    """Adapt the widgets of Qt's own dialog; the dialog of a system has none of them."""
    resize_to_screen(dialog, _SIZE.width(), _SIZE.height())
    for view in dialog.findChildren(QAbstractItemView):
        if view.objectName() in ("listView", "treeView"):
            view.setItemDelegate(_Names(view))
        if isinstance(view, QTreeView):
            view.header().setStretchLastSection(True)
    for splitter in dialog.findChildren(QSplitter):
        splitter.setSizes([_PLACES, _SIZE.width() - _PLACES])
    for field in (*dialog.findChildren(QLineEdit, "fileNameEdit"), *dialog.findChildren(QComboBox, "lookInCombo")):
        # A path reads from left to right in every language.
        field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for button in dialog.findChildren(QToolButton):
        if button.objectName() in _ARROWS:
            button.setIcon(tinted(button.icon(), button.iconSize(), dialog.palette().buttonText()))
