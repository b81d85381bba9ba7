"""Agreement as tables, JSON, CSV and a web page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from annotator.domain.model.place import GOLD
from annotator.services.team.agreement import (
    MEASURES,
    AgreementReport,
    DocumentAgreement,
    LabelAgreement,
    PairAgreement,
)
from annotator.services.team.bootstrap import Estimate
from annotator.services.team.html_page import heading, heat_table, html_page, interval_plot, interval_text, paragraph
from annotator.services.team.html_page import table as html_table
from annotator.team.differences import DifferenceKind

Value = str | int | float | None
NOTHING = "nothing"
"""Stands for the label of an annotator who gave none."""
KIND_NAMES: Mapping[DifferenceKind, str] = {
    DifferenceKind.LABEL: "label",
    DifferenceKind.BOUNDARY: "boundary",
    DifferenceKind.CLITIC: "clitic only",
    DifferenceKind.BOTH: "label and boundary",
    DifferenceKind.ONE_SIDE: "one side only",
}
_KINDS = tuple(DifferenceKind)


class By(StrEnum):
    """What the rows of a table are."""

    PAIR = "pair"
    LABEL = "label"
    DOCUMENT = "document"


def to_json(report: AgreementReport, names: Mapping[str, str], by: By) -> dict[str, Any]:
    """Return a report as JSON values: what concerns all, and a list by pair, label or document.

    names has the names of annotators by id.
    """
    lists: Mapping[By, Callable[[], list[dict[str, Any]]]] = {
        By.PAIR: lambda: [
            {"annotators": [names.get(who, who) for who in pair], "ids": list(pair), **_pair_json(each)}
            for pair, each in report.pairs.items()
        ],
        By.LABEL: lambda: [{"label": label, **_label_json(each)} for label, each in report.labels.items()],
        By.DOCUMENT: lambda: [_document_json(each) for each in report.documents],
    }
    gold = [{"annotator": names.get(who, who), "id": who, **_pair_json(each)} for who, each in report.gold.items()]
    return {
        "annotators": [{"id": who, "name": names.get(who, who)} for who in report.annotators],
        "documents": report.overall.documents,
        "overall": _pair_json(report.overall),
        "krippendorff_alpha": report.alpha.estimate.to_json(),
        "fleiss_kappa": {
            "estimate": report.fleiss.estimate.to_json(),
            "documents": report.fleiss.documents,
            "annotators": report.fleiss.raters,
        },
        f"by_{by}": lists[by](),
        "against_gold": gold,
    }


def _pair_json(pair: PairAgreement) -> dict[str, Any]:
    return {
        "documents": pair.documents,
        "tokens": pair.counts.tokens if "kappa" in pair.measures else None,
        "spans": [pair.counts.first, pair.counts.second],
        **{name: estimate.to_json() for name, estimate in pair.measures.items()},
        "differences": {kind.value: pair.kinds[kind] for kind in _KINDS},
        "confusion": [[one, other, count] for (one, other), count in sorted(pair.confusion.items())],
    }


def _label_json(label: LabelAgreement) -> dict[str, Any]:
    return {
        "spans": [label.counts.first, label.counts.second],
        "f1": label.f1.to_json(),
        "overlap_f1": label.overlap_f1.to_json(),
    }


def _document_json(document: DocumentAgreement) -> dict[str, Any]:
    counts = document.counts
    measures = {"f1": counts.f1, "unlabelled_f1": counts.unlabelled_f1, "overlap_f1": counts.overlap_f1}
    return {
        "document": document.document,
        "title": document.title,
        "annotators": document.annotators,
        **{name: None if value is None else round(value, 6) for name, value in measures.items()},
        "differences": {kind.value: document.kinds.get(kind, 0) for kind in _KINDS},
    }


def to_csv(report: AgreementReport, names: Mapping[str, str], by: By) -> str:
    """Return a table as CSV with a heading, for a spreadsheet; undefined measures are empty.

    Each measure with an interval has three columns: f1, f1_low and f1_high.
    """
    head, rows = _CSV[by](report, names)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([["" if value is None else _spreadsheet(value) for value in row] for row in rows])
    return out.getvalue()


def _spreadsheet(value: Value) -> Value:
    """Return a text so that no spreadsheet takes it for a formula, as the guide of OWASP to CSV injection says."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _pairs_csv(report: AgreementReport, names: Mapping[str, str]) -> tuple[list[str], list[list[Value]]]:
    measures = [*MEASURES, "kappa"]
    head = ["first", "second", "documents", "tokens", "first_spans", "second_spans"]
    head += [f"{name}{end}" for name in measures for end in ("", "_low", "_high")] + [kind.value for kind in _KINDS]
    listed = [*report.pairs.items(), *(((who, GOLD), each) for who, each in report.gold.items())]
    rows: list[list[Value]] = []
    for (one, other), each in listed:
        given = [names.get(one, one), names.get(other, other) if other != GOLD else "gold"]
        counts = [each.documents, each.counts.tokens, each.counts.first, each.counts.second]
        ends = [end for name in measures for end in _ends(each.measures[name])]
        rows.append([*given, *counts, *ends, *(each.kinds[kind] for kind in _KINDS)])
    return head, rows


