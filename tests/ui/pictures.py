"""Pictures of every dialog and of the window, for whoever judges how they look: python -m tests.ui.pictures FOLDER

In Arabic and English, in each theme, at 1x and 2x; names of dialogs behind the folder ask for these alone.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QSize
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QDialog, QInputDialog, QWidget

from annotator import app as program
from annotator.domain.label_check.case import LabelRule
from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.document import document_id
from annotator.domain.model.place import GivenLabel, Place
from annotator.domain.model.span import Span
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.domain.team.roles import TeamFacts
from annotator.services.team.identity import Doubt, Identity
from annotator.session import Session
from annotator.storage.file.backup_folder import BackupSettings
from annotator.storage.project import Project
from annotator.storage.recovery.backup import back_up
from annotator.storage.tables.removals import RemovedDocument
from annotator.team.adjudication import Rejections
from annotator.team.merge import MergeConflicts, MergeReport
from annotator.ui.base.i18n import set_language
from annotator.ui.base.jobs import Jobs
from annotator.ui.base.key_map import KeyMap
from annotator.ui.base.settings import Settings
from annotator.ui.base.theme import CHOICES, Theme, apply_theme, resolve
from annotator.ui.exporting.dialog import ExportDialog
from annotator.ui.importing.dialog import ImportDialog
from annotator.ui.importing.options_page import LabelImport
from annotator.ui.label_check.page import LabelCheckPage
from annotator.ui.label_check.rules_dialog import RulesDialog
from annotator.ui.merging.dialog import MergeDialog
from annotator.ui.merging.messages import MergeMessages
from annotator.ui.models.dialog import ModelsDialog
from annotator.ui.models.model_jobs import ModelJobs
from annotator.ui.models.suggester_list import ProjectFacts
from annotator.ui.notes.dialog import NotesDialog
from annotator.ui.projects.backup_dialog import BackupDialog
from annotator.ui.projects.new_project_dialog import NewProjectDialog
from annotator.ui.projects.recent_projects import RecentProject
from annotator.ui.projects.welcome import WelcomePage
from annotator.ui.search.concordance_dialog import ConcordanceDialog
from annotator.ui.search.label_all_dialog import LabelAllDialog, LabelAllQuery
from annotator.ui.search.places_dialog import PlacesDialog
from annotator.ui.shortcuts.command_palette import CommandPalette
from annotator.ui.shortcuts.dialog import ShortcutsDialog
from annotator.ui.shortcuts.keys_dialog import KeysDialog
from annotator.ui.tagset.dialog import TagsetDialog
from annotator.ui.tagset.guideline_dialog import GuidelineDialog
from annotator.ui.team.carrier_dialog import CarrierDialog
from annotator.ui.team.identity_dialog import IdentityDialog
from annotator.ui.team.people_dialog import PeopleDialog
from annotator.ui.widgets.prompts import NumberPrompt, text_prompt
from annotator.ui.widgets.rich_text import about_page
from annotator.ui.widgets.rich_text_dialog import RichTextDialog
from annotator.ui.window.bug_dialog import BugDialog
from annotator.ui.window.manual import ManualDialog
from annotator.ui.window.rejected_dialog import RejectedDialog
from annotator.ui.window.remove_articles import RemovedArticlesDialog
from tests.ui.conftest import ANNOTATOR, FIRST, make_project
from tests.ui.label_check.projects import labelled_project

THEMES = tuple(choice for choice in CHOICES if choice != "system")
LANGUAGES = ("ar", "en")
SCALES = (1.0, 2.0)
ARTICLES = (
    {
        "title": "انفجار في بغداد يوقع قتلى",
        "date": "2021-04-03",
        "source": "اختبار",
        "text": "انفجار في بغداد يوقع قتلى\nقتل شخصان في الموصل أمس، وفق ما قاله ضابط، وانتشرت القوات في محيط المدينة.",
        "spans": [[10, 15, "GPE"], [0, 6, "EVENT"]],
    },
    {"title": "هدوء في دمشق", "text": "هدوء في دمشق\nعاد الهدوء بعد ليلة متوترة.", "spans": [[8, 12, "GPE"]]},
)

_CITIES = ("بغداد", "كركوك", "الموصل", "البصرة", "أربيل", "تكريت", "الرمادي", "النجف")
CHECKED = tuple(
    f"انفجار في [{'ORG' if number % 23 == 7 else 'LOC'} {city}] يوقع قتلى\nقتل {number} في [LOC {city}] أمس وفق ما "
    f"قاله ضابط، وانتشرت القوات في محيط [LOC {'مدينة ' if number % 9 == 5 else ''}{_CITIES[number % 7]}"
    f"{'،]' if number % 11 == 3 else '],'} بعد الهجوم."
    for number, city in enumerate(_CITIES * 12)
)


class Stage:
    """A project with labels, a copy of it, and articles to import: what the dialogs are about."""

    def __init__(self, folder: Path) -> None:
        """Make it in an empty folder."""
        self.folder = folder
        self.articles = folder / "articles"
        self.articles.mkdir()
        lines = (json.dumps(article, ensure_ascii=False) for article in ARTICLES)
        (self.articles / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
        (self.articles / "gold.conll").write_text("بغداد\tB-GPE\nعاصمة\tO\n\nدمشق\tB-LOC\n\n" * 9, encoding="utf-8")
        (self.articles / "صورة.png").write_bytes(b"\x89PNG\x00")
        self.copy = make_project(folder / "from-salma.annot")
        self.project = Project.open(make_project(folder / "أخبار.annot"))
        self.session = Session(self.project, ANNOTATOR)
        self.session.open(next(self.project.documents.ids()))
        for _ in range(3):
            self.session.confirm()
        self.settings = Settings(folder / "window.ini")
        self.window = QWidget()
        self.keys = KeyMap(Settings(folder / "keys.ini"), self.window)
        self.work = ModelJobs(folder / "models", self.window)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the project."""
        self.work.close()
        self.project.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    @staticmethod
    def settle(dialog: QWidget) -> None:
        """Wait until a dialog has nothing left to look for, however long that takes, and has laid itself out."""
        while any(jobs.is_busy() for jobs in dialog.findChildren(Jobs)):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.processEvents()


