"""The dataset card (README.md) and statistics (stats.json) of a dataset folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator import __version__
from annotator.domain.corpus.split import Side, SplitExclusion, SplitRule
from annotator.domain.corpus.statistics import balance, combined, count_by_side, documents_by_period
from annotator.domain.plurals import pluralise
from annotator.domain.review.document_state import Documents
from annotator.domain.tagset.tagset import Tagset
from annotator.domain.team.adjudication_state import voters
from annotator.formats.base.deviation import DeviationKind
from annotator.formats.tabular.dataset_card import DatasetCard, render
from annotator.formats.tabular.parquet import DETAILS
from annotator.services.corpus.corpus_report import CARD, CorpusReport
from annotator.services.corpus.split_project import SplitResult
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.services.exporting.selection import Resolution
from annotator.services.team.agreement import PairAgreement, agreement_in
from annotator.storage.project import Project

STATS = "stats.json"
LOADABLE = frozenset({"huggingface", "parquet", "json", "jsonl", "csv", "doccano", "label-studio", "prodigy"})
"""The formats that datasets.load_dataset reads without further arguments."""
_CHUNK = 100

_COLUMNS = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
_NEEDS = "The datasets library reads this format from version 5.2 on. Each row is a sentence."

_RULES = {
    SplitRule.HASH: (
        "Each document's split follows from the SHA-256 of the seed and its text, so no document moves when others are "
        "imported later. Near-duplicates of documents that were imported before them are in the same split."
    ),
    SplitRule.LABEL: (
        "The splits are stratified by label (iterative stratification after Sechidis et al. 2011, counting entities, "
        "followed by single moves that reduce the error). Near-duplicates were kept together. Documents that are added "
        "later keep the assignments with --manifest."
    ),
    SplitRule.DATE: (
        "By date: each split is newer than the one before it. Near-duplicates were kept together, by the newest of "
        "them, so a split may contain older documents too."
    ),
    SplitRule.SOURCE: (
        "By source: no source is in two splits. If sources in two splits printed the same story, test keeps it before "
        "dev, and dev before train."
    ),
}
_MEASURE = (
    "Near-duplicates share 7 of 10 shingles of five normalised words, as estimated by MinHash. Lower similarity was "
    "not considered."
)
_DOCUMENTS = {
    Documents.FINISHED: "Only documents that an annotator marked as done, with the annotations of those who did.",
    Documents.LABELLED: "Documents that were finished or begun. Documents that nobody worked on are left out.",
    Documents.ALL: "Every document, finished or not. A document without entities may still contain names.",
}
_GIVEN = "The counts include annotations that are not in the files."
_REASONS = {
    SplitExclusion.BETWEEN: "are near-duplicates of documents in several splits",
    SplitExclusion.UNDATED: "have no date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetInfo:
    """What card and statistics are made from. files: the path of each split's file. names: annotators' names by id.

    plots: what each plot shows, by the stem of its file.
    """

    project: Project
    name: str
    request: ExportRequest
    corpus: CorpusOptions
    files: Mapping[Side, str]
    tagset: Tagset
    report: CorpusReport
    names: Mapping[str, str]
    plots: Mapping[str, str]


def write_card(info: DatasetInfo, folder: Path) -> None:
    """Write README.md and stats.json into a folder; raises OSError."""
    ids = [document for listed in info.report.splitting.documents.values() for document in listed]
    # voters, as for the annotations that a majority gave. The card has no intervals.
    agreement = agreement_in(info.project, ids, selected_annotators(info), voters, draws=0).pairs
    shares = contributions_of(info, ids)
    text = json.dumps(_stats(info, agreement, shares), ensure_ascii=False, indent=1)
    (folder / STATS).write_text(f"{text}\n", "utf-8", newline="\n")
    (folder / CARD).write_text(render(_card(info, agreement, shares, folder)), "utf-8", newline="\n")


def _card(
    info: DatasetInfo,
    agreement: Mapping[tuple[str, str], PairAgreement],
    shares: Mapping[str, tuple[int, int]],
    folder: Path,
) -> DatasetCard:
    loader, columns = _loader(info, folder)
    return DatasetCard(
        name=info.name,
        files=info.files,
        figures=info.report.figures,
        loads=info.request.format in LOADABLE or bool(loader),
        loader=loader,
        columns=columns,
        needs=_NEEDS if loader else "",
        licence=info.corpus.licence,
        tagset=info.tagset,
        split=_split_text(info),
        selection=_selection_text(info),
        privacy=_privacy_text(info),
        losses=_losses_text(info),
        details=DETAILS if info.request.format in ("huggingface", "parquet") else (),
        people_told=_GIVEN if info.request.selection.resolution is not Resolution.ALL else "",
        people=[(who, f"{documents:,}", f"{spans:,}") for who, (documents, spans) in shares.items()],
        agreement=[
            (*display_pair(info, pair), f"{found.documents:,}", _share(found.f1), _share(found.kappa))
            for pair, found in agreement.items()
        ],
        plots=info.plots,
        without_plots=info.report.without_plots,
    )


def _loader(info: DatasetInfo, folder: Path) -> tuple[dict[str, str], Sequence[str]]:
    """Return how the datasets library reads CoNLL: the arguments for the card's header, and the column names.

    Column names must be passed in the call (tried with datasets 5.2).
    """
    if info.request.format == "conllu":
        return {"delimiter": "\t", "comment_prefix": "#"}, _COLUMNS
    if info.request.format != "conll":
        return {}, ()
    levels = 1
    for path in info.files.values():
        with (folder / path).open(encoding="utf-8") as file:
            levels = max(levels, next((line.count("\t") for line in file if "\t" in line), 0))
    names = ["tokens", "ner_tags", *(f"ner_tags_{level}" for level in range(2, levels + 1))]
    return {"delimiter": "\t", "comment_prefix": "# newdoc id = "}, names


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _split_text(info: DatasetInfo) -> list[str]:
    plan, found = info.corpus.plan, info.report.splitting
    if len(plan.wanted()) == 1:
        return []
    parts = ", ".join(f"{side} {plan.share(side):.0%}" for side in plan.wanted())
    seed = "" if plan.by is SplitRule.DATE else f", seed {plan.seed}"
    lines = [f"Whole documents, {parts}{seed}. {_RULES[plan.by]}"]
    if found.split.starts:
        days = ", ".join(f"{side} from {day}" for side, day in sorted(found.split.starts.items()))
        lines.append(f"First days: {days}.")
    if plan.by is SplitRule.DATE and combined(info.report.figures).undated:
        lines.append(f"{pluralise(combined(info.report.figures).undated, 'document')} without a date in train.")
    if info.corpus.manifest:
        lines.append("The assignments of an earlier split were kept.")
    lines.append(f"{_near_duplicates_text(found)} {_MEASURE}")
    for why, count in sorted(Counter(found.split.left_out.values()).items()):
        lines.append(f"Documents in no split, because they {_REASONS[why]}: {count:,}.")
    measured = balance(info.report.figures, {side: plan.share(side) for side in info.report.figures})
    if measured:
        lines.append(
            f"The share of each label's entities deviates from the requested share by {measured.mean:.1%} on average, "
            f"and by {measured.worst:.1%} at most ({measured.label} in {measured.side})."
        )
    return [*lines, "`manifest.json` lists the documents of each split and the SHA-256 of every file."]


def _near_duplicates_text(found: SplitResult) -> str:
    if not found.alike:
        return "There are no near-duplicates."
    if found.leaks:
        return (
            f"{found.alike:,} documents have near-duplicates. {pluralise(len(found.leaks), 'pair')} of them are in "
            "different splits, as in the earlier manifest."
        )
    return f"{found.alike:,} documents have near-duplicates, all in the same split as they are."


def _selection_text(info: DatasetInfo) -> list[str]:
    selection = info.request.selection
    annotations = {
        Resolution.ALL: "Everybody's annotations. Equal ones of several annotators count once in the statistics.",
        Resolution.MAJORITY: "Annotations that more than half of a document's annotators gave.",
        Resolution.ADJUDICATED: "Annotations settled by an adjudicator. Documents without adjudication are left out.",
    }[selection.resolution]
    more = []
    if selection.annotators:
        more.append(f"Only {pluralise(len(selected_annotators(info)), 'selected annotator')}.")
    if selection.resolution is not Resolution.ADJUDICATED:
        more.append(_DOCUMENTS[selection.documents])
    if selection.since:
        undated = "including" if selection.include_undated else "excluding"
        more.append(f"Only documents from {selection.since} on, {undated} documents without a date.")
    more.append(
        "Undecided suggestions are included, marked as such, and counted in the statistics."
        if selection.include_suggestions
        else "There are no unconfirmed suggestions: a person is responsible for every annotation."
    )
    return [" ".join([annotations, *more])]


def _privacy_text(info: DatasetInfo) -> list[str]:
    if info.request.pseudonyms is None:
        return ["Names in the texts are unchanged."]
    labels = ", ".join(f"`{label}`" for label in info.request.pseudonyms.labels)
    return [
        f"Names labelled {labels} were replaced by pseudonyms, the same name by the same pseudonym. Names that nobody "
        "labelled were not replaced, and people may be recognisable from the text."
    ]


def _losses_text(info: DatasetInfo) -> list[str]:
    lost: dict[DeviationKind, Counter[str]] = {fate: Counter() for fate in DeviationKind}
    for report in info.report.reports.values():
        for fate, reasons in report.reasons.items():
            lost[fate].update(reasons)
    said = {DeviationKind.ALTERED: "written with changed boundaries", DeviationKind.LEFT_OUT: "not written"}
    lines = [
        f"Spans {words}: {lost[fate].total():,} ("
        + ", ".join(f"{reason} {count:,}" for reason, count in sorted(lost[fate].items()))
        + ")."
        for fate, words in said.items()
        if lost[fate]
    ]
    if not lines:
        return [f"None: {info.request.format} holds every annotation exactly as it was confirmed."]
    return [*lines, "`reports/` lists them with the reason."]


def _stats(
    info: DatasetInfo, agreement: Mapping[tuple[str, str], PairAgreement], shares: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    figures, whole, plan = info.report.figures, combined(info.report.figures), info.corpus.plan
    measured = balance(figures, {side: plan.share(side) for side in figures})
    names = sorted(whole.entities, key=lambda name: (-whole.entities[name], name))
    return {
        "program": f"annotator {__version__}",
        "name": info.name,
        "format": info.request.format,
        "licence": info.corpus.licence or None,
        "tagset": info.tagset.name,
        "documents": count_by_side(figures, "documents"),
        "documents_with_entities": count_by_side(figures, "annotated"),
        "tokens": count_by_side(figures, "tokens"),
        "characters": count_by_side(figures, "characters"),
        "entities": {**{s.value: f.entities.total() for s, f in figures.items()}, "all": whole.entities.total()},
        "entities_by_label": {
            name: {**{s.value: f.entities[name] for s, f in figures.items()}, "all": whole.entities[name]}
            for name in names
        },
        "entities_by_length_in_tokens": {str(n): whole.lengths[n] for n in sorted(whole.lengths)},
        "documents_by_date": {
            name: {side.value: count for side, count in counts.items()}
            for name, counts in documents_by_period(figures).items()
        },
        "documents_without_date": whole.undated,
        "documents_by_source": {source: whole.sources[source] for source in sorted(whole.sources)},
        "split": {
            "by": plan.by.value,
            "seed": plan.seed,
            "parts": {side.value: part for side, part in plan.parts.items()},
            "documents_on_no_side": len(info.report.splitting.split.left_out),
            "documents_with_near_duplicates": info.report.splitting.alike,
            "near_duplicates_on_different_sides": len(info.report.splitting.leaks),
            "label_difference_mean": round(measured.mean, 6) if measured else None,
            "label_difference_worst": round(measured.worst, 6) if measured else None,
        },
        "annotators": {who: {"documents": documents, "spans": spans} for who, (documents, spans) in shares.items()},
        "agreement": [
            {
                "annotators": list(display_pair(info, pair)),
                "documents": found.documents,
                "span_f1": _rounded(found.f1),
                "token_kappa": _rounded(found.kappa),
            }
            for pair, found in agreement.items()
        ],
        "pseudonymised": list(info.request.pseudonyms.labels) if info.request.pseudonyms else [],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def selected_annotators(info: DatasetInfo) -> frozenset[str]:
    """Return the ids of the annotators that the selection names; empty for everybody."""
    wanted = set(info.request.selection.annotators)
    return frozenset(p.id for p in info.project.annotators.all() if wanted & {p.id, p.name})


def contributions_of(info: DatasetInfo, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the number of documents and annotations of each annotator, by name.

    Of finished documents, only the annotations of those who marked them as done count.
    """
    people, documents, spans = selected_annotators(info), Counter[str](), Counter[str]()
    only_finished = info.request.selection.documents is Documents.FINISHED
    for first in range(0, len(ids), _CHUNK):
        chunk = ids[first : first + _CHUNK]
        done = info.project.contributions.done(chunk) if only_finished else {}
        for document in chunk:
            given = Counter(annotation.annotator for annotation in info.project.log.annotations(document))
            for who, count in given.items():
                is_done = not only_finished or who in done.get(document, ())
                if is_done and (not people or who in people):
                    documents[info.names.get(who, who)] += 1
                    spans[info.names.get(who, who)] += count
    return {who: (documents[who], spans[who]) for who in sorted(documents)}


def display_pair(info: DatasetInfo, pair: tuple[str, str]) -> tuple[str, str]:
    """Return the names of two annotators."""
    return info.names.get(pair[0], pair[0]), info.names.get(pair[1], pair[1])
