"""Messages about an import: what the files hold, and what was imported."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject

from annotator.services.importing.importer import ImportReport
from annotator.services.importing.preview import Preview, Sample
from annotator.ui.base.error_messages import error_text, place_text
from annotator.ui.base.i18n import date_text, digits, isolate
from annotator.ui.base.theme import Theme


class ImportMessages(QObject):
    """The messages in the current language; a QObject, because only its tr() knows plural forms."""

    def found(self, seen: Preview) -> str:
        """Return how much the files hold."""
        parts = [
            digits(self.tr("%n file(s)", "", seen.files)),
            digits(self.tr("%n article(s)", "", seen.articles)),
            digits(self.tr("%n annotation(s) in them", "", seen.annotations)),
        ]
        said = "   ·   ".join(parts)
        return said if seen.whole else self.tr("At least: {0}").format(said)

    def samples_page(self, samples: list[Sample], theme: Theme) -> str:
        """Return the first lines of some articles as rich text, from right to left."""
        shown = []
        for sample in samples:
            below = [part for part in (isolate(date_text(sample.date)), isolate(escape(sample.source))) if part]
            if sample.annotations:
                below.append(isolate(digits(self.tr("%n annotation(s)", "", sample.annotations))))
            head = f'<p style="margin:0;font-size:15px;font-weight:600">{escape(sample.title)}</p>'
            facts = f'<p style="margin:2px 0;font-size:12px;color:{theme.muted}">{" · ".join(below)}</p>'
            body = f'<p style="margin:2px 0 18px 0">{escape(sample.text)}</p>'
            shown.append((head if sample.title else "") + (facts if below else "") + body)
        return f'<div dir="rtl">{"".join(shown)}</div>'

    def result_lines(self, report: ImportReport, *, with_labels: bool) -> list[str]:
        """Return what was imported and what was not; with_labels is True if labels were to be imported."""
        lines = [digits(self.tr("%n article(s) added.", "", report.added))]
        if report.restored:
            lines.append(digits(self.tr("%n removed article(s) restored.", "", report.restored)))
        if report.repeated:
            lines.append(digits(self.tr("%n article(s) already in the project.", "", len(report.repeated))))
        if with_labels:
            lines.append(digits(self.tr("%n annotation(s) imported.", "", report.annotations)))
            if report.annotations_there:
                lines.append(digits(self.tr("%n annotation(s) already in the project.", "", report.annotations_there)))
        if report.ignored:
            lines.append(digits(self.tr("%n annotation(s) in the files were not imported.", "", report.ignored)))
        for label, count in sorted(report.dropped.items()):
            said = self.tr("Dropped as chosen: {0} with the label {1}.")
            lines.append(said.format(digits(count), isolate(label)))
        if report.notes:
            lines.append(digits(self.tr("%n note(s) imported.", "", report.notes)))
        elif report.notes_found:
            lines.append(digits(self.tr("%n note(s) in the files were not imported.", "", report.notes_found)))
        if report.skipped:
            lines.append(digits(self.tr("%n file(s) of unsupported types were skipped.", "", len(report.skipped))))
        if report.problems:
            lines.append(digits(self.tr("%n item(s) could not be imported:", "", len(report.problems))))
        return lines


def problem_lines(report: ImportReport, most: int | None = None) -> list[str]:
    """Return place and reason for each item that could not be imported, at most so many (None for all)."""
    return [f"{place_text(p.place)}: {error_text(p.message)}" for p in report.problems[:most]]
