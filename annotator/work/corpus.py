"""A corpus as a folder: a file for each side of a split, with card, figures, plots, tagset, reports and manifest.

Every file is read back as any export is, and the folder takes its name when all of it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.domain.document import Document
from annotator.domain.figures import Figures
from annotator.domain.splits import NOTHING_KEPT, Kept, Plan, Side
from annotator.errors import ExportError
from annotator.formats.registry import Entity, find_writer
from annotator.storage.project import Project
from annotator.storage.tagsets import tagset_to_json
from annotator.team.settling import MAJORITY
from annotator.text.counting import counted_tokens, touched
from annotator.work.corpus_card import CARD, STATS, Facts, write_card
from annotator.work.corpus_report import CorpusReport as CorpusReport
from annotator.work.export_report import ExportReport
from annotator.work.exporting import export_project
from annotator.work.key_file import refuse_key_inside
from annotator.work.manifest import MANIFEST, files_of, read_manifest, write_manifest
from annotator.work.people import shown_names
from annotator.work.plots import MISSING, can_draw, draw_plots
from annotator.work.pseudonyms import Pseudonyms
from annotator.work.safe_file import digest, replacing, replacing_folder
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
    key_file = pseudonyms.key_file if pseudonyms else None
    if key_file:
        refuse_key_inside(key_file, out)
    files = {side: f"{folder}/{side}{writer.suffix}".lstrip("/") for side in Side}
    own = {CARD, STATS, MANIFEST, TAGSET, REPORTS, PLOTS, *(path.partition("/")[0] for path in files.values())}
    counts = SelectionCounts()
    before = _manifest_there(out / MANIFEST, renamed=pseudonyms is not None)
    found = _split(project, corpus, selection, counts, progress)
    if before and not pseudonyms:
        refuse_to_move(before, found.split.sides, out / MANIFEST, out / MANIFEST)
    report = CorpusReport(out, corpus.plan, found, counts)
    names = shown_names(project.annotators.all()) if corpus.name_annotators else nameless(project)
    private = key_file.with_name(f"{key_file.stem}.{MANIFEST}") if key_file else None
    try:
        with (
            nullcontext() if private is None else replacing(private) as aside,
            replacing_folder(out, tuple(own)) as part,
        ):
            for place in (REPORTS, folder):
                (part / place).mkdir(parents=True, exist_ok=True)
            written: dict[Side, list[str]] = {}
            for number, (side, ids) in enumerate(found.documents.items()):
                figures = report.figures[side] = Figures()
                listed = written[side] = []
                report.reports[side] = _export(
                    project,
                    part / files[side],
                    name,
                    selection=replace(selection, documents=frozenset(ids)),
                    pseudonyms=pseudonyms,
                    names=names | {MAJORITY: MAJORITY},
                    written=_counting(figures, listed, bool(options.get("include_debris"))),
                    report_path=part / REPORTS / f"{side}.json",
                    progress=_sharing(progress, number, len(found.documents)),
                    part=part,
                    out=out,
                    **options,
                )
            if before and pseudonyms:
                sides = {document: side for side, listed in written.items() for document in listed}
                refuse_to_move(before, sides, out / MANIFEST, private)
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
            _write_manifests(part, aside, corpus, found, written, renamed=pseudonyms is not None)
    except OSError as error:
        raise ExportError(
            "{out} cannot be written: {reason}; nothing was replaced.", out=out, reason=error.strerror or error
        ) from error
    return report


def _manifest_there(path: Path, *, renamed: bool) -> Kept | None:
    """Return what the manifest says that is about to be replaced, None where there is none.

    Raises ExportError where the folder's names were replaced and now shall not be, or the other way round: then nobody
    could tell whether documents change sides.
    """
    if not path.is_file():
        return None
    found = read_manifest(path)
    if found.renamed != renamed:
        raise ExportError(
            "{folder} is a corpus {with_or_without} names replaced, and this one is not; give another folder.",
            folder=path.parent,
            with_or_without="with" if found.renamed else "without",
        )
    return found.kept


def _write_manifests(
    part: Path,
    aside: Path | None,
    corpus: CorpusPlan,
    found: Splitting,
    written: Mapping[Side, Sequence[str]],
    *,
    renamed: bool,
) -> None:
    """Write the folder's manifest and, where names were replaced, the one that tells the project's documents."""
    kept_from = digest(corpus.manifest) if corpus.manifest else ""
    files = files_of(part)
    write_manifest(
        part / MANIFEST,
        corpus.plan,
        found.split,
        written,
        files,
        remembered=found.remembered,
        kept_from=kept_from,
        leaks=found.leaks,
        renamed=renamed,
    )
    if aside:
        write_manifest(
            aside,
            corpus.plan,
            found.split,
            found.documents,
            files,
            remembered=found.remembered,
            kept_from=kept_from,
            leaks=found.leaks,
        )


def nameless(project: Project) -> dict[str, str]:
    """Return what to call annotators by id instead of their names: the same in every export of a project."""
    ids = [person.id for person in project.annotators.all()]
    length = next((n for n in (6, 8, 12) if len({each[:n] for each in ids}) == len(ids)), None)
    return {each: f"annotator-{each[:length]}" for each in ids}


def _split(
    project: Project, corpus: CorpusPlan, selection: Selection, counts: SelectionCounts, progress: Progress | None
) -> Splitting:
    """Split what the selection takes, by the manifest if one is given."""
    kept = NOTHING_KEPT
    if corpus.manifest:
        manifest = read_manifest(corpus.manifest)
        if manifest.renamed:
            raise ExportError(
                "{path} is of a corpus in which names were replaced, and does not tell which documents they were; give "
                "the manifest beside the key file.",
                path=corpus.manifest,
            )
        kept = manifest.kept
    members = selected_members(project, selection, counts)
    if not members:
        raise ExportError("The selection takes no document of {path}; nothing was written.", path=project.path)
    return split_project(project, members, corpus.plan, kept, progress)


def _export(project: Project, path: Path, format: str, *, part: Path, out: Path, **options: Any) -> ExportReport:
    """Export one side; what goes wrong is told of the folder, and not of the place where it is written aside."""
    try:
        report = export_project(project, path, format, **options)
    except ExportError as error:
        raise ExportError("{problem}", problem=str(error).replace(str(part), str(out))) from error
    report.path, report.report_path = out / path.relative_to(part), out / report.report_path.relative_to(part)
    return report


def _counting(
    figures: Figures, listed: list[str], include_debris: bool
) -> Callable[[Document, Sequence[Entity]], None]:
    """Return what lists and counts each document that is written; an entity that several gave counts once."""

    def count(document: Document, entities: Sequence[Entity]) -> None:
        """Count one document."""
        listed.append(document.id)
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
    if not corpus.plots:
        return {}, ""
    if not can_draw():
        return {}, MISSING
    (part / PLOTS).mkdir()
    drawn = draw_plots(figures, project.tagset, part / PLOTS)
    if not drawn:
        (part / PLOTS).rmdir()
    return drawn, ""