Make = Callable[[Stage, Theme], QDialog]


def _models(stage: Stage, theme: Theme) -> ModelsDialog:
    measured = {"combined": MeasuredPrecision(187, 214), "starter": MeasuredPrecision(1870, 2140)}
    return ModelsDialog(stage.work, lambda: True, facts=lambda: ProjectFacts(stage.project.id, measured))


def _camel(stage: Stage, theme: Theme) -> ModelsDialog:
    dialog = _models(stage, theme)
    dialog.suggesters.choose("camel")
    return dialog


def _importing(stage: Stage, theme: Theme) -> QDialog:
    """Look into articles with labels that the project lacks."""
    people = [ANNOTATOR.name, "Omar"]
    dialog = ImportDialog([stage.articles], stage.project.path, stage.project.tagset, people, theme, stage.settings)
    dialog.options.choose(LabelImport.TAKE)
    return dialog


def _exporting(stage: Stage, _theme: Theme) -> QDialog:
    """Ask for a corpus in which names are replaced."""
    dialog = ExportDialog(stage.project, stage.settings)
    dialog.selection.replace_names("PERS")
    dialog.split.corpus.setChecked(True)
    dialog.more.setChecked(True)
    return dialog


def _everywhere(stage: Stage, theme: Theme) -> QDialog:
    """Look for a name."""
    assert stage.session.document
    at = FIRST.index("كركوك")
    errand = LabelAllQuery("كركوك", "LOC", stage.session.document, Span(at, at + 5))
    return LabelAllDialog(stage.project, ANNOTATOR, errand, theme)


def _merging(stage: Stage, _theme: Theme) -> QDialog:
    """Look into a copy, and into something that is none."""
    dialog = MergeDialog(stage.project.path)
    dialog.add([stage.copy, stage.articles / "news.jsonl"])
    return dialog


def _merged(stage: Stage, _theme: Theme) -> QDialog:
    """Show the result of a merge with places to settle."""
    place = Place(stage.session.document.id if stage.session.document else "", Span(0, 5))
    unsettled = MergeConflicts(
        rejected=Rejections(152, 3),
        outdated=2,
        competing=1,
        places={"rejected_by_others": (place,) * 152, "rejected_by_oneself": (place,) * 3, "competing": (place,)},
    )
    messages = MergeMessages(stage.window)
    dialog = MergeDialog(stage.project.path)
    dialog.show_result(messages.lines(MergeReport(documents=3, edits=1204, unsettled=unsettled)))
    dialog.offer_places(messages.place_lists(unsettled), lambda _: None)
    return dialog


def _keys(stage: Stage, _theme: Theme) -> QDialog:
    """Show the keys with those of the labels."""
    stage.keys.set_labels(stage.project.tagset.labels)
    return ShortcutsDialog(stage.keys, stage.project.tagset.labels)


def _shortcuts(stage: Stage, _theme: Theme) -> QDialog:
    """Show the keys in use."""
    stage.keys.set_labels(stage.project.tagset.labels)
    return KeysDialog(stage.keys, stage.project.tagset.labels)


