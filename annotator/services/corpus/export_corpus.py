"""Export a dataset folder: a file for each split, with dataset card, statistics, plots, tagset, reports and manifest.

Every file is verified as any export is. The folder gets its name when all of it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.atomic_file import replace_together
from annotator.domain.corpus.split import NO_PREVIOUS_SPLIT, Side
from annotator.domain.corpus.statistics import CorpusStatistics
from annotator.domain.model.document import Document
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Example, Tagset
from annotator.errors import ExportError, Message
from annotator.formats.base.record import Entity
from annotator.formats.registry import find_writer
from annotator.installation import needs_package
from annotator.services.annotators import display_names
from annotator.services.corpus.card import DatasetInfo, write_card
from annotator.services.corpus.corpus_report import CorpusReport as CorpusReport
from annotator.services.corpus.manifest import MANIFEST, Manifest, files_of, read_manifest, write_manifest
from annotator.services.corpus.plots import can_draw, draw_plots
from annotator.services.corpus.split_project import (
    SplitResult,
    check_assignments_kept,
    selected_members,
    split_project,
)
from annotator.services.digest import digest
from annotator.services.exporting.export import export_errors, export_file, write_errors
from annotator.services.exporting.prepare import OnWritten, PreparedExport, prepare_export
from annotator.services.exporting.pseudonym_key import check_key_path, write_key
from annotator.services.exporting.pseudonyms import Pseudonymiser
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.services.exporting.selection import SelectionCounts, Selector
from annotator.services.output_paths import check_output_name, check_output_paths
from annotator.services.progress import Progress, no_progress, part_of_progress
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import tagset_to_json
from annotator.team.adjudication import MAJORITY
from annotator.text.names.replacements import ReplacedText
from annotator.text.token_counts import content_tokens, count_touched

TAGSET, PLOTS, DATA, REPORTS = "tagset.json", "plots", "data", "reports"
_FILES = {"huggingface": ("parquet", DATA)}
"""Formats that make a folder of their own: the writer of each split's file, and the subfolder of the files."""


@dataclass(frozen=True, slots=True)
class _SplitFiles:
    """Where the file of each split goes: files are paths in the folder, which is written at part and becomes out."""

    part: Path
    out: Path
    files: Mapping[Side, str]


def export_corpus(
    project: Project, out: Path, request: ExportRequest, *, progress: Progress = no_progress
) -> CorpusReport:
    """Write the selected documents as a dataset folder, split as request.corpus says; return the report.

    An earlier folder is replaced, unless documents would change splits compared with its manifest. Either the folder
    and the key file are replaced, or neither. Raises ExportError, and ProjectError if the project is damaged.
    """
    corpus, pseudonyms = request.corpus, request.pseudonyms
    if corpus is None:
        raise ValueError("the request has no corpus options")
    check_output_name(out)
    format, subfolder = _FILES.get(request.format, (request.format, ""))
    suffix = find_writer(format).suffix
    files = {side: f"{subfolder}/{side}{suffix}".lstrip("/") for side in Side}
    key_file = pseudonyms.key_file if pseudonyms else None
    # Next to the key file is a manifest with the ids of the original documents, since those of the folder are new.
    private = key_file.with_name(f"{key_file.stem}.{MANIFEST}") if key_file else None
    if key_file and private:
        check_key_path(key_file, out)
        check_output_paths(project.path, key_file, private)
    Selector(project, request.selection).check_not_empty()
    before = _existing_manifest(out / MANIFEST, pseudonymised=pseudonyms is not None)
    total = project.documents.count()
    project.refuse_damage(lambda: progress(0, total))  # Before the split, which writes the measures of documents.
    report = _split(project, out, request, corpus, progress)
    found = report.splitting
    if before and not pseudonyms:
        check_assignments_kept(before.kept, found.split.sides, out / MANIFEST, out / MANIFEST)
    if before and private and private.is_file() and (original := read_manifest(private)).files == before.files:
        # It also knows documents of which a name was labelled since, so that their new texts have other ids.
        check_assignments_kept(original.kept, found.split.sides, out / MANIFEST, private)
    names = display_names(project.annotators.all()) if corpus.name_annotators else anonymous_names(project)
    with write_errors(out), project.read_transaction(is_checked=True):
        pseudonymiser = None
        if pseudonyms:
            collecting = part_of_progress(progress, 0, 2)
            pseudonymiser = Pseudonymiser(project, pseudonyms, request.selection, lambda seen: collecting(seen, total))
            progress = part_of_progress(progress, 1, 2)
        with replace_together() as together:
            key_part = together.file(key_file) if key_file else None
            private_part = together.file(private) if private else None
            part = together.folder(out, {*before.files, MANIFEST} if before else ())
            written = _write_splits(
                project,
                _SplitFiles(part, out, files),
                replace(request, format=format, options=replace(request.options, names=names | {MAJORITY: MAJORITY})),
                report,
                pseudonymiser=pseudonymiser,
                progress=progress,
            )
            if before and pseudonyms:
                sides = {document: side for side, ids in written.items() for document in ids}
                check_assignments_kept(before.kept, sides, out / MANIFEST, private)
            tagset = project.tagset
            if pseudonymiser:
                tagset = pseudonymised_tagset(tagset, pseudonymiser.rename_text)
            (part / TAGSET).write_text(tagset_to_json(tagset), "utf-8", newline="\n")
            plots, report.without_plots = _draw_plots(report.figures, tagset, part, corpus)
            info = DatasetInfo(
                project=project,
                name=corpus.name or out.name,
                request=request,
                corpus=corpus,
                files={side: files[side] for side in found.documents},
                tagset=tagset,
                report=report,
                names=names,
                plots=plots,
            )
            write_card(info, part)
            _write_manifests(part, private_part, corpus, found, written, pseudonymised=pseudonyms is not None)
            if pseudonymiser and key_part:
                write_key(pseudonymiser.key(), key_part)
        report.kept = tuple(together.kept)
    return report