def _labels_csv(report: AgreementReport, names: Mapping[str, str]) -> tuple[list[str], list[list[Value]]]:  # noqa: ARG001
    measures = [f"{name}{end}" for name in ("f1", "overlap_f1") for end in ("", "_low", "_high")]
    rows: list[list[Value]] = [
        [label, each.counts.first, each.counts.second, *_ends(each.f1), *_ends(each.overlap_f1)]
        for label, each in report.labels.items()
    ]
    return ["label", "first_spans", "second_spans", *measures], rows


def _documents_csv(report: AgreementReport, names: Mapping[str, str]) -> tuple[list[str], list[list[Value]]]:  # noqa: ARG001
    rows: list[list[Value]] = []
    for each in report.documents:
        counts = each.counts
        measures = [counts.f1, counts.unlabelled_f1, counts.overlap_f1]
        kinds = [each.kinds.get(kind, 0) for kind in _KINDS]
        rows.append([each.document, each.title, each.annotators, *measures, *kinds])
    head = ["document", "title", "annotators", "f1", "unlabelled_f1", "overlap_f1", *(kind.value for kind in _KINDS)]
    return head, rows


_CSV = {By.PAIR: _pairs_csv, By.LABEL: _labels_csv, By.DOCUMENT: _documents_csv}


def _ends(estimate: Estimate) -> tuple[float | None, float | None, float | None]:
    return estimate.value, estimate.low, estimate.high


def estimate_text(estimate: Estimate) -> str:
    """Return a measure with its interval: "0.812 (0.790-0.834)", or "-" if it is undefined."""
    return interval_text(_ends(estimate))


def table(report: AgreementReport, names: Mapping[str, str], by: By) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Return the heading and rows of a table for reading."""
    if by is By.LABEL:
        return ("label", "spans", "F1", "overlap F1"), [
            (
                label,
                f"{each.counts.first:,}/{each.counts.second:,}",
                estimate_text(each.f1),
                estimate_text(each.overlap_f1),
            )
            for label, each in report.labels.items()
        ]
    if by is By.DOCUMENT:
        return ("article", "title", "annotators", "F1", "overlap F1", "differences"), [
            (
                each.document[:12],
                each.title,
                f"{each.annotators}",
                estimate_text(Estimate(each.counts.f1)),
                estimate_text(Estimate(each.counts.overlap_f1)),
                f"{sum(each.kinds.values()):,}",
            )
            for each in report.documents
        ]
    return _PAIR_HEAD, [
        (*(names.get(who, who) for who in pair), *_pair_cells(each)) for pair, each in report.pairs.items()
    ]


_PAIR_HEAD = ("annotators", "", "articles", "F1", "ignoring labels", "overlap F1", "kappa", "differences")


def _pair_cells(pair: PairAgreement) -> tuple[str, ...]:
    measures = (pair.measures[name] for name in ("f1", "unlabelled_f1", "overlap_f1", "kappa"))
    return f"{pair.documents:,}", *map(estimate_text, measures), f"{pair.kinds.total():,}"


def gold_table(report: AgreementReport, names: Mapping[str, str]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Return the heading and rows of each annotator's agreement with the gold layer."""
    rows = [(names.get(who, who), *_pair_cells(each)) for who, each in report.gold.items()]
    return ("annotator against gold", *_PAIR_HEAD[2:]), rows


