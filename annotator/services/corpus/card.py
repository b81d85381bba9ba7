"""The card of a corpus and the figures beside it, stats.json: what export and split did, told in sentences."""

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
from annotator.formats.base.deviation import DeviationKind
from annotator.formats.tables.dataset_card import DatasetCard, render
from annotator.formats.tables.parquet import DETAILS
from annotator.services.corpus.report import CARD, CorpusReport
from annotator.services.corpus.split import SplitResult
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.services.exporting.selection import Resolution
from annotator.services.project.agreement import PairAgreement, pairwise_agreement
from annotator.storage.project import Project

STATS = "stats.json"
LOADABLE = frozenset({"huggingface", "parquet", "json", "jsonl", "csv", "doccano", "label-studio", "prodigy"})
"""The formats that datasets.load_dataset reads without further arguments."""
_CHUNK = 100

_COLUMNS = ("id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc")
_NEEDS = "The datasets library reads this format from version 5.2 on; each row is a sentence."

_RULES = {
    SplitRule.HASH: (
        "Each document's side is told by SHA-256 of the seed and its text, so no document moves when others are "
        "imported later. Near-duplicates of documents that were imported before them are on the same side."
    ),
    SplitRule.LABEL: (
        "The sides were stratified by label (iterative stratification after Sechidis et al. 2011, counting "
        "entities, then single moves that lessen what is amiss). Near-duplicates went as one. Documents that are added "
        "later keep their sides with --manifest."
    ),
    SplitRule.DATE: (
        "By date: each side is newer than the one before it. Near-duplicates went as one, by the newest of them, "
        "so that a side may hold older ones too."
    ),
    SplitRule.SOURCE: (
        "By source: no source is on two sides. Where papers on two sides printed the same story, it stays in "
        "test before dev before train."
    ),
}
_MEASURE = (
    "Near-duplicates share 7 of 10 shingles of five normalised words, as MinHash estimates it; no smaller likeness was "
    "looked for."
)
_DOCUMENTS = {
    Documents.FINISHED: "Only finished documents, which an annotator called done, and the work of those who did.",
    Documents.LABELLED: "Documents that were finished or begun; those that nobody touched are left out.",
    Documents.ALL: "Every document, whether it was finished, begun or not touched at all: one without a span may hold "
    "names all the same.",
}
_GIVEN = "Spans are what each annotator gave in these documents, also where it does not stand in the files."
_REASONS = {
    SplitExclusion.BETWEEN: "are near-duplicates of documents on several sides",
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
    agreement = pairwise_agreement(info.project, ids, selected_annotators(info))
    shares = contributions_of(info, ids)
    told = json.dumps(_stats(info, agreement, shares), ensure_ascii=False, indent=1)
    (folder / STATS).write_text(f"{told}\n", "utf-8", newline="\n")
    (folder / CARD).write_text(render(_card(info, agreement, shares, folder)), "utf-8", newline="\n")


def _card(
    info: DatasetInfo,
    agreement: Mapping[tuple[str, str], PairAgreement],
    shares: Mapping[str, tuple[int, int]],
    folder: Path,
) -> DatasetCard:
    """Return the card."""
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
        split=_split_told(info),
        selection=_selection_told(info),
        privacy=_privacy_told(info),
        losses=_losses_told(info),
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
    """Return what the datasets library must be told to read CoNLL, in the head and when it is called.

    It takes names of columns from calls only (seen in 5.2).
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
    """Write a share, or say that there is none."""
    return "-" if value is None else f"{value:.3f}"


def _split_told(info: DatasetInfo) -> list[str]:
    """Say how it was split."""
    plan, found = info.corpus.plan, info.report.splitting
    if len(plan.wanted()) == 1:
        return []
    parts = ", ".join(f"{side} {plan.share(side):.0%}" for side in plan.wanted())
    seed = "" if plan.by is SplitRule.DATE else f", seed {plan.seed}"
    told = [f"Whole documents, {parts}{seed}. {_RULES[plan.by]}"]
    if found.split.starts:
        days = ", ".join(f"{side} from {day}" for side, day in sorted(found.split.starts.items()))
        told.append(f"First days: {days}.")
    if plan.by is SplitRule.DATE and combined(info.report.figures).undated:
        told.append(f"{pluralise(combined(info.report.figures).undated, 'document')} without a date in train.")
    if info.corpus.manifest:
        told.append("The manifest of an earlier split was kept to: what it had on a side is there still.")
    told.append(f"{_near_told(found)} {_MEASURE}")
    for why, count in sorted(Counter(found.split.left_out.values()).items()):
        told.append(f"Documents on no side, because they {_REASONS[why]}: {count:,}.")
    measured = balance(info.report.figures, {side: plan.share(side) for side in info.report.figures})
    if measured:
        told.append(
            f"Of each label's entities a side has what it should, but for {measured.mean:.1%} on average; the greatest "
            f"difference, {measured.worst:.1%}, is that of {measured.label} in {measured.side}."
        )
    return [*told, "`manifest.json` lists the documents of each side and the SHA-256 of every file."]


def _near_told(found: SplitResult) -> str:
    """Say how many near-duplicates there are, and where."""
    if not found.alike:
        return "No document has a near-duplicate among the others."
    if found.leaks:
        return (
            f"{found.alike:,} documents have near-duplicates among the others; {pluralise(len(found.leaks), 'pair')} "
            "of them on different sides, as the manifest that was kept to has it."
        )
    return f"{found.alike:,} documents have near-duplicates among the others, all on their own side."


def _selection_told(info: DatasetInfo) -> list[str]:
    """Say whose labels these are, and of which documents."""
    selection = info.request.selection
    told = {
        Resolution.ALL: "The spans of every annotator; the same span by several of them counts once in the figures.",
        Resolution.MAJORITY: "Spans that more than half of a document's annotators gave.",
        Resolution.ADJUDICATED: "Spans that an adjudicator settled; documents that were not adjudicated are left out.",
    }[selection.resolution]
    more = []
    if selection.annotators:
        more.append(f"Only {pluralise(len(selected_annotators(info)), 'annotator')} asked for.")
    if selection.resolution is not Resolution.ADJUDICATED:
        more.append(_DOCUMENTS[selection.documents])
    if selection.since:
        undated = "with those without a date" if selection.include_undated else "without those that have no date"
        more.append(f"Only documents of {selection.since} and later, {undated}.")
    more.append(
        "Suggestions that nobody confirmed are in the files, marked as such, and count in the figures."
        if selection.include_suggestions
        else "Nothing that was only suggested is among them: a person answers for every span."
    )
    return [" ".join([told, *more])]


def _privacy_told(info: DatasetInfo) -> list[str]:
    """Say what became of names."""
    if info.request.pseudonyms is None:
        return ["Names in the texts are as they were published."]
    labels = ", ".join(f"`{label}`" for label in info.request.pseudonyms.labels)
    return [
        f"Spans of {labels} were replaced by stand-ins, the same name by the same one. What was not labelled was not "
        "replaced, and who is meant may follow from the rest of a text."
    ]


def _losses_told(info: DatasetInfo) -> list[str]:
    """Say what could not stand in the files as it was confirmed."""
    lost: dict[DeviationKind, Counter[str]] = {fate: Counter() for fate in DeviationKind}
    for report in info.report.reports.values():
        for fate, reasons in report.reasons.items():
            lost[fate].update(reasons)
    said = {DeviationKind.ALTERED: "written with other borders", DeviationKind.LEFT_OUT: "left out"}
    told = [
        f"Spans {words}: {lost[fate].total():,} ("
        + ", ".join(f"{reason} {count:,}" for reason, count in sorted(lost[fate].items()))
        + ")."
        for fate, words in said.items()
        if lost[fate]
    ]
    if not told:
        return [f"Nothing: every span stands in {info.request.format} exactly as it was confirmed."]
    return [*told, "`reports/` lists each of them with the reason."]


def _stats(
    info: DatasetInfo, agreement: Mapping[tuple[str, str], PairAgreement], shares: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    """Return the figures as plain values."""
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
    """Return a share to six digits."""
    return None if value is None else round(value, 6)


def selected_annotators(info: DatasetInfo) -> frozenset[str]:
    """Return the ids of the annotators that were asked for; nobody stands for everybody."""
    wanted = set(info.request.selection.annotators)
    return frozenset(p.id for p in info.project.annotators.all() if wanted & {p.id, p.name})


def contributions_of(info: DatasetInfo, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return in how many of the documents each annotator gave how many spans, by what the annotator is called.

    If only finished documents are exported, only the work of those who called a document done counts.
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
    """Return what two annotators are called."""
    return info.names.get(pair[0], pair[0]), info.names.get(pair[1], pair[1])
