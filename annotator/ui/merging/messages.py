"""Messages about a merge: what was added, and what the annotators should settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from annotator.domain.model.annotation import Role
from annotator.domain.model.place import Place
from annotator.errors import UserError
from annotator.team.merge import MOST_SHOWN, ConflictingLabels, MergeConflicts, MergeReport, TeamNews
from annotator.ui.base.error_messages import error_text
from annotator.ui.base.i18n import digits, isolate, number_text
from annotator.ui.base.role_names import role_name


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A list of places, with a title in the language that is in use when it is called."""

    title: Callable[[], str]
    places: Sequence[Place]


class MergeMessages(QObject):
    """The messages in the current language; a QObject, because only its tr() knows plural forms."""

    def end(self, report: MergeReport, error: UserError | None, *, stopped: bool) -> list[str]:
        """Return how a merge ended."""
        if not (stopped or error):
            return self.lines(report)
        why = [self.tr("Merge stopped.")] if stopped else []
        why += [error_text(error)] if error else []
        if report.is_empty:
            return [*why, self.tr("Nothing was merged.")]
        rest = self.tr("What was merged so far was kept. Merge the copies again to add the rest.")
        return [*why, *self._came_in(report), rest]

    def lines(self, report: MergeReport) -> list[str]:
        """Return what was added, and then what is unsettled."""
        return [*self._came_in(report), *self.warnings(report), *self.unsettled(report.unsettled)]

    def _came_in(self, report: MergeReport) -> list[str]:
        return [
            digits(self.tr("%n article(s) added.", "", report.documents)),
            digits(self.tr("%n decision(s) added.", "", report.edits)),
        ]

    def warnings(self, report: MergeReport) -> list[str]:
        """Return what is wrong with the computers from which the copies come."""
        lines = [self._team_news(news) for news in report.team]
        for one in report.divided:
            said = self.tr(
                "{0} made decisions in two copies at the same time: {1} here and {2} in a copy. If these are "
                "two people, one of them must become a new person: on that computer, add the name under Team › "
                "People, and choose Work as this person."
            )
            lines.append(said.format(isolate(one.annotator), number_text(one.here), number_text(one.there)))
        for other in report.ahead:
            said = self.tr(
                "The clock on the computer of {0} is %n minute(s) fast, so decisions made there count as "
                "later than corrections made in other copies. Set that clock, and check the places concerned.",
                "",
                other.minutes,
            )
            lines.append(digits(said).format(isolate(other.annotator)))
        return lines

    def _team_news(self, news: TeamNews) -> str:
        """Return who gave whom which role, or who may see labels, and whether it counts."""
        by, name = isolate(news.by), isolate(news.name)
        role = role_name(Role(news.value)) if isinstance(news.value, str) else ""
        if not news.by:
            said = self.tr(
                "{0} has the role “{1}” in a copy, given with an earlier version. It does not count here. A lead can "
                "give it again under Team › People."
            )
            return said.format(name, role)
        if not news.name:
            said = (
                self.tr("{0} let annotators see each other's labels.")
                if news.value
                else self.tr("{0} hid the labels of annotators from each other.")
            )
        elif not role:
            said = self.tr("{0} undid a change of the role of {1}.")
        elif news.name == news.by:
            said = self.tr("{0} took the role “{2}”.")
        else:
            said = self.tr("{0} gave {1} the role “{2}”.")
        line = said.format(by, name, role)
        return line if news.counts else self.tr("{0} This does not count: only a lead can change it.").format(line)

    def unsettled(self, unsettled: MergeConflicts) -> list[str]:
        """Return what the annotators should settle, nothing if all is settled."""
        lines = []
        if strange := unsettled.labels_not_in_tagset:
            said = self.tr(
                "%n annotation(s) have a label that is no longer in the project: {0}. They were kept. Change "
                "their label, or add the label again.",
                "",
                sum(strange.values()),
            )
            lines.append(digits(said).format(self.tr(", ").join(isolate(label) for label in sorted(strange))))
        if unsettled.labels_kept:
            said = self.tr("Each label was deleted in some copy, so all were kept. Delete those you do not need.")
            lines.append(said)
        if others := unsettled.rejected.by_others:
            lines.append(
                digits(self.tr("%n place(s) were labelled by one annotator and rejected by another.", "", others))
            )
        if own := unsettled.rejected.by_oneself:
            said = self.tr(
                "%n place(s) were confirmed and rejected by one annotator in different copies. The labels "
                "were kept. Remove those that are wrong.",
                "",
                own,
            )
            lines.append(digits(said))
        return [*lines, *self._doubled(unsettled.doubled), *self._gold(unsettled)]

    def _gold(self, unsettled: MergeConflicts) -> list[str]:
        lines = []
        if outdated := unsettled.outdated:
            said = self.tr("%n settled article(s) have changed since. Settle what is left.", "", outdated)
            lines.append(digits(said))
        if competing := unsettled.competing:
            said = self.tr(
                "%n difference(s) were settled differently in separate copies. The later decision counts. Settle them "
                "again.",
                "",
                competing,
            )
            lines.append(digits(said))
        return lines

    def place_lists(self, unsettled: MergeConflicts) -> list[PlaceList]:
        """Return the lists of places that the counts are about, in the order of the messages."""
        titles: dict[str, Callable[[], str]] = {
            "labels_not_in_tagset": lambda: self.tr("Labels that are no longer in the project"),
            "rejected_by_others": lambda: self.tr("Labelled by one annotator, rejected by another"),
            "rejected_by_oneself": lambda: self.tr("Confirmed and rejected by one annotator"),
            "doubled": lambda: self.tr("More than one label by one annotator"),
            "outdated": lambda: self.tr("Changed after it was settled"),
            "competing": lambda: self.tr("Settled differently by two adjudicators"),
        }
        return [PlaceList(title, unsettled.places[name]) for name, title in titles.items() if name in unsettled.places]

    def _doubled(self, places: Sequence[ConflictingLabels]) -> list[str]:
        if not places:
            return []
        lines = [
            digits(
                self.tr(
                    "%n place(s) have more than one label by one annotator. Remove the wrong ones:", "", len(places)
                )
            )
        ]
        for place in places[:MOST_SHOWN]:
            labels = self.tr(", ").join(map(isolate, place.labels))
            said = self.tr("{0}: {1} ({2}), by {3}")
            lines.append(said.format(isolate(place.title), isolate(place.words), labels, isolate(place.annotator)))
        if rest := len(places[MOST_SHOWN:]):
            lines.append(digits(self.tr("And %n more.", "", rest)))
        return lines
