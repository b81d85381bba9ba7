"""The QActions of the action table: menus, shortcuts that work under every keyboard layout, labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QShortcutEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStyleOptionMenuItem, QWidget

from annotator.domain.tagset.tagset import Label, Tagset
from annotator.ui.base.actions import ACTIONS, MENUS, ActionSpec, Needs, Scope
from annotator.ui.base.i18n import current_language, retranslate_all
from annotator.ui.base.key_map import KeyMap, isolate_key
from annotator.ui.base.key_sequences import sequences
from annotator.ui.base.plain_text import caption


class KeyMenu(QMenu):
    """Isolates the shortcut after the name of each action, because Arabic around it would reorder it."""

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:
        """Isolate the shortcut."""
        super().initStyleOption(option, action)
        text, tab, key = option.text.partition("\t")
        if tab:
            option.text = f"{text}\t{isolate_key(key)}"


class UnambiguousAction(QAction):
    """An action with two shortcuts for one key, its Latin and its Arabic letter.

    With both layouts active, Qt finds both shortcuts for the key, and would call neither.
    """

    def event(self, event: QEvent) -> bool:
        """Accept an ambiguous shortcut: no two actions share a key, so both shortcuts are this action's."""
        if isinstance(event, QShortcutEvent) and event.isAmbiguous():
            self.trigger()
            return True
        return super().event(event)


