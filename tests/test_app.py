"""Starting the window: pictures without a display, a clear error if there is none, opening and closing."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from annotator import app as program
from annotator.errors import ProjectError, UserError
from annotator.storage.file.identity import current_annotator
from annotator.ui.base.theme import DARK, LIGHT
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, make_project


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 2.0)])
def test_picture_shows_the_window_in_size_and_theme(tmp_path: Path, theme: str, scale: float) -> None:
    path = make_project(tmp_path / "news.annot")
    out = tmp_path / "window.png"
    program.picture(path, out, options=program.PictureOptions(theme=theme, size=(900, 600), scale=scale))
    image = QImage(str(out))
    assert (image.width(), image.height()) == (900 * scale, 600 * scale)
    page = QColor((DARK if theme == "dark" else LIGHT).page)
    middle = [image.pixelColor(image.width() // 2, y) for y in range(0, image.height(), 7)]
    assert middle.count(page) > len(middle) / 4


def test_a_picture_leaves_no_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, aside = make_project(tmp_path / "news.annot", (FIRST,)), tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))
    program.picture(path, tmp_path / "window.png", options=program.PictureOptions(size=(600, 400)))
    gc.collect()
    QApplication.processEvents()
    assert list(aside.iterdir()) == []


def test_picture_of_another_document_and_language_differs(tmp_path: Path) -> None:
    path = make_project(tmp_path / "news.annot")
    arabic, english = tmp_path / "ar.png", tmp_path / "en.png"
    program.picture(path, arabic, options=program.PictureOptions(size=(900, 600)))
    program.picture(path, english, options=program.PictureOptions("en", size=(900, 600)))
    assert QImage(str(arabic)) != QImage(str(english))


def test_a_picture_does_not_depend_on_the_language_before(tmp_path: Path) -> None:
    path = make_project(tmp_path / "news.annot")
    pictures = []
    for number, language in enumerate(("en", "ar", "en")):
        out = tmp_path / f"{number}.png"
        program.picture(path, out, options=program.PictureOptions(language))
        pictures.append(QImage(str(out)))
    assert pictures[0] == pictures[2]


def test_picture_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = make_project(tmp_path / "news.annot", (FIRST,))
    with pytest.raises(UserError, match="cannot be written"):
        program.picture(path, tmp_path / "nowhere" / "window.png", options=program.PictureOptions(size=(600, 400)))
    with pytest.raises(ProjectError):
        program.picture(tmp_path / "missing.annot", tmp_path / "window.png")


def test_no_display_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "no_window_reason", lambda: "there is no display")
    with pytest.raises(UserError, match="there is no display"):
        program.run(None)


def test_window_opens_on_a_project_and_reopens_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path / "news.annot")
    monkeypatch.setattr(program, "no_window_reason", lambda: "")
    current_annotator(tmp_path / "settings")  # A first start would ask for the name.
    opened: list[Path] = []

    def close() -> None:
        """Note what is open, and close the window."""
        window = next(w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        assert window.current.project is not None
        opened.append(window.current.project.path)
        window.close()

    for project in (path, None):
        QTimer.singleShot(0, close)
        assert program.run(project, config_dir=tmp_path / "settings") == 0
    assert opened == [path, path]
