"""The main window: creates the panes, menus and controllers, and connects them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.model.annotation import Annotator
from annotator.errors import UserError
from annotator.session import Outcome
from annotator.session.session_figures import SessionFigures
from annotator.storage.file.error_translation import damage_error
from annotator.ui.article.appearance import Appearance, refresh_layouts
from annotator.ui.article.article_view import ArticleView
from annotator.ui.article.boundary_controller import BoundaryController
from annotator.ui.article.caret import Caret
from annotator.ui.base.background_edits import BackgroundEdits
from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits, isolate
from annotator.ui.base.jobs import Jobs
from annotator.ui.base.key_map import KeyMap
from annotator.ui.base.number_format import NumberFormat
from annotator.ui.base.settings import Settings
from annotator.ui.exporting.controller import ExportController
from annotator.ui.importing.controller import IMPORT, ImportController
from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.label_check.page import LabelCheckPage
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
from annotator.ui.team.adjudication_page import AdjudicationPage
from annotator.ui.team.agreement_page import AgreementPage
from annotator.ui.team.assign_page import AssignPage
from annotator.ui.team.labels_page import LabelsPage
from annotator.ui.team.page import Page
from annotator.ui.team.people_controller import PeopleController
from annotator.ui.team.progress_page import ProgressPage
from annotator.ui.team.sync_controller import SyncController
from annotator.ui.window.activity_timer import ActivityTimer
from annotator.ui.window.bug_dialog import BugDialog
from annotator.ui.window.decision_controller import DecisionController
from annotator.ui.window.file_watcher import FileWatcher
from annotator.ui.window.find_bar import FindBar
from annotator.ui.window.focus_return import FocusReturn
from annotator.ui.window.focus_ring import FocusRings
from annotator.ui.window.help import Help
from annotator.ui.window.idle_tokenizer import IdleTokenizer
from annotator.ui.window.label_first import LabelFirst, LabelFirstBar
from annotator.ui.window.message_bar import MessageBar
from annotator.ui.window.navigation import Navigation
from annotator.ui.window.notes_controller import NotesController
from annotator.ui.window.pages import Pages
from annotator.ui.window.remove_articles import ArticleRemoval
from annotator.ui.window.rename_article import ArticleRenaming
from annotator.ui.window.span_menu import SpanMenu
from annotator.ui.window.tour import Tour, TourBar
from annotator.ui.window.window_state import WindowState
from annotator.ui.window.word_jump import JumpBar, WordJump
from annotator.ui.window.workspace import Workspace


class MainWindow(QMainWindow):
    """The main window. Controllers and views are its attributes, which action_handlers() binds to the actions."""

    def __init__(
        self, app: QApplication, annotator: Annotator, settings: Settings, config_dir: Path | None = None
    ) -> None:
        """Create the window as it was last, without a project. config_dir has the identity of the annotator."""
        super().__init__()
        self.current = CurrentProject(annotator, self)
        self.figures = SessionFigures()
        self.settings = settings
        self.status = StatusLine(self)
        self.message = MessageBar(self)
        self.welcome = WelcomePage(self)
        self.workspace = Workspace(self.current, self.status, self)
        self._stack = QStackedWidget(self)
        self.jobs = Jobs(self)
        self.caret = Caret(self.article, self)
        self.background_edits = BackgroundEdits(self.current, self)
        self.label_first_bar = LabelFirstBar(self.workspace)
        self.workspace.add_bar(self.label_first_bar)
        self.label_first = LabelFirst(self.current, self.label_first_bar, self.article.setFocus)
        self.decisions = DecisionController(
            self.current, self.workspace, self.caret, self.background_edits, self.label_first
        )
        self.boundaries = BoundaryController(self.article, self.background_edits.after, self)
        self.appearance = Appearance(app, self.article, settings, self)
        self.document_list = self.workspace.document_list
        self.notes = NotesController(self, self.current, self.workspace, self.appearance)
        self.number_format = NumberFormat(settings, self)
        self.focus_rings = FocusRings(app, self)
        self.focus_return = FocusReturn(self, self._focus_home)
        self.navigation = Navigation(self.current, self.workspace, self.status)
        self.article_removal = ArticleRemoval(self.current, self.workspace, self.background_edits)
        self.renaming = ArticleRenaming(self.current, self.workspace)
        self.activity_timer = ActivityTimer(self, self.current, self.workspace.header)
        self.file_watcher = FileWatcher(
            self, self.current, self.workspace, self.message, lambda: self.background_edits.busy
        )
        self.window_state = WindowState(self, self.current, self.workspace, settings)
        self.suggestions = SuggestController(self.current, self.jobs, self.status, self)
        self.training = TrainingController(self.current, self.status, self)
        self.people = PeopleController(self, self.current, config_dir)
        self.projects = ProjectController(self, self.current, self.jobs, settings, config_dir)
        self.imports = ImportController(self, self.current, self.jobs, self.status, self.appearance, settings)
        self.exports = ExportController(self, self.current, self.jobs, self.status, settings)
        self.merge = MergeController(self, self.current, self.jobs, self.status)
        self.sync = SyncController(self, self.current, self.jobs, self.status)
        self.backups = BackupController(self, self.current)
        self.recents = RecentProjects(self.current, settings, self)
        self.models = ModelController(self, self.current, self.status)
        self.search = SearchController(self, self.current, self.article, self.appearance, self.background_edits)
        self.help = Help(self, self.current, self.appearance)
        self.tour_bar = TourBar(self.workspace)
        self.workspace.add_bar(self.tour_bar)
        self.tour = Tour(self.current, self.tour_bar, self.decisions.focus, self)
        self.tagsets = TagsetController(self, self.current, self.appearance)
        self.keys = KeyMap(settings, self)
        self.menus = Menus(
            self,
            self.article,
            self.action_handlers(),
            self.decisions.give_label,
            self.keys,
            self.background_edits.after,
        )
        self.pages = Pages(self._stack, self.current, self.appearance, self.menus)
        self.help.menus = self.menus
        # A key that is held down would mark one article after the other as done, unread.
        self.menus.actions["gestures.confirm"].setAutoRepeat(False)
        self.jump_bar = JumpBar(self.workspace)
        self.workspace.add_bar(self.jump_bar)
        self.jump = WordJump(self.current, self.workspace, self.jump_bar, self.caret, self.decisions, self.menus)
        self.idle_tokenizer = IdleTokenizer(self.current, self.jump.advance)
        self.span_menu = SpanMenu(self.article, self.decisions, self.menus)
        self._lay_out()
        self._connect()
        self.appearance.restore()
        self.number_format.restore()
        self.window_state.restore_window()
        self._show_state()

    @property
    def article(self) -> ArticleView:
        """Return the article view."""
        return self.workspace.article

    @property
    def find_bar(self) -> FindBar:
        """Return the find bar."""
        return self.workspace.find_bar

    def action_handlers(self) -> dict[str, Callable[[], object]]:
        """Return the method that each action of ACTIONS calls, by the action's id.

        The ids are kept in users' settings files, so they stay the same when a method gets another name.
        """
        return {
            "projects.new": self.projects.new,
            "projects.open": self.projects.open,
            "transfers.import_files": self.imports.import_files,
            "transfers.import_folder": self.imports.import_folder,
            "suggesting.start": self.suggestions.start,
            "models.open": self.models.open,
            "transfers.export": self.exports.open,
            "adjudication.open": self.open_adjudication,
            "peers.open": self.open_peer_labels,
            "merging.open": self.merge.open,
            "sync.start": self.sync.start,
            "sync.choose_carrier": self.sync.choose_carrier,
            "team.people": self.people.open,
            "team.hand_out": lambda: self.pages.open(AssignPage),
            "team.progress": lambda: self.pages.open(ProgressPage),
            "team.agreement": lambda: self.pages.open(AgreementPage),
            "label_check.open": lambda: self.pages.open(LabelCheckPage),
            "backups.open": self.backups.open,
            "projects.rename_annotator": self.people.rename,
            "projects.close": self.projects.close,
            "close": self.close,
            "gestures.undo": self.decisions.undo,
            "gestures.redo": self.decisions.redo,
            "find_bar.open": self.find_bar.open,
            "find_bar.next": self.find_bar.next,
            "find_bar.previous": self.find_bar.previous,
            "searching.concordance": self.search.concordance,
            "helping.commands": self.help.show_commands,
            "gestures.confirm": self.decisions.confirm,
            "gestures.reject": self.decisions.reject,
            "gestures.skip": self.decisions.skip,
            "gestures.confirm_visible": self.decisions.confirm_visible,
            "gestures.confirm_all": self.decisions.confirm_all,
            "gestures.rejected": self.decisions.show_rejected,
            "labelfirst.begin": self.label_first.begin,
            "searching.everywhere": self.search.label_all,
            "gestures.next_span": self.decisions.next_span,
            "gestures.previous_span": self.decisions.previous_span,
            "edges.end_word_forward": self.boundaries.end_word_forward,
            "edges.end_word_back": self.boundaries.end_word_back,
            "edges.start_word_forward": self.boundaries.start_word_forward,
            "edges.start_word_back": self.boundaries.start_word_back,
            "edges.end_letter_forward": self.boundaries.end_letter_forward,
            "edges.end_letter_back": self.boundaries.end_letter_back,
            "edges.start_letter_forward": self.boundaries.start_letter_forward,
            "edges.start_letter_back": self.boundaries.start_letter_back,
            "edges.turn_clitic": self.boundaries.toggle_clitic,
            "edges.turn_pronoun": self.boundaries.toggle_pronoun,
            "caret.word_forward": self.caret.word_forward,
            "caret.word_back": self.caret.word_back,
            "caret.letter_forward": self.caret.letter_forward,
            "caret.letter_back": self.caret.letter_back,
            "caret.line_down": self.caret.line_down,
            "caret.line_up": self.caret.line_up,
            "jumps.line_start": self.caret.line_start,
            "jumps.line_end": self.caret.line_end,
            "jumps.text_start": self.caret.text_start,
            "jumps.text_end": self.caret.text_end,
            "jumps.to_line_start": self.caret.to_line_start,
            "jumps.to_line_end": self.caret.to_line_end,
            "jumps.to_text_start": self.caret.to_text_start,
            "jumps.to_text_end": self.caret.to_text_end,
            "gestures.leave": self.decisions.clear_selection,
            "scrolling.down": lambda: self.article.scroll_page(1),
            "scrolling.up": lambda: self.article.scroll_page(-1),
            "jumping.open": lambda: self.jump.open(),
            "navigation.next": self.navigation.next,
            "navigation.previous": self.navigation.previous,
            "navigation.go_to": self.navigation.go_to,
            "listing.ask": self.document_list.focus_filter,
            "listing.clear": self.document_list.clear_filter,
            "navigation.choose_order": self.navigation.choose_order,
            "gestures.done": self.decisions.mark_done,
            "notes.on_article": self.notes.edit_article_note,
            "notes.doubt_article": self.notes.toggle_article_flag,
            "notes.on_span": self.notes.edit_span_note,
            "notes.doubt_span": self.notes.toggle_span_flag,
            "tagsets.open": self.tagsets.open,
            "notes.show_all": self.notes.show_all,
            "gestures.not_done": self.decisions.mark_not_done,
            "titles.rename": self.renaming.rename,
            "removal.remove": self.article_removal.remove,
            "removal.list": self.article_removal.show_removed,
            "look.larger": self.appearance.larger,
            "look.smaller": self.appearance.smaller,
            "look.usual_size": self.appearance.reset_size,
            "look.naskh": self.appearance.naskh,
            "look.plain": self.appearance.plain,
            "look.comfortable": self.appearance.comfortable,
            "look.compact": self.appearance.compact,
            "look.spacious": self.appearance.spacious,
            "look.next_density": self.appearance.next_density,
            "look.tags_below": self.appearance.tags_below,
            "look.tags_as_marks": self.appearance.tags_as_marks,
            "look.tags_off": self.appearance.tags_off,
            "look.next_tags": self.appearance.next_tags,
            "look.arabic": self.appearance.arabic,
            "look.english": self.appearance.english,
            "look.system_theme": self.appearance.system_theme,
            "look.light": self.appearance.light,
            "look.dark": self.appearance.dark,
            "look.light_contrast": self.appearance.light_contrast,
            "look.dark_contrast": self.appearance.dark_contrast,
            "numbers.as_the_language": self.number_format.as_the_language,
            "numbers.arabic": self.number_format.arabic,
            "numbers.latin": self.number_format.latin,
            "numbers.months_of_the_levant": self.number_format.months_of_the_levant,
            "numbers.months_of_egypt": self.number_format.months_of_egypt,
            "numbers.both_months": self.number_format.both_months,
            "navigation.next_pane": self.navigation.next_pane,
            "navigation.previous_pane": self.navigation.previous_pane,
            "tagsets.guideline": self.tagsets.guideline,
            "helping.manual": self.help.show_manual,
            "helping.tour": self.tour.start,
            "helping.keys": self.help.show_shortcuts,
            "helping.change_keys": self.help.customise_shortcuts,
            "helping.about": self.help.show_about,
        }

    def open_adjudication(self) -> None:
        """Show the page on which differences between annotators are settled."""
        self.pages.open(AdjudicationPage)

    def open_peer_labels(self) -> None:
        """Show what another annotator labelled in the open article."""
        self.pages.open(LabelsPage)

    def open_project(self, path: Path) -> bool:
        """Open a project as it was left. If it cannot be opened, show why and return False."""
        try:
            return self.load_project(path)
        except UserError as error:
            self.show_message(error_text(error))
            return False

    def load_project(self, path: Path) -> bool:
        """Open a project as it was left. Return False if the user decided not to, or an edit could not be written.

        Raises UserError if it cannot be opened, and reopens the one before.
        """
        if not self.background_edits.finish():
            return False
        before = self.current.project.path if self.current.project else None
        if not self.current.open(path):
            return False
        try:
            self.window_state.restore_project()
        except (UserError, KeyError) as error:
            # The file opens, but its last article cannot be read, or is listed and missing.
            self.current.close()
            if before is not None and before != path:
                self.open_project(before)
            raise error if isinstance(error, UserError) else damage_error(path) from error
        self.message.hide()
        self.article.setFocus()
        project = self.current.project
        if project is not None and project.is_read_only:
            said = self.tr(
                "{0} is read-only. You can view and export it. To edit it, make the file and its folder writable, or "
                "open a copy."
            )
            self.show_message(said.format(isolate(project.path.name)))
        self.suggestions.complete()
        return True

    def show_message(self, text: str) -> None:
        """Show a message in the bar above the panes."""
        self.message.show_message(text)

    def show_error(self, _job: str, error: Exception) -> None:
        """Show a user error as a message. Raises any other error, for the exception hook to report as a bug."""
        if not isinstance(error, UserError):
            raise error
        self.show_message(error_text(error))

    def show_bug(self, details: str) -> None:
        """Show a bug report. Further bugs while the dialog is open are only logged."""
        if self.findChild(BugDialog) is None:
            dialog = BugDialog(details, self)
            dialog.exec()
            dialog.setParent(None)
            dialog.deleteLater()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders that are dragged onto the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped project, or import the dropped files and folders."""
        self.projects.receive([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the state of the window and close the project. Nothing has to be confirmed: all work is on disk.

        A large edit is finished first; if it cannot be written, the window stays open and shows why. A merge needs up
        to a tenth of a second until it stops, and closing the file may write some MB. So the job is cancelled first and
        ends meanwhile, and the window is hidden before anything waits for the disk.
        """
        if not self.background_edits.finish():
            event.ignore()
            return
        self.jobs.cancel_all()
        self.window_state.save()
        self.hide()
        self.suggestions.stop()
        self.search.stop()
        self.tagsets.stop()
        self.notes.stop()
        self.article_removal.stop()
        self.training.close()
        self.models.close()
        self.backups.stop()
        self.jobs.stop()
        self.current.close()
        super().closeEvent(event)

    def childEvent(self, event: QChildEvent) -> None:
        """Return the focus after every dialog that is opened."""
        super().childEvent(event)
        dialog = event.child() if event.type() is QEvent.Type.ChildPolished else None
        if isinstance(dialog, QDialog):
            self.focus_return.watch_dialog(dialog)

    def changeEvent(self, event: QEvent) -> None:
        """Update the texts when the language changes."""
        if event.type() is QEvent.Type.LanguageChange:
            self.menus.retranslate()
            self.workspace.show_language()
            self.tour.retranslate()
            self.training.show()
            self.sync.show_state()
            self.activity_timer.show_time_spent()
            refresh_layouts(self)
            self._show_title()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self.workspace)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(middle)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        current, side = self.current, self.workspace.side
        current.sessionChanged.connect(self.boundaries.set_session)
        current.sessionChanged.connect(self.caret.set_session)
        current.sessionChanged.connect(self._show_state)
        current.documentOpened.connect(self.caret.begin)
        current.documentOpened.connect(self._show_state)
        current.outcome.connect(self.caret.follow)
        self.background_edits.statusMessage.connect(self.status.show_message)
        self.background_edits.failed.connect(self.show_error)
        self.jump.failed.connect(self.show_error)
        self.boundaries.statusMessage.connect(self.status.show_message)
        self.notes.statusMessage.connect(self.status.show_message)
        self.article_removal.statusMessage.connect(self.status.show_message)
        self.article_removal.failed.connect(self.show_error)
        self.article_removal.renameRequested.connect(self.renaming.rename)
        self.file_watcher.statusMessage.connect(self.status.show_message)
        self.file_watcher.openRequested.connect(self.open_project)
        self.search.statusMessage.connect(self.status.show_message)
        self.search.undoRequested.connect(self.decisions.undo)
        self.search.redoRequested.connect(self.decisions.redo)
        self.decisions.finished.connect(self.navigation.finish)
        self.navigation.finished.connect(self._show_finished)
        current.outcome.connect(self.figures.count)
        current.outcome.connect(self._let_messages_pass)
        current.closing.connect(self.figures.clear)
        side.labelFirstRequested.connect(self.label_first.begin)
        self.decisions.statusMessage.connect(self.status.show_message)
        self.appearance.themeChanged.connect(self.workspace.set_theme)
        self.appearance.themeChanged.connect(self.span_menu.set_theme)
        self.appearance.themeChanged.connect(self.label_first_bar.set_theme)
        self.appearance.chosen.connect(self.menus.tick)
        self.appearance.zoomed.connect(self.workspace.set_zoom)
        self.number_format.chosen.connect(self.menus.tick)
        self.jobs.failed.connect(self.show_error)
        self.status.focusReleased.connect(self.focus_return.focus_home)
        self.message.focusReleased.connect(self.focus_return.focus_home)
        self.imports.message.connect(self.show_message)
        self.imports.summary.connect(self._show_summary)
        self.workspace.importRequested.connect(self.imports.import_files)
        self.imports.arrived.connect(self._take_up)
        self.imports.openRequested.connect(self.current.open_document)
        self.exports.message.connect(self.show_message)
        self.exports.summary.connect(self._show_summary)
        self.suggestions.stored.connect(self.workspace.show_suggestions)
        self.suggestions.stateChanged.connect(self.workspace.show_suggestion_state)
        self.suggestions.finished.connect(self.workspace.show_measurements)
        self.suggestions.ready.connect(self.workspace.show_hint_after)
        self.suggestions.measured.connect(self.workspace.show_measurements)
        self.suggestions.message.connect(self.show_message)
        self.training.stored.connect(self.workspace.show_suggestions)
        self.training.message.connect(self.show_message)
        self.training.failed.connect(self.show_error)
        self.backups.message.connect(self.show_message)
        self.backups.statusMessage.connect(self.status.show_message)
        self.models.message.connect(self.show_message)
        self.models.suggestRequested.connect(self.suggestions.start)
        self.projects.message.connect(self.show_message)
        self.people.message.connect(self.show_message)
        self.projects.openRequested.connect(self.open_project)
        self.welcome.newRequested.connect(self.projects.new)
        self.welcome.openRequested.connect(self.projects.open)
        self.welcome.languageRequested.connect(self.appearance.use_language)
        self.welcome.tourRequested.connect(self.tour.start)
        self.tour.openRequested.connect(self.open_project)
        self.tour.message.connect(self.show_message)
        self.welcome.sampleRequested.connect(self.projects.open_sample)
        self.welcome.recentChosen.connect(self.open_project)
        self.welcome.dropped.connect(self.projects.receive)
        self.welcome.forgetRequested.connect(self._forget)
        self.projects.importRequested.connect(self.imports.open)
        self.merge.begun.connect(self.suggestions.stop)
        self.merge.begun.connect(self.training.pause)
        self.merge.begun.connect(self.file_watcher.pause)
        self.merge.ended.connect(self.training.resume)
        self.merge.ended.connect(self.file_watcher.resume)
        self.merge.leftAlone.connect(self.suggestions.complete)
        self.merge.message.connect(self.show_message)
        self.merge.summary.connect(self._show_summary)
        self.merge.merged.connect(self._show_merged)
        self.sync.begun.connect(self.training.postpone)
        self.sync.begun.connect(self.file_watcher.pause)
        self.sync.ended.connect(self.training.resume)
        self.sync.ended.connect(self.file_watcher.resume)
        self.sync.received.connect(self._show_merged)
        self.sync.message.connect(self.show_message)
        self.file_watcher.changed.connect(self.sync.show_state)
        current.tagsetChanged.connect(self._show_state)
        self.tagsets.message.connect(self.show_message)
        self.tagsets.placeRequested.connect(self.search.show_example)
        self.pages.opened.connect(self._show_page)
        self.pages.closed.connect(self._show_articles)
        self.pages.placeRequested.connect(self.search.show_place)
        self.pages.placesRequested.connect(self.search.show_places)
        self.merge.placesRequested.connect(self.search.show_places)
        self.pages.writing.connect(self._follow_writing)
        self.pages.undoRequested.connect(self.decisions.undo)
        self.pages.redoRequested.connect(self.decisions.redo)
        self.pages.editRequested.connect(self.background_edits.write)
        self.pages.message.connect(self.show_message)
        self.pages.statusMessage.connect(self.status.show_message)
        self.file_watcher.changed.connect(self.pages.refresh)
        side.guidelineRequested.connect(self.tagsets.guideline)
        side.peopleRequested.connect(self.people.open)

    def _show_summary(self, text: str, open_details: Callable[[], None]) -> None:
        self.message.show_message(text, self.tr("Details"), open_details, passing=True)

    def _let_messages_pass(self, outcome: Outcome) -> None:
        if outcome.change is not None:
            self.message.pass_by()

    def _show_finished(self, message: str) -> None:
        """Show that no article is left, with the figures of the session."""
        figures = [
            digits(self.tr("%n article(s) done", "", self.figures.done)),
            digits(self.tr("%n decision(s)", "", self.figures.decisions)),
            self.activity_timer.duration_text(self.activity_timer.session_ms()),
        ]
        said = self.tr("This session: {0}").format(" · ".join(figures))
        self.show_message(f"{message} {said}")

    def _focus_home(self) -> QWidget:
        return self.pages.shown or (self.article if self.article.isVisible() else self.welcome)

    def _follow_writing(self, is_writing: bool) -> None:
        """Ignore what a page of this window writes by another connection, and show it when it is written."""
        if is_writing:
            self.file_watcher.pause()
            return
        self.file_watcher.resume()
        self.document_list.refresh_counts()
        self.sync.show_state()

    def _show_page(self, page: Page) -> None:
        """Show a page of the team. Its time does not count for the open article."""
        self.find_bar.leave()
        self.activity_timer.pause()
        self.status.show_message("")
        page.setFocus()

    def _show_articles(self) -> None:
        """Return from a page of the team to the article."""
        self._show_state()
        self.activity_timer.resume()
        self.workspace.show_hint()
        self.article.setFocus()

    def _take_up(self) -> None:
        """Show imported documents, open the first if none is open, and start suggestions for them."""
        self.document_list.show_added()
        if self.current.session and self.current.session.document is None:
            self.navigation.open_at(0)
        if not self.jobs.running(IMPORT):
            self.suggestions.complete()

    def _forget(self, path: Path) -> None:
        self.recents.forget(path)
        self.welcome.set_recent(self.recents.all())

    def _show_merged(self) -> None:
        session = self.current.session
        if session is None:
            return
        session.read_tagset()
        self.workspace.show_external_changes()
        self._take_up()
        self.pages.refresh()

    def _show_state(self) -> None:
        is_open = self.current.project is not None
        self._stack.setCurrentWidget(self.pages.shown or self.workspace if is_open else self.welcome)
        self.status.setVisible(is_open)
        if not is_open:
            self.welcome.set_recent(self.recents.all())
        self.menus.set_tagset(self.current.session.tagset if self.current.session else None)
        self._show_title()
        self._allow()

    def _allow(self) -> None:
        session = self.current.session
        document = session is not None and session.document is not None
        self.menus.allow(project=self.current.project is not None, document=document)

    def _show_title(self) -> None:
        project = self.current.project
        name = self.tr("Annotation editor")
        self.setWindowTitle(f"{project.path.stem} — {name}" if project else name)
