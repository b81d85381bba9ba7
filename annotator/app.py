"""Start Qt and the main window, or render the window to a PNG without a display."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QMessageLogContext, QPoint, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication

from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError
from annotator.resources import resource
from annotator.services.log_file import log_to_file
from annotator.services.qt_probe import no_window_reason
from annotator.services.team.identity import first_annotator
from annotator.storage.file.identity import current_annotator, own_identity, settings_folder
from annotator.storage.file.temporary_folder import remove_abandoned_folders
from annotator.storage.project import Project
from annotator.ui.article.appearance import refresh_layouts
from annotator.ui.base.settings import Settings
from annotator.ui.window import bug_dialog
from annotator.ui.window.main_window import MainWindow
from annotator.ui.window.single_window import SingleWindow, raise_open_window
from annotator.ui.window.window_state import last_project

_SETTINGS = "window.ini"


def run(project_path: Path | None = None, *, config_dir: Path | None = None, has_terminal: bool = True) -> int:
    """Open the window with a project, or with the one that was open last. Return the exit code.

    If a window has the project open already, it is raised instead. config_dir is the folder of the settings, by default
    the user's own. If the last project is missing or damaged, the first page of the window says so. Raises UserError if
    there is no display, if the settings cannot be read, or if the given project cannot be opened; without a terminal,
    where nobody would see that, the first page says it.
    """
    if reason := no_window_reason():
        raise UserError("No window can be opened: {reason}; run it on a desktop, or under xvfb-run.", reason=reason)
    remove_abandoned_folders()
    app = _application()
    folder = settings_folder(config_dir)
    settings = Settings(folder / _SETTINGS)
    wanted = project_path or last_project(settings)
    if wanted is not None and raise_open_window(wanted, folder):
        print(f"{wanted.name!r} is open already; its window was raised.")
        return 0
    own = own_identity(folder)
    window = MainWindow(app, own.annotator if own else first_annotator(), settings, folder)
    SingleWindow(window, window.current, folder)
    window.people.asks_on_first_start = True
    restore = bug_dialog.install(window.show_message, window.show_bug)
    # Every edit is on disk at every moment, so Ctrl+C in the terminal may simply end the program.
    interrupt = signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    # All objects so far live as long as the program: freeze them, so that no collection between two keys visits them.
    gc.freeze()
    try:
        if project_path is not None and has_terminal:
            window.load_project(project_path)
        elif wanted is not None:
            window.open_project(wanted)
        with log_to_file(config_dir):
            return app.exec()
    except UserError:
        # Hide the window: closing it would save that no project was open.
        window.hide()
        raise
    finally:
        signal.signal(signal.SIGINT, interrupt)
        restore()


@dataclass(frozen=True, slots=True)
class PictureOptions:
    """How the window looks in a picture.

    language is "ar" or "en", theme a name of ui.theme.THEMES. size is in device-independent pixels, scale in pixels for
    each of them.
    """

    language: str = "ar"
    theme: str = "light"
    size: tuple[int, int] = (1280, 860)
    scale: float = 1.0


def picture(
    project_path: Path,
    png_path: Path,
    document: str | None = None,
    options: PictureOptions = PictureOptions(),
    annotator: Annotator | None = None,
) -> None:
    """Write a PNG picture of the window with a project. No display is needed.

    document is an id, by default that of the first article. annotator is the person whose work is shown, by default the
    first of the project. Raises ProjectError if the project cannot be opened, UserError if the picture cannot be
    written.
    """
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = _application()
    with TemporaryDirectory() as folder, _window_hints_unsaid():
        project = Project.open(project_path)
        settings = Settings(Path(folder) / _SETTINGS)
        settings.set("language", options.language)
        settings.set("theme", options.theme)
        people = project.annotators.all()
        window = MainWindow(app, annotator or (people[0] if people else current_annotator(Path(folder))), settings)
        window.article.animated = False
        window.resize(*options.size)
        window.show()
        window.current.use(project)
        window.window_state.restore_project()
        if document is not None:
            window.current.open_document(document)
        app.processEvents()
        refresh_layouts(window)
        image = QImage(QSize(*options.size) * options.scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(options.scale)
        window.render(image, QPoint())
        window.close()
        window.deleteLater()
        app.sendPostedEvents(window, QEvent.Type.DeferredDelete)
        settings.sync()  # Otherwise QSettings would write its file later, and make the folder again.
    if not image.save(str(png_path)):
        raise UserError(
            "The picture {png_path} cannot be written; choose a folder that exists and may be written.",
            png_path=png_path,
        )


def _application() -> QApplication:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    made = QApplication(["annotator"])  # X11 shows it as the name of the window, also for python -m annotator.
    made.setApplicationName("annotator")
    made.setDesktopFileName("annotator")  # By this, desktops find the name and the icon of a window.
    made.setWindowIcon(QIcon(str(resource("desktop", "annotator.svg"))))
    made.setQuitOnLastWindowClosed(True)
    return made


@contextmanager
def _window_hints_unsaid() -> Iterator[None]:
    """Suppress a warning of Qt's offscreen plugin, printed once for each widget."""

    def say(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if message.startswith("This plugin does not support"):
            return
        if before:
            before(kind, context, message)
        else:
            print(message, file=sys.stderr)

    before = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
