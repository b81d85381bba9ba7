"""The card of a corpus and the figures beside it, stats.json: what export and split did, told in sentences."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from annotator.domain.corpus.split import SplitExclusion, SplitRule
from annotator.domain.corpus.statistics import balance, combined
from annotator.domain.plurals import pluralise
from annotator.domain.review.document_state import Documents
from annotator.formats.base.deviation import DeviationKind
from annotator.formats.tables.dataset_card import DatasetCard, render
from annotator.formats.tables.parquet import DETAILS
from annotator.services.corpus.corpus_stats import stats
from annotator.services.corpus.facts import DatasetInfo, contributions_of, display_pair, selected_annotators
from annotator.services.corpus.split import SplitResult
from annotator.services.exporting.selection import Resolution
from annotator.services.project.agreement import PairAgreement, pairwise_agreement

CARD, STATS = "README.md", "stats.json"
LOADABLE = frozenset({"huggingface", "parquet", "json", "jsonl", "csv", "doccano", "label-studio", "prodigy"})
"""The formats that datasets.load_dataset reads without being told how."""

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


def write_card(facts: DatasetInfo, folder: Path) -> None:
    """Write README.md and stats.json into a folder; raises OSError."""
    ids = [document for listed in facts.splitting.documents.values() for document in listed]
    agreement = pairwise_agreement(facts.project, ids, selected_annotators(facts))
    shares = contributions_of(facts, ids)
    told = json.dumps(stats(facts, agreement, shares), ensure_ascii=False, indent=1)
    (folder / STATS).write_text(f"{told}\n", "utf-8", newline="\n")
    (folder / CARD).write_text(render(_card(facts, agreement, shares, folder)), "utf-8", newline="\n")


def _card(
    facts: DatasetInfo,
    agreement: Mapping[tuple[str, str], PairAgreement],
    shares: Mapping[str, tuple[int, int]],
    folder: Path,
) -> DatasetCard:
    """Return the card."""
    loader, columns = _loader(facts, folder)
    return DatasetCard(
        name=facts.name,
        files=facts.files,
        figures=facts.figures,
        loads=facts.format in LOADABLE or bool(loader),
        loader=loader,
        columns=columns,
        needs=_NEEDS if loader else "",
        licence=facts.licence,
        tagset=facts.tagset,
        split=_split_told(facts),
        selection=_selection_told(facts),
        privacy=_privacy_told(facts),
        losses=_losses_told(facts),
        details=DETAILS if facts.format in ("huggingface", "parquet") else (),
        people_told=_GIVEN if facts.selection.resolution is not Resolution.ALL else "",
        people=[(who, f"{documents:,}", f"{spans:,}") for who, (documents, spans) in shares.items()],
        agreement=[
            (*display_pair(facts, pair), f"{found.documents:,}", _share(found.f1), _share(found.kappa))
            for pair, found in agreement.items()
        ],
        plots=facts.plots,
        without_plots=facts.without_plots,
    )


def _loader(facts: DatasetInfo, folder: Path) -> tuple[dict[str, str], Sequence[str]]:
    """Return what the datasets library must be told to read CoNLL, in the head and when it is called.

    It takes names of columns from calls only (seen in 5.2).
    """
    if facts.format == "conllu":
        return {"delimiter": "\t", "comment_prefix": "#"}, _COLUMNS
    if facts.format != "conll":
        return {}, ()
    levels = 1
    for path in facts.files.values():
        with (folder / path).open(encoding="utf-8") as file:
            levels = max(levels, next((line.count("\t") for line in file if "\t" in line), 0))
    names = ["tokens", "ner_tags", *(f"ner_tags_{level}" for level in range(2, levels + 1))]
    return {"delimiter": "\t", "comment_prefix": "# newdoc id = "}, names


def _share(value: float | None) -> str:
    """Write a share, or say that there is none."""
    return "-" if value is None else f"{value:.3f}"


def _split_told(facts: DatasetInfo) -> list[str]:
    """Say how it was split."""
    plan, found = facts.plan, facts.splitting
    if len(plan.wanted()) == 1:
        return []
    parts = ", ".join(f"{side} {plan.share(side):.0%}" for side in plan.wanted())
    seed = "" if plan.by is SplitRule.DATE else f", seed {plan.seed}"
    told = [f"Whole documents, {parts}{seed}. {_RULES[plan.by]}"]
    if found.split.starts:
        days = ", ".join(f"{side} from {day}" for side, day in sorted(found.split.starts.items()))
        told.append(f"First days: {days}.")
    if plan.by is SplitRule.DATE and combined(facts.figures).undated:
        told.append(f"{pluralise(combined(facts.figures).undated, 'document')} without a date in train.")
    if facts.kept:
        told.append("The manifest of an earlier split was kept to: what it had on a side is there still.")
    told.append(f"{_near_told(found)} {_MEASURE}")
    for why, count in sorted(Counter(found.split.left_out.values()).items()):
        told.append(f"Documents on no side, because they {_REASONS[why]}: {count:,}.")
    measured = balance(facts.figures, {side: plan.share(side) for side in facts.figures})
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


def _selection_told(facts: DatasetInfo) -> list[str]:
    """Say whose labels these are, and of which documents."""
    selection = facts.selection
    told = {
        Resolution.ALL: "The spans of every annotator; the same span by several of them counts once in the figures.",
        Resolution.MAJORITY: "Spans that more than half of a document's annotators gave.",
        Resolution.ADJUDICATED: "Spans that an adjudicator settled; documents that were not adjudicated are left out.",
    }[selection.resolution]
    more = []
    if selection.annotators:
        more.append(f"Only {pluralise(len(selected_annotators(facts)), 'annotator')} asked for.")
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


def _privacy_told(facts: DatasetInfo) -> list[str]:
    """Say what became of names."""
    if facts.pseudonyms is None:
        return ["Names in the texts are as they were published."]
    labels = ", ".join(f"`{label}`" for label in facts.pseudonyms.labels)
    return [
        f"Spans of {labels} were replaced by stand-ins, the same name by the same one. What was not labelled was not "
        "replaced, and who is meant may follow from the rest of a text."
    ]


def _losses_told(facts: DatasetInfo) -> list[str]:
    """Say what could not stand in the files as it was confirmed."""
    lost: dict[DeviationKind, Counter[str]] = {fate: Counter() for fate in DeviationKind}
    for report in facts.reports.values():
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
        return [f"Nothing: every span stands in {facts.format} exactly as it was confirmed."]
    return [*told, "`reports/` lists each of them with the reason."]