class Menus(QObject):
    """Holds one QAction for each row of the action table and one for each label of the project."""

    def __init__(
        self,
        window: QMainWindow,
        article: QWidget,
        handlers: Mapping[str, Callable[[], object]],
        give_label: Callable[[str], None],
        keys: KeyMap,
        carry_out: Callable[[Callable[[], object]], None],
    ) -> None:
        super().__init__(window)
        self.keys = keys
        keys.changed.connect(self.apply_keys)
        self._window = window
        self._article = article
        self._handlers = handlers
        self._give_label = give_label
        self._carry_out = carry_out
        self._menus: dict[str, QMenu] = {}
        self._choices: dict[str, QActionGroup] = {}
        self._tagset: Tagset | None = None
        self._labels: list[tuple[Label, QAction]] = []
        self._page_handlers: Mapping[str, Callable[[], object]] | None = None
        self._page_label: Callable[[str], object] | None = None
        self._project = self._document = False
        self.actions: dict[str, QAction] = {}
        self._make_menus()
        for spec in ACTIONS:
            self._make_action(spec)
        self._menus["label"].addSeparator()
        self._menus["label"].addMenu(self._menus["label/labels"])
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text in the current language."""
        for name, text in MENUS:
            self._menus[name].setTitle(QCoreApplication.translate("menus", text))
        for spec in ACTIONS:
            self.actions[spec.id].setText(spec.shown())
        for label, action in self._labels:
            action.setText(caption(label.name(current_language())))

    def apply_keys(self) -> None:
        """Set the shortcuts in use on every action."""
        for spec in ACTIONS:
            self.actions[spec.id].setShortcuts(sequences(self.keys.keys(spec.id)))
        retranslate_all()

    def allow(self, *, project: bool, document: bool) -> None:
        """Enable the actions that are possible with the open project and document, or on the page that is shown."""
        self._project, self._document = project, document
        page = self._page_handlers
        there = {
            Needs.NOTHING: True,
            Needs.PROJECT: project,
            Needs.ARTICLES: project and page is None,
            Needs.DOCUMENT: document and page is None,
        }
        for spec in ACTIONS:
            self.actions[spec.id].setEnabled(there[spec.needs] or (page is not None and spec.id in page))
        labels = document if page is None else self._page_label is not None
        self._menus["label/labels"].setEnabled(labels)
        for _, action in self._labels:
            action.setEnabled(labels)

    def set_page(
        self,
        page: QWidget | None,
        handlers: Mapping[str, Callable[[], object]] | None = None,
        label: Callable[[str], object] | None = None,
    ) -> None:
        """Let a page in place of the articles handle these actions and, with label, the keys of labels.

        None returns to the articles. Meanwhile all other actions on articles are disabled: they would change articles
        that are not visible.
        """
        self._page_handlers = None if page is None else handlers or {}
        self._page_label = label
        if page is not None:
            # The keys of the article are heard in the widgets that have the action.
            own = [self.actions[action] for action in self._page_handlers or ()]
            page.addActions(own + ([action for _, action in self._labels] if label else []))
        self.allow(project=self._project, document=self._document)

    def tick(self, choice: str) -> None:
        """Check the action of a choice such as "language-ar"."""
        for spec in ACTIONS:
            if spec.choice == choice:
                self.actions[spec.id].setChecked(True)

    def set_tagset(self, tagset: Tagset | None) -> None:
        """Replace the label actions by those of a tagset, unless it is the same one."""
        if tagset == self._tagset:
            return
        self._tagset = tagset
        for _, action in self._labels:
            self._menus["label/labels"].removeAction(action)
            self._article.removeAction(action)
            action.deleteLater()
        self._labels = []
        self.keys.set_labels(tagset.labels if tagset else ())
        for label in tagset.labels if tagset else ():
            action = UnambiguousAction(caption(label.name(current_language())), self)
            action.setShortcuts(sequences((label.key,) if label.key else ()))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, label_id=label.id: self.give_label(label_id))
            self._menus["label/labels"].addAction(action)
            self._article.addAction(action)
            self._labels.append((label, action))

    def commands(self) -> list[QAction]:
        """Return every enabled action, labels included, for the command palette."""
        everything = [*self.actions.values(), *(action for _, action in self._labels)]
        return [action for action in everything if action.isEnabled()]

    def title(self, menu: str) -> str:
        """Return the title of a menu without its mnemonic."""
        return self._menus[menu].title().replace("&", "")

    def labels(self) -> tuple[Label, ...]:
        """Return the labels of the project in their order."""
        return tuple(label for label, _ in self._labels)

    def give_label(self, label_id: str) -> None:
        """Give a label, as its action does."""
        self._carry_out(partial(self._apply_label, label_id))

    def label_actions(self) -> list[QAction]:
        """Return the actions of the labels in their order."""
        return [action for _, action in self._labels]

    def _apply_label(self, label_id: str) -> None:
        (self._page_label or self._give_label)(label_id)

    def _call(self, action_id: str) -> None:
        (self._page_handlers or {}).get(action_id, self._handlers[action_id])()

    def _make_menus(self) -> None:
        for name, _ in MENUS:
            parent = name.rpartition("/")[0]
            menu = KeyMenu(self._menus.get(parent, self._window))
            self._menus[name] = menu
            if not parent:
                self._window.menuBar().addMenu(menu)

    def _make_action(self, spec: ActionSpec) -> None:
        action = UnambiguousAction(self)
        action.setObjectName(spec.id)
        action.setShortcuts(sequences(self.keys.keys(spec.id)))
        call = partial(self._call, spec.id)
        action.triggered.connect(lambda _checked=False: self._carry_out(call))
        if spec.scope is Scope.ARTICLE:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._article.addAction(action)
        else:
            self._window.addAction(action)
        if spec.choice:
            setting = spec.choice.partition("-")[0]
            group = self._choices.setdefault(setting, QActionGroup(self))
            action.setCheckable(True)
            group.addAction(action)
        if spec.menu:
            self._place(spec, action)
        self.actions[spec.id] = action

    def _place(self, spec: ActionSpec, action: QAction) -> None:
        menu = self._menus[spec.menu]
        parent = spec.menu.rpartition("/")[0]
        if parent and menu.isEmpty():
            self._menus[parent].addMenu(menu)
        before = [other for other in ACTIONS if other.menu == spec.menu and other.id in self.actions]
        if before and before[-1].group != spec.group:
            menu.addSeparator()
        menu.addAction(action)
