"""What the window says of a merge: what came in, and what it leaves for people to settle."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.team.merge import MergeReport, Unsettled
from annotator.ui.i18n import digits, isolate


class MergeWords(QObject):
    """Says what a merge did; an object, since Qt's tools find plural forms only where an object translates."""

    def lines(self, report: MergeReport) -> list[str]:
        """Say what came in, and then what is unsettled."""
        return [
            digits(self.tr("%n article(s) came in.", "", report.documents)),
            digits(self.tr("%n decision(s) came in.", "", report.edits)),
            *self.unsettled(report.unsettled),
        ]

    def unsettled(self, unsettled: Unsettled) -> list[str]:
        """Say what there is to settle, nothing where there is nothing."""
        lines = []
        if strange := unsettled.labels_not_in_tagset:
            said = self.tr(
                "%n annotation(s) have a label that the project does not have any more: {0}. They stay; give them "
                "another label, or add the label again.",
                "",
                sum(strange.values()),
            )
            lines.append(digits(said).format(self.tr(", ").join(isolate(label) for label in sorted(strange))))
        if unsettled.labels_kept:
            said = self.tr(
                "Every label was removed on one copy or another, so all of them stay; remove those that are not wanted."
            )
            lines.append(said)
        if others := unsettled.rejected.by_others:
            lines.append(
                digits(self.tr("%n place(s) were labelled by one annotator and rejected by another.", "", others))
            )
        if own := unsettled.rejected.by_oneself:
            said = self.tr(
                "%n place(s) were confirmed and rejected by one annotator, on different copies. The labels stay; "
                "remove those that are wrong.",
                "",
                own,
            )
            lines.append(digits(said))
        return lines