def _places(stage: Stage, theme: Theme) -> QDialog:
    """List a name that two gave different labels, and a whole article."""
    dialog = PlacesDialog(stage.project, theme)
    given = (GivenLabel(ANNOTATOR.id, "LOC"), GivenLabel(ANNOTATOR.id, ""))
    places = [
        Place(document_id(FIRST), Span(at, at + 5), given) for at in (FIRST.index("كركوك"), FIRST.index("العميد") + 1)
    ]
    dialog.show_places(lambda: "سلمى × عمر", [*places, Place(document_id(FIRST))])
    return dialog


def _question(stage: Stage, _theme: Theme) -> QDialog:
    """Ask for a name."""
    return text_prompt(stage.window, "الاسم", "الاسم", "سلمى")


def _identity(doubt: Doubt) -> IdentityDialog:
    """Ask who works in a copy."""
    people = [] if doubt is Doubt.NEW else [ANNOTATOR, Annotator("o", "Omar")]
    return IdentityDialog(Identity(ANNOTATOR, doubt), people)


def _carrier() -> CarrierDialog:
    """Show an address that is refused."""
    dialog = CarrierDialog("postgresql://salma:secret@db.example.org/news", Path("/tmp"))  # noqa: S108 - not written
    dialog.accept()
    return dialog


def _people(stage: Stage, _theme: Theme) -> PeopleDialog:
    """Show a lead and an annotator."""
    dialog = PeopleDialog()
    dialog.show_people([ANNOTATOR, Annotator("o", "Omar")], TeamFacts({ANNOTATOR.id: Role.LEAD}), ANNOTATOR.id)
    return dialog


def _backups(stage: Stage, theme: Theme) -> BackupDialog:
    """Return the dialog of a project that has a backup."""
    back_up(stage.project.path)
    return BackupDialog(BackupSettings(Path.home() / ".local" / "share" / "annotator" / "backups"), stage.project.path)


def _rejected(stage: Stage, theme: Theme) -> QDialog:
    """Reject a suggestion, if none is rejected yet."""
    if not stage.session.rejected:
        stage.session.reject()
    return RejectedDialog(stage.session, theme)


def _removed(stage: Stage, theme: Theme) -> RemovedArticlesDialog:
    """List three removed articles, one without a title."""
    dialog = RemovedArticlesDialog()
    day, ms = datetime.date(2020, 4, 17), 1_775_000_000_000
    documents = [
        RemovedDocument("1", "مقتل عنصر من الشرطة العراقية وإصابة اثنين بهجوم مسلح جنوبي كركوك", day, "", "o", ms),
        RemovedDocument("2", "", None, "قال مصدر أمني إن قوة من الجيش فككت عبوة ناسفة في ديالى", ANNOTATOR.id, ms),
        RemovedDocument("3", "هدوء في بغداد", day, "", "", 0),
    ]
    dialog.show_documents(documents, {ANNOTATOR.id: ANNOTATOR.name, "o": "Omar"})
    return dialog


def _rules(stage: Stage, theme: Theme) -> RulesDialog:
    """Show two rules, one with a pattern that cannot be used, and an empty one."""
    rules = [LabelRule("1", "وزارة (?:الداخلية|الدفاع)", "ORG"), LabelRule("2", r"\d{4}(", "")]
    dialog = RulesDialog(rules, stage.project.tagset, theme)
    dialog.add.click()
    dialog.accept()
    return dialog


