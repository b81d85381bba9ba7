"""Articles of three sizes in real project files, and a window on them in which nothing runs behind the work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.suggestion import Suggestion
from annotator.services.document_metrics import metric_inputs
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext, available
from annotator.text.tokenizer import tokenize
from annotator.ui.window.main_window import MainWindow
from tests.ui.article.page_texts import SENTENCES, long_text

_BATCH = 5_000
LABELS = ("LOC", "ORG", "PERS", "ARMED")


@dataclass(frozen=True, slots=True)
class Size:
    """How long an article is, how many spans it has, and whether it has line ends."""

    characters: int
    spans: int
    paragraphs: bool = True

    def __str__(self) -> str:
        """Return the name that stands in the table."""
        return f"{self.characters}-{self.spans}" + ("" if self.paragraphs else "-one-paragraph")


SIZES = (Size(3_000, 25), Size(60_000, 500), Size(600_000, 5_000), Size(600_000, 5_000, paragraphs=False))


def make_sized_project(path: Path, *sizes: Size) -> Path:
    """Make a project with one article of each size, every suggester known to have answered."""
    with Project.create(path, load_tagset("security")) as project:
        names = available(SuggesterContext(project.tagset))
        for number, size in enumerate(sizes):
            text = f"خبر {number}\n" + long_text(size.characters, paragraphs=size.paragraphs)
            document = Document(document_id(text), text, title=f"خبر {number}", source="اختبار")
            project.documents.add(document)
            with project.transaction():
                for name in (*(name for name in names if name != "lexicon"), "lexicon"):
                    found = suggestions(text, size.spans) if name == "lexicon" else []
                    project.suggestions.replace(document.id, name, "1", found)
        ids = list(project.documents.ids())
        project.metrics.update(ids, metric_inputs(project), dict.fromkeys(ids, b""))
        project.metrics.set_repeats({}, len(ids))
    return path


def suggestions(text: str, count: int) -> list[Suggestion]:
    """Suggest so many words, evenly spread."""
    words = [token for token in tokenize(text) if token.text.isalpha()]
    step = len(words) // count
    chosen = words[:: max(step, 1)][:count]
    return [Suggestion(t.span, LABELS[n % len(LABELS)], 0.9, "lexicon", "1") for n, t in enumerate(chosen)]


def make_large_project(path: Path, documents: int) -> Path:
    """Make a project of many short articles with suggestions, every suggester known to have answered."""
    with Project.create(path, load_tagset("security")) as project:
        names = [*(name for name in available(SuggesterContext(project.tagset)) if name != "lexicon"), "lexicon"]
        body = SENTENCES[0]
        found = suggestions(body, 8)
        ids = []
        for first in range(0, documents, _BATCH):
            with project.transaction():
                texts = [f"{body}\nخبر {number}" for number in range(first, min(first + _BATCH, documents))]
                made = [Document(document_id(text), text, title=text[-20:], source="اختبار") for text in texts]
                project.documents.add_many(made)
                ids += [document.id for document in made]
                project.suggestions.replace_many(
                    (document.id, name, "1", found if name == "lexicon" else ()) for document in made for name in names
                )
        by = metric_inputs(project)
        for first in range(0, documents, _BATCH):
            some = ids[first : first + _BATCH]
            project.metrics.update(some, by, dict.fromkeys(some, b""))
        project.metrics.set_repeats({}, len(ids))
    return path


class Frames(QObject):
    """Counts the paints of some widgets; regions are what was painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.counts = dict.fromkeys(map(id, widgets), 0)
        self.regions: list[QRegion] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a paint."""
        if isinstance(event, QPaintEvent):
            self.counts[id(watched)] += 1
            self.regions.append(QRegion(event.region()))
        return False

    def wait(self, widget: QWidget, before: int) -> None:
        """Let events be handled until a widget was painted again, and all that is due with it."""
        while self.counts[id(widget)] == before:
            QCoreApplication.processEvents()
        QCoreApplication.processEvents()

    def of(self, widget: QWidget) -> int:
        """Return how often a widget was painted."""
        return self.counts[id(widget)]


def settle(window: MainWindow) -> None:
    """Handle all that is due in a window."""
    window.article.setFocus()
    for _ in range(3):
        QCoreApplication.processEvents()
