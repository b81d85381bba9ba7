"""The main window: creates the panes, menus and controllers, and connects them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError
from annotator.storage.file.errors import damage
from annotator.ui.article.appearance import Look, lay_out_again
from annotator.ui.article.article_view import ArticleView
from annotator.ui.article.caret import Caret
from annotator.ui.article.edges import Edges
from annotator.ui.article.jumps import Jumps
from annotator.ui.base.background_edits import LargeEdits
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import isolate
from annotator.ui.base.jobs import Jobs
from annotator.ui.base.key_map import KeyMap
from annotator.ui.base.number_format import Numbers
from annotator.ui.base.settings import Settings
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.merging.controller import MergeController
from annotator.ui.models.controller import ModelController
from annotator.ui.projects.backup_controller import BackupController
from annotator.ui.projects.controller import ProjectController
from annotator.ui.projects.recent_projects import RecentProjects
from annotator.ui.projects.welcome import WelcomePage
from annotator.ui.search.controller import SearchController
from annotator.ui.shortcuts.menus import Menus
from annotator.ui.suggestions.suggest_controller import SuggestController
from annotator.ui.suggestions.training_controller import TrainingController
from annotator.ui.tagset.controller import TagsetController
from annotator.ui.window.action_handlers import action_handlers
from annotator.ui.window.activity_timer import Timing
from annotator.ui.window.bug_dialog import BugDialog
from annotator.ui.window.clicks import Clicks
from annotator.ui.window.cutting import Cutting
from annotator.ui.window.decision_controller import Gestures
from annotator.ui.window.file_watcher import Watching
from annotator.ui.window.find_bar import FindBar
from annotator.ui.window.focus_return import Homecoming
from annotator.ui.window.focus_ring import FocusRings
from annotator.ui.window.help import Helping
from annotator.ui.window.message_bar import MessageBar
from annotator.ui.window.navigation import Navigation
from annotator.ui.window.notes_controller import Notes
from annotator.ui.window.remove_articles import Removal
from annotator.ui.window.span_menu import SpanMenu
from annotator.ui.window.transfers import IMPORT, Transfers
from annotator.ui.window.window_state import Places
from annotator.ui.window.workspace import Workspace


class MainWindow(QMainWindow):
    """The window of the program; the parts that actions call are its attributes."""

    def __init__(
        self, app: QApplication, annotator: Annotator, settings: Settings, config_dir: Path | None = None
    ) -> None:
        """Make the window as it was left last, without a project; config_dir is where the annotator is kept."""
        super().__init__()
        self.current = CurrentProject(annotator, self)
        self.settings = settings
        self.status = StatusLine(self)
        self.message = MessageBar(self)
        self.welcome = WelcomePage(self)
        self.workspace = Workspace(self.current, self.status, self)
        self.jobs = Jobs(self)
        self.cutting = Cutting(self.current)
        self.caret = Caret(self.article, self)
        self.large_edits = LargeEdits(self.current, self)
        self.gestures = Gestures(self.article, self.caret, self.large_edits, self)
        self.clicks = Clicks(self.current, self.workspace, self.gestures)
        self.edges = Edges(self.article, self)
        self.jumps = Jumps(self.article, self.caret, self)
        self.look = Look(app, self.article, settings, self)
        self.listing = self.workspace.listing
        self.notes = Notes(self, self.current, self.workspace, self.look)
        self.numbers = Numbers(app, settings, self)
        self.rings = FocusRings(app, self)
        self.homecoming = Homecoming(self, lambda: self.article if self.article.isVisible() else self.welcome)
        self.navigation = Navigation(self.current, self.workspace, self.status)
        self.removal = Removal(self.current, self.workspace, self.large_edits)
        self.timing = Timing(self, self.current, self.workspace.header)
        self.watching = Watching(self, self.current, self.workspace, self.message, lambda: self.large_edits.busy)
        self.places = Places(self, self.current, self.workspace, settings)
        self.suggesting = SuggestController(self.current, self.jobs, self.status, self)
        self.learning = TrainingController(self.current, self.status, self)
        self.projects = ProjectController(self, self.current, settings, config_dir)
        self.transfers = Transfers(self, self.current, self.jobs, self.status, self.look, settings)
        self.merging = MergeController(self, self.current, self.jobs, self.status)
        self.backups = BackupController(self, self.current)
        self.recents = RecentProjects(self.current, settings, self)
        self.models = ModelController(self, self.current)
        self.searching = SearchController(self, self.current, self.article, self.look, self.large_edits)
        self.helping = Helping(self, self.current, self.look)
        self.tagsets = TagsetController(self, self.current, self.look)
        self.keys = KeyMap(settings, self)
        self.menus = Menus(
            self, self.article, action_handlers(self), self.gestures.give_label, self.keys, self.large_edits.after
        )
        self.helping.menus = self.menus
        self.span_menu = SpanMenu(self.article, self.gestures, self.menus)
        self._lay_out()
        self._connect()
        self.look.begin()
        self.numbers.begin()
        self.places.begin()
        self._show_state()

    @property
    def article(self) -> ArticleView:
        """Return the view of the article."""
        return self.workspace.article

    @property
    def find_bar(self) -> FindBar:
        """Return the bar that finds words in the article."""
        return self.workspace.find_bar

    def open_project(self, path: Path) -> bool:
        """Open a project where it was left, or show why it cannot be opened and return False."""
        try:
            self.load_project(path)
        except UserError as fault:
            self.tell(error_text(fault))
            return False
        return True

    def load_project(self, path: Path) -> None:
        """Open a project where it was left; raises UserError if it cannot be opened, and shows the one before again."""
        before = self.current.project.path if self.current.project else None
        self.current.open(path)
        try:
            self.places.go_back()
        except (UserError, KeyError) as error:
            # The file opens, but the article that was left in it cannot be read, or is listed and not there.
            self.current.close()
            if before is not None and before != path:
                self.open_project(before)
            raise error if isinstance(error, UserError) else damage(path) from error
        self.message.hide()
        self.article.setFocus()
        project = self.current.project
        if project is not None and project.is_read_only:
            said = self.tr(
                "{0} is read-only: it can be looked at and exported. To label, make the file and its folder "
                "writable, or copy it, and open it again."
            )
            self.tell(said.format(isolate(project.path.name)))
        self.suggesting.complete()

    def tell(self, text: str) -> None:
        """Show a message over the work."""
        self.message.tell(text)

    def tell_fault(self, _job: str, fault: Exception) -> None:
        """Tell what went wrong: the world's fault in a sentence; a fault of the program goes on to the last resort."""
        if not isinstance(fault, UserError):
            raise fault
        self.tell(error_text(fault))

    def show_bug(self, details: str) -> None:
        """Say that the program is at fault; faults that follow while the dialog stands are only logged."""
        if self.findChild(BugDialog) is None:
            dialog = BugDialog(details, self)
            dialog.exec()
            dialog.setParent(None)
            dialog.deleteLater()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take files and folders that are dragged onto the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open the project, or import the files and folders, that were dropped."""
        self.projects.receive([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember where everything stands and close the project; nothing needs to be asked."""
        self.places.keep()
        self.suggesting.stop()
        self.searching.stop()
        self.tagsets.stop()
        self.notes.stop()
        self.learning.close()
        self.models.close()
        self.backups.stop()
        self.jobs.stop()
        self.current.close()
        super().closeEvent(event)

    def childEvent(self, event: QChildEvent) -> None:  # noqa: N802
        """Take the keyboard back from every dialog that is opened."""
        super().childEvent(event)
        dialog = event.child() if event.type() is QEvent.Type.ChildPolished else None
        if isinstance(dialog, QDialog):
            self.homecoming.expect(dialog)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Retranslate when the language changes."""
        if event.type() is QEvent.Type.LanguageChange:
            self.menus.retranslate()
            self.workspace.show_language()
            self.learning.show()
            self.timing.show()
            lay_out_again(self)
            self._show_title()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        """Put message, pages and status line beneath one another."""
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.workspace)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self._pages, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        """Let the parts hear of one another."""
        current, side = self.current, self.workspace.side
        current.sessionChanged.connect(self.gestures.set_session)
        current.sessionChanged.connect(self.edges.set_session)
        current.sessionChanged.connect(self.caret.set_session)
        current.sessionChanged.connect(self._show_state)
        current.documentOpened.connect(self.caret.begin)
        current.documentOpened.connect(self._show_state)
        current.changed.connect(self.caret.follow)
        current.focusMoved.connect(self.caret.follow)
        self.large_edits.told.connect(self.status.say)
        self.large_edits.failed.connect(self.tell_fault)
        self.gestures.moved.connect(current.focusMoved)
        self.edges.moved.connect(current.focusMoved)
        self.edges.told.connect(self.status.say)
        self.searching.moved.connect(current.focusMoved)
        self.notes.moved.connect(current.focusMoved)
        self.notes.told.connect(self.status.say)
        self.watching.told.connect(self.status.say)
        self.watching.openAsked.connect(self.open_project)
        self.searching.told.connect(self.status.say)
        self.searching.undoAsked.connect(self.gestures.undo)
        self.searching.redoAsked.connect(self.gestures.redo)
        self.gestures.finished.connect(self.navigation.finish)
        self.gestures.told.connect(self.status.say)
        self.look.themeChanged.connect(self.workspace.set_theme)
        self.look.chosen.connect(self.menus.tick)
        self.numbers.chosen.connect(self.menus.tick)
        self.jobs.failed.connect(self.tell_fault)
        self.status.left.connect(self.homecoming.go_home)
        self.message.left.connect(self.homecoming.go_home)
        self.transfers.told.connect(self.tell)
        self.transfers.arrived.connect(self._take_up)
        self.suggesting.stored.connect(self.workspace.show_suggestions)
        self.suggesting.stateChanged.connect(self.workspace.side.show_state)
        self.suggesting.finished.connect(self.workspace.show_measured)
        self.suggesting.ready.connect(self.workspace.remind)
        self.suggesting.measured.connect(self.workspace.show_measured)
        self.suggesting.told.connect(self.tell)
        self.learning.stored.connect(self.workspace.show_suggestions)
        self.learning.told.connect(self.tell)
        self.learning.failed.connect(self.tell_fault)
        self.backups.told.connect(self.tell)
        self.backups.said.connect(self.status.say)
        self.models.told.connect(self.tell)
        self.models.suggestAsked.connect(self.suggesting.start)
        self.projects.told.connect(self.tell)
        self.projects.openAsked.connect(self.open_project)
        self.welcome.newAsked.connect(self.projects.new)
        self.welcome.openAsked.connect(self.projects.open)
        self.welcome.recentChosen.connect(self.open_project)
        self.welcome.dropped.connect(self.projects.receive)
        self.welcome.forgetAsked.connect(self._forget)
        self.projects.importAsked.connect(self.transfers.take_in)
        self.merging.begun.connect(self.suggesting.stop)
        self.merging.begun.connect(self.learning.pause)
        self.merging.begun.connect(self.watching.pause)
        self.merging.ended.connect(self.learning.resume)
        self.merging.ended.connect(self.watching.resume)
        self.merging.leftAlone.connect(self.suggesting.complete)
        self.merging.told.connect(self.tell)
        self.merging.merged.connect(self._show_merged)
        current.tagsetChanged.connect(self._show_state)
        self.tagsets.told.connect(self.tell)
        self.tagsets.placeAsked.connect(self.searching.show_example)
        side.guidelineAsked.connect(self.tagsets.guideline)
        side.renameAsked.connect(self.projects.rename_annotator)

    def _take_up(self) -> None:
        """Show documents that came in, open the first where none is open, and let suggestions be made for them."""
        self.listing.take_up()
        if self.current.session and self.current.session.document is None:
            self.navigation.open_at(0)
        if not self.jobs.running(IMPORT):
            self.suggesting.complete()

    def _forget(self, path: Path) -> None:
        """Take a project out of the recent ones."""
        self.recents.forget(path)
        self.welcome.set_recent(self.recents.all())

    def _show_merged(self) -> None:
        """Show what a merge brought in; what is open, in focus and let through by the filter stays so."""
        session = self.current.session
        if session is None:
            return
        if session.read_tagset():
            self.current.tagsetChanged.emit(session.tagset)
        self.workspace.show_news()
        self._take_up()

    def _show_state(self) -> None:
        """Show the page, the title and the actions that fit what is open."""
        is_open = self.current.project is not None
        self._pages.setCurrentWidget(self.workspace if is_open else self.welcome)
        self.status.setVisible(is_open)
        if not is_open:
            self.welcome.set_recent(self.recents.all())
        self.menus.set_tagset(self.current.session.tagset if self.current.session else None)
        self._show_title()
        self._allow()

    def _allow(self) -> None:
        """Enable the actions that are possible now."""
        session = self.current.session
        document = session is not None and session.document is not None
        self.menus.allow(project=self.current.project is not None, document=document)

    def _show_title(self) -> None:
        """Name the project in the title of the window."""
        project = self.current.project
        name = self.tr("annotator")
        self.setWindowTitle(f"{project.path.stem} — {name}" if project else name)
