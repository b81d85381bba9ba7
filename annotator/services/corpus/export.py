"""A corpus as a folder: a file for each side of a split, with card, figures, plots, tagset, reports and manifest.

Every file is read back as any export is, and the folder takes its name when all of it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.atomic_file import replace_together
from annotator.domain.corpus.split import NO_PREVIOUS_SPLIT, Side, SplitPlan
from annotator.domain.corpus.statistics import CorpusStatistics
from annotator.domain.tagset.tagset import Tagset
from annotator.errors import ExportError
from annotator.formats.registry import find_writer
from annotator.services.annotators import display_names
from annotator.services.corpus.card import write_card
from annotator.services.corpus.facts import DatasetInfo
from annotator.services.corpus.manifest import MANIFEST, Manifest, files_of, read_manifest, write_manifest
from annotator.services.corpus.plots import MISSING, can_draw, draw_plots
from annotator.services.corpus.renamed_tagset import renamed_tagset
from annotator.services.corpus.report import CorpusReport as CorpusReport
from annotator.services.corpus.sides import Sides, partial_progress, write_sides
from annotator.services.corpus.split import SplitResult, check_assignments_kept, selected_members, split_project
from annotator.services.digest import digest
from annotator.services.exporting.pseudonym_key import check_key_path, write_key
from annotator.services.exporting.pseudonyms import Pseudonymiser, PseudonymOptions
from annotator.services.exporting.selection import EVERYTHING, Selection, SelectionCounts, Selector
from annotator.services.output_paths import check_output_name, check_output_paths
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import tagset_to_json
from annotator.team.adjudication import MAJORITY

Progress = Callable[[int, int], None]

TAGSET, PLOTS, DATA = "tagset.json", "plots", "data"
_FILES = {"huggingface": ("parquet", DATA)}
"""The formats that make a folder of their own: the writer of each file, and the folder that it stands in here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusOptions:
    """What is asked of a corpus beside the options of the export.

    plan: how to split. manifest: of an earlier split, which is kept to. name: the card's title, by default the folder's
    name. licence: an identifier of the hub, or words. name_annotators: let card and files name the annotators; else
    they are called by the beginning of their random ids. plots: draw them, where matplotlib is installed.
    """

    plan: SplitPlan
    manifest: Path | None = None
    name: str = ""
    licence: str = ""
    name_annotators: bool = False
    plots: bool = True