def anonymous_names(project: Project) -> dict[str, str]:
    """Return names by annotator id that do not say who somebody is, the same in every export of a project.

    Example: annotator-3f9a1c, as long as six digits suffice to distinguish all annotators.
    """
    ids = [person.id for person in project.annotators.all()]
    length = next((n for n in (6, 8, 12) if len({each[:n] for each in ids}) == len(ids)), None)
    return {each: f"annotator-{each[:length]}" for each in ids}


def pseudonymised_tagset(tagset: Tagset, rename: Callable[[str], ReplacedText]) -> Tagset:
    """Return a tagset with pseudonyms in its description, guidelines and examples; labels' ids and names stay.

    A team may have copied names from its articles into them.
    """
    labels = (
        replace(
            label,
            guideline=_renamed_texts(label.guideline, rename),
            examples=tuple(_renamed_examples(label.examples, rename)),
            counter_examples=tuple(_renamed_examples(label.counter_examples, rename)),
        )
        for label in tagset.labels
    )
    return replace(tagset, description=_renamed_texts(tagset.description, rename), labels=tuple(labels))


def _split(
    project: Project, out: Path, request: ExportRequest, corpus: CorpusOptions, progress: Progress
) -> CorpusReport:
    """Split the selected documents, by the manifest if one is given; return the report of a folder without files."""
    kept = NO_PREVIOUS_SPLIT
    if corpus.manifest:
        manifest = read_manifest(corpus.manifest)
        if manifest.pseudonymised:
            raise ExportError(
                "{path} is the manifest of a dataset with pseudonyms and does not list the original articles. "
                "Use the manifest next to the key file.",
                path=corpus.manifest,
            )
        kept = manifest.kept
    counts = SelectionCounts()
    members = selected_members(project, request.selection, counts)
    if not members:
        raise ExportError("No article of {path} is selected. Nothing was written.", path=project.path)
    return CorpusReport(out, corpus.plan, split_project(project, members, corpus.plan, kept, progress), counts)


def _existing_manifest(path: Path, *, pseudonymised: bool) -> Manifest | None:
    """Return the manifest that is to be replaced, None if there is none.

    Raises ExportError if names were replaced in the existing folder and not in the new one, or the reverse: nobody
    could say then whether documents change splits.
    """
    if not path.is_file():
        return None
    found = read_manifest(path)
    if found.pseudonymised and not pseudonymised:
        raise ExportError(
            "{folder} is a dataset with pseudonyms, and this export has none. Choose another folder.",
            folder=path.parent,
        )
    if pseudonymised and not found.pseudonymised:
        raise ExportError(
            "{folder} is a dataset without pseudonyms, and this export has some. Choose another folder.",
            folder=path.parent,
        )
    return found


