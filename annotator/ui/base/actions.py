"""Every action of the window in one table: id, text, keys and menu.

The menus, the shortcuts, the command palette and the table of keys in the manual are all made from it.
What each action calls: MainWindow.action_handlers().
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from annotator.ui.base.i18n import QT_TRANSLATE_NOOP


class Scope(Enum):
    """Where the keys of an action work."""

    WINDOW = "window"
    ARTICLE = "article"


class Needs(Enum):
    """What must be open for an action to be enabled."""

    NOTHING = "nothing"
    PROJECT = "project"
    ARTICLES = "articles"
    """A project, and its articles in the window instead of a page of the team."""
    DOCUMENT = "document"
    """A document, in the window as well."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    id is the name under which users' settings files keep other keys for it: "gestures.confirm". text is the English
    source text, keys its default shortcuts, separated by spaces. menu is one of MENUS, or "" if the action has only
    keys and its entry in the command palette. A new group begins after a separator.
    choice is "setting-value", such as "theme-dark": the action is checked while the setting has that value.
    """

    id: str
    text: str
    keys: str
    menu: str
    group: int
    choice: str
    scope: Scope = Scope.WINDOW
    needs: Needs = Needs.NOTHING

    def shown(self) -> str:
        """Return the text in the current language."""
        return QCoreApplication.translate("actions", self.text)


MENUS: tuple[tuple[str, str], ...] = (
    ("project", QT_TRANSLATE_NOOP("menus", "&Project")),
    ("edit", QT_TRANSLATE_NOOP("menus", "&Edit")),
    ("label", QT_TRANSLATE_NOOP("menus", "&Label")),
    ("label/boundaries", QT_TRANSLATE_NOOP("menus", "&Boundaries")),
    ("label/labels", QT_TRANSLATE_NOOP("menus", "&Apply label")),
    ("article", QT_TRANSLATE_NOOP("menus", "&Article")),
    ("team", QT_TRANSLATE_NOOP("menus", "&Team")),
    ("view", QT_TRANSLATE_NOOP("menus", "&View")),
    ("view/spacing", QT_TRANSLATE_NOOP("menus", "&Line spacing and tags")),
    ("view/numbers", QT_TRANSLATE_NOOP("menus", "&Numbers and dates")),
    ("help", QT_TRANSLATE_NOOP("menus", "&Help")),
)
"""The menus in order. A slash makes a submenu; "label/labels" has the labels of the project."""
_MOVING = ("", QT_TRANSLATE_NOOP("menus", "Moving between words"))
_LABELLING = ("label", "label/boundaries", "", "article", "edit")
"""The menus whose keys an annotator presses most, the most frequent first."""
KEY_GROUPS: tuple[tuple[str, str], ...] = (
    *sorted((each for each in (*MENUS, _MOVING) if each[0] in _LABELLING), key=lambda each: _LABELLING.index(each[0])),
    *(each for each in MENUS if each[0] not in _LABELLING),
)
"""The groups in which shortcuts are listed: menus, and "" for actions without one. Labelling comes first."""


def _window(action: str, text: str, keys: str, menu: str = "", group: int = 0, choice: str = "") -> ActionSpec:
    return ActionSpec(action, text, keys, menu, group, choice, Scope.WINDOW, Needs.NOTHING)


def _project(action: str, text: str, keys: str, menu: str = "", group: int = 0, choice: str = "") -> ActionSpec:
    return ActionSpec(action, text, keys, menu, group, choice, Scope.WINDOW, Needs.PROJECT)


def _articles(action: str, text: str, keys: str, menu: str = "", group: int = 0, choice: str = "") -> ActionSpec:
    return ActionSpec(action, text, keys, menu, group, choice, Scope.WINDOW, Needs.ARTICLES)


def _document(action: str, text: str, keys: str, menu: str = "", group: int = 0, choice: str = "") -> ActionSpec:
    return ActionSpec(action, text, keys, menu, group, choice, Scope.WINDOW, Needs.DOCUMENT)


def _article(action: str, text: str, keys: str, menu: str = "", group: int = 0, choice: str = "") -> ActionSpec:
    return ActionSpec(action, text, keys, menu, group, choice, Scope.ARTICLE, Needs.DOCUMENT)


def _edge(action: str, text: str, keys: str, group: int) -> ActionSpec:
    return _article(action, text, keys, "label/boundaries", group)


def _spacing(action: str, text: str, choice: str = "", keys: str = "") -> ActionSpec:
    return _window(action, text, keys, "view/spacing", ("density", "tags", "").index(choice.partition("-")[0]), choice)


def _number(action: str, text: str, choice: str) -> ActionSpec:
    return _window(action, text, "", "view/numbers", int(choice.startswith("months")), choice)


ACTIONS: tuple[ActionSpec, ...] = (
    _window("projects.new", QT_TRANSLATE_NOOP("actions", "New project…"), "Ctrl+N", "project"),
    _window("projects.open", QT_TRANSLATE_NOOP("actions", "Open project…"), "Ctrl+O", "project"),
    _project("transfers.import_files", QT_TRANSLATE_NOOP("actions", "Import articles…"), "Ctrl+I", "project", 1),
    _project("transfers.import_folder", QT_TRANSLATE_NOOP("actions", "Import folder…"), "Ctrl+Shift+I", "project", 1),
    _project("suggesting.start", QT_TRANSLATE_NOOP("actions", "Generate suggestions"), "Ctrl+R", "project", 1),
    _window("models.open", QT_TRANSLATE_NOOP("actions", "Models…"), "", "project", 1),
    _project("transfers.export", QT_TRANSLATE_NOOP("actions", "Export annotations…"), "Ctrl+E", "project", 1),
    _window("backups.open", QT_TRANSLATE_NOOP("actions", "Backups…"), "", "project", 2),
    _window("projects.rename_annotator", QT_TRANSLATE_NOOP("actions", "Annotator name…"), "", "project", 2),
    _project("projects.close", QT_TRANSLATE_NOOP("actions", "Close project"), "Ctrl+W", "project", 3),
    _window("close", QT_TRANSLATE_NOOP("actions", "Quit"), "Ctrl+Q", "project", 3),
    _articles("gestures.undo", QT_TRANSLATE_NOOP("actions", "Undo"), "Ctrl+Z", "edit"),
    _articles("gestures.redo", QT_TRANSLATE_NOOP("actions", "Redo"), "Ctrl+Y Ctrl+Shift+Z", "edit"),
    _document("find_bar.open", QT_TRANSLATE_NOOP("actions", "Find in article…"), "Ctrl+F", "edit", 1),
    _document("find_bar.next", QT_TRANSLATE_NOOP("actions", "Find next"), "F3", "edit", 1),
    _document("find_bar.previous", QT_TRANSLATE_NOOP("actions", "Find previous"), "Shift+F3", "edit", 1),
    _project("searching.concordance", QT_TRANSLATE_NOOP("actions", "Find in all articles…"), "Ctrl+Shift+F", "edit", 1),
    _window("helping.commands", QT_TRANSLATE_NOOP("actions", "All commands…"), "Ctrl+K", "edit", 2),
    _article("gestures.confirm", QT_TRANSLATE_NOOP("actions", "Confirm"), "Return", "label"),
    _article("gestures.reject", QT_TRANSLATE_NOOP("actions", "Reject or remove"), "Delete Backspace", "label"),
    _article("gestures.skip", QT_TRANSLATE_NOOP("actions", "Skip for now"), "Space", "label"),
    _document(
        "gestures.confirm_visible",
        QT_TRANSLATE_NOOP("actions", "Confirm what is visible, scroll on"),
        "Ctrl+Return",
        "label",
    ),
    _document(
        "gestures.confirm_all", QT_TRANSLATE_NOOP("actions", "Confirm all remaining"), "Ctrl+Alt+Return", "label"
    ),
    _document("gestures.rejected", QT_TRANSLATE_NOOP("actions", "Rejected in this article…"), "Shift+Delete", "label"),
    _document("searching.everywhere", QT_TRANSLATE_NOOP("actions", "Label all occurrences…"), "Ctrl+D", "label"),
    _article("gestures.next_span", QT_TRANSLATE_NOOP("actions", "Next span"), "Tab", "label", 1),
    _article("gestures.previous_span", QT_TRANSLATE_NOOP("actions", "Previous span"), "Shift+Tab", "label", 1),
    _edge("edges.end_word_forward", QT_TRANSLATE_NOOP("actions", "Move end forward one word"), "Shift+Left", 0),
    _edge("edges.end_word_back", QT_TRANSLATE_NOOP("actions", "Move end back one word"), "Shift+Right", 0),
    _edge(
        "edges.start_word_forward", QT_TRANSLATE_NOOP("actions", "Move start forward one word"), "Ctrl+Shift+Left", 0
    ),
    _edge("edges.start_word_back", QT_TRANSLATE_NOOP("actions", "Move start back one word"), "Ctrl+Shift+Right", 0),
    _edge("edges.end_letter_forward", QT_TRANSLATE_NOOP("actions", "Move end forward one letter"), "Alt+Shift+Left", 1),
    _edge("edges.end_letter_back", QT_TRANSLATE_NOOP("actions", "Move end back one letter"), "Alt+Shift+Right", 1),
    _edge(
        "edges.start_letter_forward",
        QT_TRANSLATE_NOOP("actions", "Move start forward one letter"),
        "Ctrl+Alt+Shift+Left",
        1,
    ),
    _edge(
        "edges.start_letter_back", QT_TRANSLATE_NOOP("actions", "Move start back one letter"), "Ctrl+Alt+Shift+Right", 1
    ),
    _edge("edges.turn_clitic", QT_TRANSLATE_NOOP("actions", "Include/exclude prefix clitic"), "-", 2),
    _edge("edges.turn_pronoun", QT_TRANSLATE_NOOP("actions", "Include/exclude suffix pronoun"), "=", 2),
    _document("labelfirst.begin", QT_TRANSLATE_NOOP("actions", "Label first…"), "F8", "label", 1),
    _article("jumping.open", QT_TRANSLATE_NOOP("actions", "Jump to word…"), "/", "label", 1),
    _article("caret.word_forward", QT_TRANSLATE_NOOP("actions", "Select the next word"), "Left"),
    _article("caret.word_back", QT_TRANSLATE_NOOP("actions", "Select the previous word"), "Right"),
    _article("caret.letter_forward", QT_TRANSLATE_NOOP("actions", "Select the next letter"), "Alt+Left"),
    _article("caret.letter_back", QT_TRANSLATE_NOOP("actions", "Select the previous letter"), "Alt+Right"),
    _article("caret.line_down", QT_TRANSLATE_NOOP("actions", "Select a word in the line below"), "Down"),
    _article("caret.line_up", QT_TRANSLATE_NOOP("actions", "Select a word in the line above"), "Up"),
    _article("jumps.line_start", QT_TRANSLATE_NOOP("actions", "Select the first word of the line"), "Home"),
    _article("jumps.line_end", QT_TRANSLATE_NOOP("actions", "Select the last word of the line"), "End"),
    _article("jumps.text_start", QT_TRANSLATE_NOOP("actions", "Select the first word of the article"), "Ctrl+Home"),
    _article("jumps.text_end", QT_TRANSLATE_NOOP("actions", "Select the last word of the article"), "Ctrl+End"),
    _article("jumps.to_line_start", QT_TRANSLATE_NOOP("actions", "Select up to the line's start"), "Shift+Home"),
    _article("jumps.to_line_end", QT_TRANSLATE_NOOP("actions", "Select up to the line's end"), "Shift+End"),
    _article(
        "jumps.to_text_start", QT_TRANSLATE_NOOP("actions", "Select up to the article's start"), "Ctrl+Shift+Home"
    ),
    _article("jumps.to_text_end", QT_TRANSLATE_NOOP("actions", "Select up to the article's end"), "Ctrl+Shift+End"),
    _article("gestures.leave", QT_TRANSLATE_NOOP("actions", "Clear selection"), "Escape"),
    _article("scrolling.down", QT_TRANSLATE_NOOP("actions", "Scroll down"), "PgDown"),
    _article("scrolling.up", QT_TRANSLATE_NOOP("actions", "Scroll up"), "PgUp"),
    _articles("navigation.next", QT_TRANSLATE_NOOP("actions", "Next article"), "Ctrl+PgDown", "article"),
    _articles("navigation.previous", QT_TRANSLATE_NOOP("actions", "Previous article"), "Ctrl+PgUp", "article"),
    _articles("navigation.go_to", QT_TRANSLATE_NOOP("actions", "Go to article…"), "Ctrl+G", "article"),
    _articles("listing.ask", QT_TRANSLATE_NOOP("actions", "Filter articles…"), "Ctrl+L", "article"),
    _articles("listing.clear", QT_TRANSLATE_NOOP("actions", "Clear filter"), "Ctrl+Shift+L", "article"),
    _articles("navigation.choose_order", QT_TRANSLATE_NOOP("actions", "Sort articles…"), "", "article"),
    _document(
        "gestures.done", QT_TRANSLATE_NOOP("actions", "Mark done and open next"), "Ctrl+Shift+Return", "article", 1
    ),
    _document("gestures.not_done", QT_TRANSLATE_NOOP("actions", "Mark as not done"), "", "article", 1),
    _document("notes.on_article", QT_TRANSLATE_NOOP("actions", "Article note…"), "F2", "article", 2),
    _document("notes.doubt_article", QT_TRANSLATE_NOOP("actions", "Toggle article flag"), "Shift+F4", "article", 2),
    _document("notes.on_span", QT_TRANSLATE_NOOP("actions", "Span note…"), "Shift+F2", "label", 2),
    _article("notes.doubt_span", QT_TRANSLATE_NOOP("actions", "Toggle span flag"), "F4", "label", 2),
    _project("label_check.open", QT_TRANSLATE_NOOP("actions", "Check labels"), "F7", "label", 3),
    _project("tagsets.open", QT_TRANSLATE_NOOP("actions", "Edit labels…"), "Ctrl+T", "label", 3),
    _project("notes.show_all", QT_TRANSLATE_NOOP("actions", "Notes and flags…"), "Ctrl+Shift+N", "article", 2),
    _articles("titles.rename", QT_TRANSLATE_NOOP("actions", "Rename article…"), "", "article", 3),
    _articles("removal.remove", QT_TRANSLATE_NOOP("actions", "Remove article"), "", "article", 3),
    _articles("removal.list", QT_TRANSLATE_NOOP("actions", "Removed articles…"), "", "article", 3),
    _project("team.people", QT_TRANSLATE_NOOP("actions", "People…"), "", "team"),
    _project("team.hand_out", QT_TRANSLATE_NOOP("actions", "Hand out articles"), "", "team"),
    _project("team.progress", QT_TRANSLATE_NOOP("actions", "Progress"), "Ctrl+P", "team"),
    _project("team.agreement", QT_TRANSLATE_NOOP("actions", "Agreement"), "Ctrl+Shift+J", "team"),
    _project("adjudication.open", QT_TRANSLATE_NOOP("actions", "Adjudicate"), "Ctrl+J", "team"),
    _document("peers.open", QT_TRANSLATE_NOOP("actions", "Labels of another annotator"), "", "team"),
    _project("sync.start", QT_TRANSLATE_NOOP("actions", "Synchronise"), "F5", "team", 1),
    _project("sync.choose_carrier", QT_TRANSLATE_NOOP("actions", "Shared folder or server…"), "", "team", 1),
    _project("merging.open", QT_TRANSLATE_NOOP("actions", "Merge copies…"), "", "team", 1),
    _window("look.larger", QT_TRANSLATE_NOOP("actions", "Larger text"), "Ctrl++ Ctrl+=", "view"),
    _window("look.smaller", QT_TRANSLATE_NOOP("actions", "Smaller text"), "Ctrl+-", "view"),
    _window("look.usual_size", QT_TRANSLATE_NOOP("actions", "Reset text size"), "Ctrl+0", "view"),
    _window("look.naskh", QT_TRANSLATE_NOOP("actions", "Article font: Naskh"), "", "view", 0, choice="font-naskh"),
    _window("look.plain", QT_TRANSLATE_NOOP("actions", "Article font: plain"), "", "view", 0, choice="font-plain"),
    _spacing("look.comfortable", QT_TRANSLATE_NOOP("actions", "Comfortable lines"), "density-comfortable"),
    _spacing("look.compact", QT_TRANSLATE_NOOP("actions", "Compact lines"), "density-compact"),
    _spacing("look.spacious", QT_TRANSLATE_NOOP("actions", "Spacious lines"), "density-spacious"),
    _spacing("look.tags_below", QT_TRANSLATE_NOOP("actions", "Label names below spans"), "tags-below"),
    _spacing("look.tags_as_marks", QT_TRANSLATE_NOOP("actions", "Label keys below spans"), "tags-mark"),
    _spacing("look.tags_off", QT_TRANSLATE_NOOP("actions", "Label colours only"), "tags-off"),
    _spacing("look.next_density", QT_TRANSLATE_NOOP("actions", "Next line spacing"), keys="Ctrl+Shift+D"),
    _spacing("look.next_tags", QT_TRANSLATE_NOOP("actions", "Next tag style"), keys="Ctrl+Shift+T"),
    _window("look.arabic", QT_TRANSLATE_NOOP("actions", "Arabic (العربية)"), "", "view", 1, choice="language-ar"),
    _window("look.english", QT_TRANSLATE_NOOP("actions", "English"), "", "view", 1, choice="language-en"),
    _window(
        "look.system_theme",
        QT_TRANSLATE_NOOP("actions", "Follow system theme"),
        "",
        "view",
        2,
        choice="theme-system",
    ),
    _window("look.light", QT_TRANSLATE_NOOP("actions", "Light"), "", "view", 2, choice="theme-light"),
    _window("look.dark", QT_TRANSLATE_NOOP("actions", "Dark"), "", "view", 2, choice="theme-dark"),
    _window(
        "look.light_contrast",
        QT_TRANSLATE_NOOP("actions", "Light, high contrast"),
        "",
        "view",
        2,
        choice="theme-light-contrast",
    ),
    _window(
        "look.dark_contrast",
        QT_TRANSLATE_NOOP("actions", "Dark, high contrast"),
        "",
        "view",
        2,
        choice="theme-dark-contrast",
    ),
    _number("numbers.as_the_language", QT_TRANSLATE_NOOP("actions", "Digits: language default"), "numerals-language"),
    _number("numbers.arabic", QT_TRANSLATE_NOOP("actions", "Always ٠١٢٣"), "numerals-arabic"),
    _number("numbers.latin", QT_TRANSLATE_NOOP("actions", "Always 0123"), "numerals-latin"),
    _number("numbers.months_of_the_levant", QT_TRANSLATE_NOOP("actions", "Months in Arabic: تموز"), "months-levant"),
    _number("numbers.months_of_egypt", QT_TRANSLATE_NOOP("actions", "Months in Arabic: يوليو"), "months-egypt"),
    _number("numbers.both_months", QT_TRANSLATE_NOOP("actions", "Months in Arabic: تموز/يوليو"), "months-both"),
    _articles("navigation.next_pane", QT_TRANSLATE_NOOP("actions", "Next pane"), "F6", "view", 3),
    _articles("navigation.previous_pane", QT_TRANSLATE_NOOP("actions", "Previous pane"), "Shift+F6", "view", 3),
    _project("tagsets.guideline", QT_TRANSLATE_NOOP("actions", "Label guideline"), "F1", "help"),
    _window("helping.manual", QT_TRANSLATE_NOOP("actions", "Manual"), "", "help"),
    _window("helping.tour", QT_TRANSLATE_NOOP("actions", "Guided tour"), "", "help"),
    _window("helping.keys", QT_TRANSLATE_NOOP("actions", "Keyboard shortcuts"), "Ctrl+/ ? ؟", "help"),
    _window("helping.change_keys", QT_TRANSLATE_NOOP("actions", "Customise shortcuts…"), "", "help"),
    _window("helping.about", QT_TRANSLATE_NOOP("actions", "About"), "", "help", 1),
)
"""All actions, in the order of the menus."""