def export_corpus(
    project: Project,
    out: Path,
    format: str,
    corpus: CorpusOptions,
    *,
    selection: Selection = EVERYTHING,
    pseudonyms: PseudonymOptions | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> CorpusReport:
    """Write what a selection takes of a project as a folder, split; options are the others of export_project().

    A folder that was written before is replaced, unless documents would change sides against its manifest. Raises
    ExportError, and ProjectError if the project is damaged; whatever goes wrong, the folder that was there stays as it
    was, and so does its key.
    """
    check_output_name(out)
    name, folder = _FILES.get(format, (format, ""))
    writer = find_writer(name)
    files = {side: f"{folder}/{side}{writer.suffix}".lstrip("/") for side in Side}
    key_file = pseudonyms.key_file if pseudonyms else None
    private = key_file.with_name(f"{key_file.stem}.{MANIFEST}") if key_file else None
    if key_file and private:
        check_key_path(key_file, out)
        check_output_paths(project.path, key_file, private)
    Selector(project, selection).check_not_empty()
    counts = SelectionCounts()
    before = _manifest_there(out / MANIFEST, renamed=pseudonyms is not None)
    tell = progress or _tell_nobody
    total = project.documents.count()
    project.refuse_damage(lambda: tell(0, total))  # Before the split, which writes what it measures.
    found = _split(project, corpus, selection, counts, tell)
    if before and not pseudonyms:
        check_assignments_kept(before.kept, found.split.sides, out / MANIFEST, out / MANIFEST)
    if before and private and private.is_file() and (aware := read_manifest(private)).files == before.files:
        # It knows the documents also where names that were labelled since give their texts other ids.
        check_assignments_kept(aware.kept, found.split.sides, out / MANIFEST, private)
    report = CorpusReport(out, corpus.plan, found, counts)
    names = display_names(project.annotators.all()) if corpus.name_annotators else anonymous_names(project)
    try:
        with project.read_transaction(is_checked=True):
            names_of = (
                Pseudonymiser(project, pseudonyms, selection, _seen(partial_progress(tell, 0, 2), project))
                if pseudonyms
                else None
            )
            with replace_together() as together:
                key_part = together.file(key_file) if key_file else None
                aside = together.file(private) if private else None
                part = together.folder(out, {*before.files, MANIFEST} if before else ())
                written = write_sides(
                    project,
                    Sides(part, out, name, found.documents, files),
                    report,
                    selection=selection,
                    pseudonyms=names_of,
                    names=names | {MAJORITY: MAJORITY},
                    progress=partial_progress(tell, 1, 2) if pseudonyms else tell,
                    **options,
                )
                if before and pseudonyms:
                    sides = {document: side for side, listed in written.items() for document in listed}
                    check_assignments_kept(before.kept, sides, out / MANIFEST, private)
                tagset = renamed_tagset(project.tagset, names_of.words) if names_of else project.tagset
                (part / TAGSET).write_text(tagset_to_json(tagset), "utf-8", newline="\n")
                drawn, report.without_plots = _plots(report.figures, tagset, part, corpus)
                facts = DatasetInfo(
                    project=project,
                    name=corpus.name or out.name,
                    licence=corpus.licence,
                    format=format,
                    files={side: files[side] for side in found.documents},
                    figures=report.figures,
                    tagset=tagset,
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
                if names_of and key_part:
                    write_key(names_of.key(), key_part)
            report.kept = tuple(together.kept)
    except OSError as error:
        raise ExportError(
            "{out} cannot be written: {reason}; nothing was replaced.", out=out, reason=error.strerror or error
        ) from error
    return report


def _tell_nobody(done: int, total: int) -> None:
    """Take the progress where nobody asked for it."""


def _seen(progress: Progress, project: Project) -> Callable[[int], None]:
    """Return what tells how many of a project's documents were looked at."""
    total = project.documents.count()
    return lambda seen: progress(seen, total)


def _manifest_there(path: Path, *, renamed: bool) -> Manifest | None:
    """Return the manifest that is about to be replaced, None where there is none.

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
    return found


def _write_manifests(
    part: Path,
    aside: Path | None,
    corpus: CorpusOptions,
    found: SplitResult,
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
        aside.touch(0o600)  # as the key: it says which text became which
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


def anonymous_names(project: Project) -> dict[str, str]:
    """Return what to call annotators by id instead of their names: the same in every export of a project."""
    ids = [person.id for person in project.annotators.all()]
    length = next((n for n in (6, 8, 12) if len({each[:n] for each in ids}) == len(ids)), None)
    return {each: f"annotator-{each[:length]}" for each in ids}


def _split(
    project: Project, corpus: CorpusOptions, selection: Selection, counts: SelectionCounts, progress: Progress
) -> SplitResult:
    """Split what the selection takes, by the manifest if one is given."""
    kept = NO_PREVIOUS_SPLIT
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


def _plots(
    figures: Mapping[Side, CorpusStatistics], tagset: Tagset, part: Path, corpus: CorpusOptions
) -> tuple[dict[str, str], str]:
    """Draw the plots; return what each shows, and else why there are none."""
    if not corpus.plots:
        return {}, ""
    if not can_draw():
        return {}, MISSING
    (part / PLOTS).mkdir()
    drawn = draw_plots(figures, tagset, part / PLOTS)
    if not drawn:
        (part / PLOTS).rmdir()
    return drawn, ""
