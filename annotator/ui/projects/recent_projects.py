"""The recent projects, and what is known of each without opening it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.ui.base.current_project import CurrentProject
from annotator.ui.base.settings import Settings

_ARTICLES, _DONE, _DAY = "articles", "done", "day"


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project as it was closed: its articles (None if unknown), and those that the annotator has done."""

    path: Path
    articles: int | None = None
    done: int = 0
    day: datetime.date | None = None
    gone: bool = False


class RecentProjects(QObject):
    """Stores what the welcome page shows of projects."""

    def __init__(self, current: CurrentProject, settings: Settings, parent: QObject) -> None:
        """Store the state of each project when it is closed."""
        super().__init__(parent)
        self._current = current
        self._settings = settings
        current.closing.connect(self._note)

    def all(self) -> list[RecentProject]:
        """Return the recent projects, newest first, including files that no longer exist."""
        return [self._recent(path) for path in self._settings.recent(with_gone=True)]

    def forget(self, path: Path) -> None:
        """Remove a project from the list; its file is not touched."""
        self._settings.remove_recent(path)

    def _recent(self, path: Path) -> RecentProject:
        articles, done = (self._settings.project_value(path, name) for name in (_ARTICLES, _DONE))
        try:
            day = datetime.date.fromisoformat(self._settings.project_value(path, _DAY))
        except ValueError:
            day = None
        return RecentProject(
            path,
            int(articles) if articles.isdecimal() else None,
            int(done) if done.isdecimal() else 0,
            day,
            not path.exists(),
        )

    def _note(self) -> None:
        project = self._current.project
        if project is not None and not self._current.is_practice:
            work = project.contributions.by_annotator().get(self._current.annotator.id)
            articles, done = project.documents.count(), work.done if work else 0
            today = datetime.date.today().isoformat()
            self._settings.set_project_values(project.path, **{_ARTICLES: str(articles), _DONE: str(done), _DAY: today})
