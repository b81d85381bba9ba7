"""A corpus as a folder: a file for each side of a split, with card, figures, plots, tagset, reports and manifest.

Every file is read back as any export is, and the folder takes its name when all of it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.domain.document import Document
from annotator.domain.figures import Balance, Figures, balance
from annotator.domain.splits import NOTHING_KEPT, Plan, Side
from annotator.errors import ExportError
from annotator.formats.registry import Entity, find_writer
from annotator.storage.project import Project
from annotator.storage.tagsets import tagset_to_json
from annotator.team.settling import MAJORITY
from annotator.text.counting import counted_tokens, touched
from annotator.work.corpus_card import CARD, STATS, Facts, write_card
from annotator.work.export_report import ExportReport
from annotator.work.exporting import export_project
from annotator.work.manifest import MANIFEST, read_manifest, write_manifest
from annotator.work.people import shown_names
from annotator.work.plots import can_draw, draw_plots
from annotator.work.pseudonyms import Pseudonyms
from annotator.work.safe_file import digest, replacing_folder
from annotator.work.selecting import EVERYTHING, Selection, SelectionCounts
from annotator.work.splitting import Splitting, refuse_to_move, selected_members, split_project

Progress = Callable[[int, int], None]

TAGSET, REPORTS, PLOTS, DATA = "tagset.json", "reports", "plots", "data"
_FILES = {"huggingface": ("parquet", DATA)}
"""The formats that make a folder of their own: the writer of each file, and the folder that it stands in here."""
_STEPS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusPlan:
    """What is asked of a corpus beside the options of the export.

    plan: how to split. manifest: of an earlier split, which is kept to. name: the card's title, by default the folder's
    name. licence: an identifier of the hub, or words. name_annotators: let card and files name the annotators; else
    they are called by the beginning of their random ids. plots: draw them, where matplotlib is installed.
    """

    plan: Plan
    manifest: Path | None = None
    name: str = ""
    licence: str = ""
    name_annotators: bool = False
    plots: bool = True


@dataclass(slots=True)
class CorpusReport:
    """What was written: a report for each side that has documents, the split, and what was not selected."""

    path: Path
    plan: Plan
    splitting: Splitting
    selected: SelectionCounts
    reports: dict[Side, ExportReport] = field(default_factory=dict)
    figures: dict[Side, Figures] = field(default_factory=dict)
    without_plots: str = ""

    @property
    def balance(self) -> Balance | None:
        """Return how balanced the sides are."""
        return balance(self.figures, {side: self.plan.share(side) for side in self.figures})

    def lines(self) -> list[str]:
        """Return what there is to say, in sentences, for the screen."""
        told = [_line(report) for report in self.reports.values()]
        told += self.selected.lines()
        empty = [side.value for side in self.plan.wanted() if side not in self.reports]
        if empty:
            told.append(f"No document is in {' and '.join(empty)}; give more documents, or split them by label.")
        if left := self.splitting.split.left_out:
            told.append(f"On no side: {len(left)} documents; {MANIFEST} says which and why.")
        if self.splitting.leaks:
            told.append(f"Near-duplicates that the manifest put on different sides: {len(self.splitting.leaks)} pairs.")
        found = self.balance
        if found and len(self.figures) > 1:
            told.append(
                f"Labels are {found.mean:.1%} off their parts on average; most, by {found.worst:.1%}, "
                f"{found.label} in {found.side}."
            )
        if self.without_plots:
            told.append(self.without_plots)
        return [*told, f"Read back and found equal. {self.path} holds the card, {CARD}, and {MANIFEST}."]

    def to_json(self) -> dict[str, Any]:
        """Return the same as one object of plain values."""
        found = self.balance
        return {
            "folder": str(self.path),
            "documents": {side.value: len(ids) for side, ids in self.splitting.documents.items()},
            "left_out": len(self.splitting.split.left_out),
            "near_duplicates_on_different_sides": len(self.splitting.leaks),
            "label_balance": {"mean": found.mean, "worst": found.worst} if found else None,
            "selection": self.selected.to_json(),
            "reports": {side.value: report.to_json() for side, report in self.reports.items()},
        }


def _line(report: ExportReport) -> str:
    """Say in a sentence what a file holds."""
    lost = {"with other borders": report.altered, "left out": report.left_out}
    told = "".join(f", {count:,} {words}" for words, count in lost.items() if count)
    exact = f"written exactly {report.exact:,}{told}" if told else "all written exactly"
    return f"Wrote {report.path}: documents {report.documents:,}, spans {report.confirmed:,}, {exact}."


def export_corpus(
    project: Project,
    out: Path,
    format: str,
    corpus: CorpusPlan,
    *,
    selection: Selection = EVERYTHING,
    pseudonyms: Pseudonyms | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> CorpusReport:
    """Write what a selection takes of a project as a folder, split; options are the others of export_project().

    A folder that was written before is replaced, unless documents would change sides against its manifest. Raises
    ExportError; whatever goes wrong, the folder that was there stays as it was.
    """
    name, folder = _FILES.get(format, (format, ""))
    writer = find_writer(name)
    if pseudonyms and pseudonyms.key_file and out.absolute() in pseudonyms.key_file.absolute().parents:
        raise ExportError(
            "The key to the names, {key}, must not lie in the folder that is exported; give another place.",
            key=pseudonyms.key_file,
        )
    files = {side: f"{folder}/{side}{writer.suffix}".lstrip("/") for side in Side}
    own = {CARD, STATS, MANIFEST, TAGSET, REPORTS, PLOTS, *(path.partition("/")[0] for path in files.values())}
    counts = SelectionCounts()
    found = _split(project, out, corpus, selection, counts, progress)
    report = CorpusReport(out, corpus.plan, found, counts)
    names = shown_names(project.annotators.all()) if corpus.name_annotators else nameless(project)
    try:
        with replacing_folder(out, tuple(own)) as part:
            for place in (REPORTS, folder):
                (part / place).mkdir(parents=True, exist_ok=True)
            for number, (side, ids) in enumerate(found.documents.items()):
                figures = report.figures[side] = Figures()
                report.reports[side] = _export(
                    project,
                    part / files[side],
                    name,
                    selection=replace(selection, documents=frozenset(ids)),
                    pseudonyms=pseudonyms,
                    names=names | {MAJORITY: MAJORITY},
                    written=_counting(figures, bool(options.get("include_debris"))),
                    report_path=part / REPORTS / f"{side}.json",
                    progress=_sharing(progress, number, len(found.documents)),
                    part=part,
                    out=out,
                    **options,
                )
            (part / TAGSET).write_text(tagset_to_json(project.tagset), "utf-8", newline="\n")
            drawn, report.without_plots = _plots(report.figures, project, part, corpus)
            facts = Facts(
                project=project,
                name=corpus.name or out.name,
                licence=corpus.licence,
                format=format,
                files={side: files[side] for side in found.documents},
                figures=report.figures,
                plan=corpus.plan,
                splitting=found,
                kept=corpus.manifest is not None,
                selection=selection,
                pseudonyms=pseudonyms,
                reports=report.reports,
                names=names,
                plots=drawn,
                without_plots=report.without_plots,
            )
            write_card(facts, part)
            write_manifest(
                part,
                corpus.plan,
                found.split,
                found.documents,
                found.remembered,
                digest(corpus.manifest) if corpus.manifest else "",
                found.leaks,
            )
    except OSError as error:
        raise ExportError(
            "{out} cannot be written: {reason}; nothing was replaced.", out=out, reason=error.strerror or error
        ) from error
    return report


def nameless(project: Project) -> dict[str, str]:
    """Return what to call annotators by id instead of their names: the same in every export of a project."""
    ids = [person.id for person in project.annotators.all()]
    length = next((n for n in (6, 8, 12) if len({each[:n] for each in ids}) == len(ids)), None)
    return {each: f"annotator-{each[:length]}" for each in ids}


def _split(
    project: Project,
    out: Path,
    corpus: CorpusPlan,
    selection: Selection,
    counts: SelectionCounts,
    progress: Progress | None,
) -> Splitting:
    """Split what the selection takes, by the manifest if one is given."""
    kept = read_manifest(corpus.manifest) if corpus.manifest else NOTHING_KEPT
    members = selected_members(project, selection, counts)
    if not members:
        raise ExportError("The selection takes no document of {path}; nothing was written.", path=project.path)
    found = split_project(project, members, corpus.plan, kept, progress)
    if (out / MANIFEST).is_file():
        refuse_to_move(out / MANIFEST, found.split)
    return found


def _export(project: Project, path: Path, format: str, *, part: Path, out: Path, **options: Any) -> ExportReport:
    """Export one side; what goes wrong is told of the folder, and not of the place where it is written aside."""
    try:
        report = export_project(project, path, format, **options)
    except ExportError as error:
        raise ExportError("{problem}", problem=str(error).replace(str(part), str(out))) from error
    report.path, report.report_path = out / path.relative_to(part), out / report.report_path.relative_to(part)
    return report


def _counting(figures: Figures, include_debris: bool) -> Callable[[Document, Sequence[Entity]], None]:
    """Return what counts each document that is written; an entity that several gave counts once."""

    def count(document: Document, entities: Sequence[Entity]) -> None:
        """Count one document."""
        tokens = counted_tokens(document, include_debris)
        spans = sorted({(entity.span, entity.label) for entity in entities})
        figures.add(document, len(tokens), ((label, touched(tokens, span)) for span, label in spans))

    return count


def _sharing(progress: Progress | None, number: int, sides: int) -> Progress:
    """Return what tells the progress of one side as part of all."""

    def tell(done: int, total: int) -> None:
        """Tell it in steps of our own."""
        if progress:
            progress(number * _STEPS + min(_STEPS, done * _STEPS // max(1, total)), sides * _STEPS)

    return tell


def _plots(
    figures: Mapping[Side, Figures], project: Project, part: Path, corpus: CorpusPlan
) -> tuple[dict[str, str], str]:
    """Draw the plots; return what each shows, and else why there are none."""
    from annotator.work.plots import MISSING

    if not corpus.plots:
        return {}, ""
    if not can_draw():
        return {}, MISSING
    (part / PLOTS).mkdir()
    drawn = draw_plots(figures, project.tagset, part / PLOTS)
    if not drawn:
        (part / PLOTS).rmdir()
    return drawn, ""