MAKERS: dict[str, tuple[type[QDialog], Make]] = {
    "manual": (ManualDialog, lambda stage, theme: _manual("editor.md")),
    "manual-keys": (ManualDialog, lambda stage, theme: _manual("keys.md")),
    "manual-plugins": (ManualDialog, lambda stage, theme: _manual("plugins.md")),
    "about": (RichTextDialog, lambda stage, theme: RichTextDialog("Annotation editor", about_page(theme))),
    "backups": (BackupDialog, _backups),
    "bug": (BugDialog, lambda stage, theme: BugDialog("Traceback")),
    "commands": (CommandPalette, lambda stage, theme: CommandPalette([QAction("تراجع", stage.window)])),
    "concordance": (ConcordanceDialog, lambda stage, theme: ConcordanceDialog(stage.session, theme)),
    "everywhere": (LabelAllDialog, _everywhere),
    "export": (ExportDialog, lambda stage, theme: ExportDialog(stage.project, stage.settings)),
    "export-corpus": (ExportDialog, _exporting),
    "guideline": (GuidelineDialog, lambda stage, theme: GuidelineDialog(stage.project, theme)),
    "import": (ImportDialog, _importing),
    "shortcuts": (KeysDialog, _shortcuts),
    "keys": (ShortcutsDialog, _keys),
    "merge": (MergeDialog, _merging),
    "merge-result": (MergeDialog, _merged),
    "models": (ModelsDialog, _models),
    "models-camel": (ModelsDialog, _camel),
    "new": (NewProjectDialog, lambda stage, theme: NewProjectDialog(Path("/tmp"), None, 3)),  # noqa: S108
    "carrier": (CarrierDialog, lambda stage, theme: _carrier()),
    "identity": (IdentityDialog, lambda stage, theme: _identity(Doubt.ELSEWHERE)),
    "identity-first": (IdentityDialog, lambda stage, theme: _identity(Doubt.NEW)),
    "people": (PeopleDialog, _people),
    "notes": (NotesDialog, lambda stage, theme: NotesDialog(stage.session, theme)),
    "number": (NumberPrompt, lambda stage, theme: NumberPrompt(stage.window, "مقالة", "رقم المقالة", 3, 17)),
    "places": (PlacesDialog, _places),
    "question": (QInputDialog, _question),
    "rejected": (RejectedDialog, _rejected),
    "rules": (RulesDialog, _rules),
    "removed": (RemovedArticlesDialog, _removed),
    "tagset": (TagsetDialog, lambda stage, theme: TagsetDialog(stage.project, theme)),
}
"""How each dialog is made; a class may have several."""


def picture(widget: QWidget, path: Path, scale: float) -> None:
    """Write a picture of a widget, scale pixels for each device-independent one."""
    image = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    widget.render(image, QPoint())
    image.save(str(path))


def main(folder: Path, names: list[str]) -> None:
    """Write all pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = program._application()
    folder.mkdir(parents=True, exist_ok=True)
    kept: list[QWidget] = []  # A window that Python lets go of in the midst of its own events takes the program along.
    with TemporaryDirectory() as aside, Stage(Path(aside)) as stage:
        for language in LANGUAGES:
            for theme in THEMES:
                set_language(application, language)
                apply_theme(application, resolve(theme))
                QCoreApplication.processEvents()  # Else what is made now hears of the new language too late.
                shown: dict[str, QWidget] = {
                    name: make(stage, resolve(theme))
                    for name, (_, make) in MAKERS.items()
                    if not names or name in names
                }
                if not names or "welcome" in names:
                    shown["welcome"] = _welcome(stage)
                kept += shown.values()
                for name, widget in shown.items():
                    widget.show()
                    stage.settle(widget)
                    for scale in SCALES:
                        picture(widget, folder / f"{name}-{language}-{theme}-{scale:.0f}x.png", scale)
                    widget.close()
                for name, page in _label_checks(stage, resolve(theme), names):
                    kept.append(page)
                    for scale in SCALES:
                        picture(page, folder / f"{name}-{language}-{theme}-{scale:.0f}x.png", scale)
                    page.close()
                if not names or "window" in names:
                    for scale in SCALES:
                        path = folder / f"window-{language}-{theme}-{scale:.0f}x.png"
                        program.picture(
                            stage.project.path, path, None, program.PictureOptions(language, theme, scale=scale)
                        )


def _manual(name: str) -> ManualDialog:
    """Return the manual, opened at a page."""
    dialog = ManualDialog()
    dialog.open_page(name)
    return dialog


def _label_checks(stage: Stage, theme: Theme, names: list[str]) -> Iterator[tuple[str, LabelCheckPage]]:
    """Yield the page of the label check: with many cases, with none, and while the labels are checked."""
    for name, texts in (("check", CHECKED), ("check-none", CHECKED[:3]), ("check-running", CHECKED)):
        if names and name not in names:
            continue
        path = labelled_project(stage.folder / f"{name}.annot", texts)
        with Project.open(path) as project:
            page = LabelCheckPage()
            page.resize(QSize(1280, 800))
            page.set_theme(theme)
            page.begin(Session(project, ANNOTATOR))
            page.show()
            if name == "check-running":
                page.bar.show_progress(2, 5)
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            else:
                stage.settle(page)
            yield name, page
            page.end()
            page.jobs.wait()


def _welcome(stage: Stage) -> QWidget:
    """Return the page with recent projects, one of which is gone."""
    page = WelcomePage()
    page.resize(QSize(1000, 760))
    day = datetime.date(2026, 11, 20)
    gone = RecentProject(stage.folder / "قديم.annot", gone=True)
    page.set_recent([RecentProject(stage.project.path, 1204, 380, day), RecentProject(stage.copy, 17, 0, day), gone])
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
