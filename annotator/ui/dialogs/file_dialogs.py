"""The system's dialogs for files, answered with paths."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_save(parent: QWidget, title: str, start: Path, kinds: str) -> Path | None:
    """Ask for a file to write, or None where the question was cancelled."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
    return Path(name) if name else None


def ask_open(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    """Ask for a file to read, or None where the question was cancelled."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def ask_several(parent: QWidget, title: str, folder: Path, kinds: str) -> list[Path]:
    """Ask for files to read; none where the question was cancelled."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), kinds)
    return [Path(name) for name in names]
