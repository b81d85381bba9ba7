"""The page that shows what another annotator labelled in the open article. Nothing can be changed there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.domain.model.annotation import Role
from annotator.services.annotators import display_names
from annotator.session import ReviewItem, Session
from annotator.storage.project import Project
from annotator.ui.article.article_view import ArticleView
from annotator.ui.base.i18n import current_language, number_text
from annotator.ui.base.palette import PagePalette
from annotator.ui.base.plain_text import PlainLabel
from annotator.ui.base.theme import Theme
from annotator.ui.team.page import Page
from annotator.ui.widgets.elided_label import ElidedLabel


def may_see_others(project: Project, annotator: str) -> bool:
    """Return True if an annotator, given by id, may see what others labelled: by role, or because a lead allows it."""
    facts = project.team.facts()
    return facts.peers_visible or facts.role(annotator) is not Role.ANNOTATOR


class ForbiddenLabel(PlainLabel):
    """Says that this person may not see what others labelled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("emptyNote")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.hide()

    def retranslate(self) -> None:
        """Update the text to the current language."""
        self.setText(
            self.tr(
                "Only adjudicators and leads see what others labelled in this project. A lead gives roles under "
                "Team › People."
            )
        )


class LabelsPage(Page):
    """The open article with the labels of the annotator who is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create the page without a project."""
        super().__init__(parent)
        self._session: Session | None = None
        self.annotator = QComboBox(self)
        self.annotator.activated.connect(self._show)
        self.controls.addWidget(self.annotator)
        self.heading = ElidedLabel(self)
        self.heading.setObjectName("articleTitle")
        self.heading.setContentsMargins(16, 8, 16, 8)
        self.article = ArticleView(self)
        self.article.setObjectName("article")
        self.count = PlainLabel(self)
        self.count.setObjectName("quiet")
        self.forbidden = ForbiddenLabel(self)
        for widget, stretch in ((self.heading, 0), (self.article, 1), (self.count, 0), (self.forbidden, 1)):
            self.body.addWidget(widget, stretch)
        self.body.setSpacing(0)
        self.setFocusProxy(self.article)
        self.retranslate()

    def title(self) -> str:
        """Return the heading."""
        return self.tr("Labels of another annotator")

    def article_views(self) -> Sequence[ArticleView]:
        """Return the article, which follows the font and the text size."""
        return (self.article,)

    def begin(self, session: Session) -> None:
        """Show the open article, with the labels of the annotator who was chosen last."""
        self._session = session
        last = self.annotator.currentData()
        self.annotator.clear()
        for who, name in display_names(session.project.annotators.all()).items():
            if who != session.annotator.id:
                self.annotator.addItem(name, who)
        self.annotator.setCurrentIndex(max(self.annotator.findData(last), 0))
        allowed = may_see_others(session.project, session.annotator.id)
        for widget in (self.annotator, self.heading, self.article, self.count):
            widget.setVisible(allowed)
        self.forbidden.setVisible(not allowed)
        if allowed and session.document:
            self.heading.setText(session.document.title)
            self.article.set_tagset(session.tagset, current_language())
            self.article.set_document(session.document, session.tokens)
            self._show()

    def refresh(self) -> None:
        """Read the labels again."""
        if self._session is not None and self.article.isVisible():
            self._show()

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of a theme."""
        self.article.set_palette(PagePalette.of(theme))

    def retranslate(self) -> None:
        """Update all texts to the current language."""
        super().retranslate()
        self.forbidden.retranslate()
        self.annotator.setAccessibleName(self.tr("Annotator"))
        if self._session is not None:
            self.article.set_tagset(self._session.tagset, current_language())
            self._show()

    def _show(self) -> None:
        session, who = self._session, self.annotator.currentData()
        if session is None or session.document is None or who is None:
            self.article.set_items(())
            self.count.setText("")
            return
        given = session.project.log.annotations(session.document.id, who)
        self.article.set_items([ReviewItem(each.span, each.label, False, each.id, annotator=who) for each in given])
        self.count.setText(self.tr("Labels in this article: {0}").format(number_text(len(given))))