def _write_splits(
    project: Project,
    target: _SplitFiles,
    request: ExportRequest,
    report: CorpusReport,
    *,
    pseudonymiser: Pseudonymiser | None,
    progress: Progress,
) -> dict[Side, list[str]]:
    """Write a file for each split; add its report and figures to the report; return the ids of its documents.

    With pseudonyms the ids differ from those of the project.
    """
    for path in (f"{REPORTS}/", *target.files.values()):
        (target.part / path).parent.mkdir(parents=True, exist_ok=True)
    (target.part / REPORTS).mkdir(exist_ok=True)
    written: dict[Side, list[str]] = {}
    splits = report.splitting.documents
    for number, (side, ids) in enumerate(splits.items()):
        selection = replace(request.selection, document_ids=frozenset(ids))
        figures = report.figures[side] = CorpusStatistics()
        written[side] = []
        prepared = prepare_export(project, replace(request, selection=selection))
        count = _counter(figures, written[side], request.options.include_debris)
        part_progress = part_of_progress(progress, number, len(splits))
        report.reports[side] = _write_split(target, side, prepared, pseudonymiser, part_progress, count)
    return written


def _write_split(
    target: _SplitFiles,
    side: Side,
    prepared: PreparedExport,
    pseudonymiser: Pseudonymiser | None,
    progress: Progress,
    on_written: OnWritten,
) -> ExportReport:
    """Write the file of one split; report and errors name the folder's final path."""
    part, out = target.part, target.out
    path, report_path = part / target.files[side], part / REPORTS / f"{side}.json"
    try:
        with export_errors(path), replace_together() as files:
            report = export_file(files, prepared, path, report_path, pseudonymiser, progress, on_written)
    except ExportError as error:
        raise ExportError(_with_final_path(error.message, str(part), str(out))) from error
    report.path, report.report_path = out / path.relative_to(part), out / report_path.relative_to(part)
    return report


def _with_final_path(message: Message, part: str, out: str) -> Message:
    """Return a message with the folder's final path instead of the one it is written at."""
    fields: dict[str, object] = {}
    for name, value in message.fields.items():
        if isinstance(value, Message):
            fields[name] = _with_final_path(value, part, out)
        else:
            fields[name] = value.replace(part, out) if isinstance(value, str) else value
    return Message(message.template, **fields)


def _counter(figures: CorpusStatistics, ids: list[str], include_debris: bool) -> OnWritten:
    """Return a function that counts a written document; equal entities of several annotators count once."""

    def count(document: Document, entities: Sequence[Entity]) -> None:
        ids.append(document.id)
        tokens = content_tokens(document, include_debris)
        spans = sorted({(entity.span, entity.label) for entity in entities})
        figures.add(document, len(tokens), ((label, count_touched(tokens, span)) for span, label in spans))

    return count


def _draw_plots(
    figures: Mapping[Side, CorpusStatistics], tagset: Tagset, part: Path, corpus: CorpusOptions
) -> tuple[dict[str, str], str]:
    """Draw the plots; return what each shows, and otherwise why there are none."""
    if not corpus.plots:
        return {}, ""
    if not can_draw():
        return {}, f"No plots were drawn. {needs_package('matplotlib 3.11 or newer', 'plots')}"
    (part / PLOTS).mkdir()
    drawn = draw_plots(figures, tagset, part / PLOTS)
    if not drawn:
        (part / PLOTS).rmdir()
    return drawn, ""


def _write_manifests(
    part: Path,
    private_part: Path | None,
    corpus: CorpusOptions,
    found: SplitResult,
    written: Mapping[Side, Sequence[str]],
    *,
    pseudonymised: bool,
) -> None:
    """Write the folder's manifest and, next to the key file, the one with the ids of the original documents."""
    kept_from = digest(corpus.manifest) if corpus.manifest else ""
    files = files_of(part)
    write_manifest(
        part / MANIFEST, corpus.plan, found, written, files, kept_from=kept_from, pseudonymised=pseudonymised
    )
    if private_part:
        private_part.touch(0o600)  # As the key file: both manifests together say which text became which.
        write_manifest(private_part, corpus.plan, found, found.documents, files, kept_from=kept_from)


def _renamed_texts(texts: Mapping[str, str], rename: Callable[[str], ReplacedText]) -> dict[str, str]:
    return {language: rename(text).text for language, text in texts.items()}


def _renamed_examples(examples: Iterable[Example], rename: Callable[[str], ReplacedText]) -> Iterator[Example]:
    """Yield examples with pseudonyms, except those whose marked part is then in them twice."""
    for example in examples:
        start = example.text.index(example.span)
        renamed = rename(example.text)
        marked = renamed.map_span(Span(start, start + len(example.span)))[0].of(renamed.text)
        if renamed.text.count(marked) == 1:
            yield Example(renamed.text, marked, _renamed_texts(example.note, rename))