def summary(report: AgreementReport) -> list[str]:
    """Return sentences about all annotators together."""
    measures, fleiss = report.overall.measures, report.fleiss
    kinds = ", ".join(f"{KIND_NAMES[kind]} {report.overall.kinds[kind]:,}" for kind in _KINDS)
    lines = [
        f"All pairs: F1 {estimate_text(measures['f1'])}, ignoring labels {estimate_text(measures['unlabelled_f1'])}, "
        f"overlap F1 {estimate_text(measures['overlap_f1'])}.",
        f"Krippendorff's alpha {estimate_text(report.alpha.estimate)} over {report.alpha.documents:,} articles. "
        f"Fleiss' kappa {estimate_text(fleiss.estimate)} over {fleiss.documents:,} articles with {fleiss.raters} "
        "annotators each.",
        f"Differences: {kinds}.",
    ]
    counts = report.overall.counts
    if counts.accepted and counts.by_hand:
        lines.append(
            f"The other annotator also gave {estimate_text(measures['accepted'])} of the accepted suggestions, and "
            f"{estimate_text(measures['by_hand'])} of the spans added by hand. The pull of suggestions is "
            f"{estimate_text(measures['pull'])}."
        )
    return lines


def to_html(report: AgreementReport, names: Mapping[str, str], title: str) -> str:
    """Return a report as a web page without scripts or references to other files."""
    sections = [paragraph(line) for line in summary(report)]
    sections.append(paragraph("In brackets: 95% intervals of a bootstrap over articles, 1,000 draws."))
    pairs = {_pair_name(*(names.get(who, who) for who in pair)): each for pair, each in report.pairs.items()}
    sections += [heading("Pairs"), interval_plot((name, _ends(each.measures["f1"])) for name, each in pairs.items())]
    sections += [
        html_table(*_widened(table(report, names, By.PAIR))),
        heading("Labels"),
        interval_plot((label, _ends(each.f1)) for label, each in report.labels.items()),
        html_table(*table(report, names, By.LABEL)),
        heading("Differences"),
        html_table(
            ("annotators", *(KIND_NAMES[kind] for kind in _KINDS)),
            [(name, *(each.kinds[kind] for kind in _KINDS)) for name, each in pairs.items()],
        ),
        heading("Confusion of labels"),
        paragraph(f"Places that have two labels, all pairs together. “{NOTHING}”: only one annotator gave a label."),
        _confusion(report.overall),
    ]
    if report.gold:
        sections += [heading("Each annotator against gold"), html_table(*gold_table(report, names))]
    sections += [heading("Articles"), html_table(*table(report, names, By.DOCUMENT))]
    return html_page(title, sections)


def _widened(made: tuple[Sequence[str], list[tuple[str, ...]]]) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Return the table of pairs with both names in one column."""
    (_, _, *head), rows = made
    return ("annotators", *head), [(_pair_name(one, other), *rest) for one, other, *rest in rows]


def _pair_name(one: str, other: str) -> str:
    """Return two names, each in a bidi isolate, because one may be Arabic and the other English.

    The mark before them keeps the first one first: dir="auto" looks into isolates.
    """
    return f"\u200e\u2068{one}\u2069 – \u2068{other}\u2069"


def _confusion(pair: PairAgreement) -> str:
    labels = sorted({label for both in pair.confusion for label in both if label})

    def count(one: str, other: str) -> int:
        return pair.confusion[one, other] if one == other else pair.confusion[one, other] + pair.confusion[other, one]

    columns = [*labels, ""]
    rows = [(label or NOTHING, [count(label, other) for other in columns]) for label in columns]
    return heat_table([label or NOTHING for label in columns], rows)
