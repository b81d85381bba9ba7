"""Read a project from Python: documents, annotations, agreement, exports, data frames and datasets.

Example:
    import annotator

    with annotator.open("news.annot") as corpus:
        for annotation in corpus.annotations(documents="labelled"):
            print(annotation.text, annotation.label, annotation.annotator)

Nothing here changes a project. Offsets are code points, and the end is exclusive.

"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, Unpack
from weakref import finalize

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document
from annotator.domain.review.document_state import Documents
from annotator.domain.tagset.tagset import Label
from annotator.errors import ExportError, UserError
from annotator.formats.base.annotation_filter import exclude_debris
from annotator.formats.base.writer import WriteOptions
from annotator.installation import import_optional
from annotator.services.exporting.selection import Resolution, Selection, SelectionCounts, Selector
from annotator.storage.project import Project

if TYPE_CHECKING:
    from annotator.services.exporting.report import ExportReport
    from annotator.services.team.agreement import AgreementReport

__all__ = ["Annotation", "Corpus", "Document", "SelectionOptions", "UserError", "WriteOptions", "open"]

_ARTICLE_COLUMNS = ("title", "date", "source")
"""What a data frame says about the article of an annotation, besides its id."""


class SelectionOptions(TypedDict, total=False):
    """Which annotations to read; the options and defaults are those of "annotator export".

    documents: "finished" (default; articles that an annotator marked as done, with the annotations of those who did),
    "labelled" (also begun ones) or "all". annotators: names or ids; by default everybody. resolve: how to combine
    annotators: "all" (default), "majority" or "adjudicated". since: only articles from this date on; include_undated
    keeps those without a date. include_debris: also annotations in page debris.
    """

    documents: Literal["finished", "labelled", "all"]
    annotators: Sequence[str]
    resolve: Literal["all", "majority", "adjudicated"]
    since: datetime.date | None
    include_undated: bool
    include_debris: bool


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span of a document that an annotator gave a label.

    document: the id of the document. text: the words of the span. annotator: the name of the person, or "majority".
    origin: how it was made, such as "manual", "confirmed:lexicon" or "imported".
    """

    id: str
    document: str
    start: int
    end: int
    label: str
    text: str
    annotator: str
    annotator_id: str
    origin: str


def open(path: str | Path) -> Corpus:
    """Open a project for reading, as it is now. Raises UserError if it cannot be read.

    The file is not changed, not even if an older version wrote it, and others can go on working in it: a temporary copy
    is read, which close() deletes.
    """
    with ExitStack() as opened:
        project = opened.enter_context(Project.snapshot(path))
        return Corpus(project, opened.pop_all())


class Corpus:
    """A project that is open for reading. Use it in a "with" block, or call close(), in the thread that opened it."""

    def __init__(self, project: Project, opened: ExitStack) -> None:
        self._project = project
        self._opened = opened
        self._finalizer = finalize(self, opened.close)

    @property
    def path(self) -> Path:
        """Return the path of the project file."""
        return self._project.path

    @property
    def labels(self) -> tuple[Label, ...]:
        """Return the labels of the tagset, in its order."""
        return self._project.tagset.labels

    @property
    def annotators(self) -> tuple[Annotator, ...]:
        """Return the people of the project, by name."""
        return tuple(self._project.annotators.all())

    def __len__(self) -> int:
        """Return the number of documents."""
        return self._project.documents.count()

    def documents(self) -> Iterator[Document]:
        """Yield all documents that were not removed, in the order of import."""
        return self._project.documents.iter()

    def document(self, document_id: str) -> Document:
        """Return the document with an id. Raises KeyError if there is none, or if it was removed."""
        if document_id not in self._project.documents:
            raise KeyError(document_id)
        return self._project.documents.get(document_id)

    def annotated_documents(
        self, **selection: Unpack[SelectionOptions]
    ) -> Iterator[tuple[Document, tuple[Annotation, ...]]]:
        """Yield the selected documents, each with its annotations by start, longest first.

        Raises UserError if no document is in a selected state, or if an annotator is unknown.
        """
        selected, selector = self._select(selection)
        for annotated in selected:
            document, names = annotated.document, selector.names
            yield (
                document,
                tuple(
                    Annotation(
                        id=each.id,
                        document=document.id,
                        start=each.span.start,
                        end=each.span.end,
                        label=each.label,
                        text=each.span.of(document.text),
                        annotator=names.get(each.annotator, each.annotator),
                        annotator_id=each.annotator,
                        origin=str(each.origin),
                    )
                    for each in annotated.annotations
                ),
            )

    def annotations(self, **selection: Unpack[SelectionOptions]) -> Iterator[Annotation]:
        """Yield the selected annotations of all documents. Raises as annotated_documents() does."""
        for _, found in self.annotated_documents(**selection):
            yield from found

    def agreement(self, annotators: Sequence[str] = (), *, include_unfinished: bool = False) -> AgreementReport:
        """Return how well annotators agree, as "annotator agreement" does; by default all of them.

        Example: corpus.agreement().overall.f1 is the F1 of equal spans with equal labels, of all pairs together.
        Raises UserError if there is nobody to compare.
        """
        from annotator.services.team.agreement import chosen_annotators, finished, finished_or_begun, measure_agreement

        people = chosen_annotators(self._project, annotators)
        return measure_agreement(self._project, people, finished_or_begun if include_unfinished else finished)

    def export(
        self,
        out: str | Path,
        format: str = "",
        *,
        options: WriteOptions = WriteOptions(),  # noqa: B008 - frozen
        strict: bool = False,
        **selection: Unpack[SelectionOptions],
    ) -> ExportReport:
        """Write annotations to a file, as "annotator export" does, and return the counts.

        format is by default the extension of the file. The file is read back and compared before it gets its name; what
        the format cannot hold exactly is listed in export-report.json next to it. Raises UserError.
        """
        from annotator.services.exporting.export import export_project
        from annotator.services.exporting.request import ExportRequest

        out = Path(out)
        name = format or out.suffix.removeprefix(".")
        return export_project(self._project, out, ExportRequest(name, options, _selection(selection), strict=strict))

    def to_pandas(self, **selection: Unpack[SelectionOptions]) -> Any:
        """Return a pandas.DataFrame with a row for each selected annotation.

        The columns are the fields of Annotation, and title, date and source of the article. Raises UserError if pandas
        is not installed, and as annotated_documents() does.
        """
        pandas = import_optional("pandas", "pandas", ExportError)
        columns = [*Annotation.__slots__, *_ARTICLE_COLUMNS]
        rows = [
            [*asdict(annotation).values(), *(getattr(document, name) for name in _ARTICLE_COLUMNS)]
            for document, found in self.annotated_documents(**selection)
            for annotation in found
        ]
        return pandas.DataFrame(rows, columns=columns)

    def to_spacy(self, nlp: Any = None, **selection: Unpack[SelectionOptions]) -> Iterator[Any]:
        """Yield a spacy.tokens.Doc for each selected document.

        Every span is in doc.spans["sc"]; doc.ents has those that do not overlap, longest first. Tokens are cut where a
        span begins or ends, so every span is exact. nlp is the pipeline of which the vocabulary is used, by default
        spacy.blank("ar"). Raises UserError if spaCy is not installed, and as annotated_documents() does.
        """
        from annotator.formats.tabular.docbin import to_doc

        spacy = import_optional("spacy", "spacy", ExportError)
        vocab = (nlp or spacy.blank("ar")).vocab
        for annotated in self._select(selection)[0]:
            yield to_doc(vocab, annotated, WriteOptions(include_debris=True))[0]

    def to_datasets(self, **selection: Unpack[SelectionOptions]) -> Any:
        """Return a datasets.Dataset with a row for each selected document, as the format huggingface writes it.

        Columns: id, text, title, date, source, regions, spans, notes, and tokens with ner_tags, a flat IOB2 reading of
        spans. Raises UserError if datasets is not installed, and as annotated_documents() does.
        """
        from annotator.formats.tabular.parquet import write_parquet

        datasets = import_optional("datasets", "datasets", ExportError)
        parquet = import_optional("pyarrow.parquet", "datasets", ExportError)
        selected, selector = self._select(selection)
        options = WriteOptions(
            include_debris=selection.get("include_debris", False),
            names=selector.names,
            labels=tuple(label.id for label in self.labels),
        )
        with TemporaryDirectory() as folder:
            path = Path(folder) / "corpus.parquet"
            for _ in write_parquet(selected, path, options):
                pass
            return datasets.Dataset(datasets.table.InMemoryTable(parquet.read_table(path)))

    def _select(self, options: SelectionOptions) -> tuple[Iterator[AnnotatedDocument], Selector]:
        """Return the selected documents, and the selector, which has the names of annotators."""
        selector = Selector(self._project, _selection(options))
        selector.check_not_empty()
        filtering = WriteOptions(include_debris=options.get("include_debris", False))
        return (
            replace(annotated, annotations=tuple(exclude_debris(annotated, filtering)[0]))
            for annotated in selector.documents(SelectionCounts())
        ), selector

    def close(self) -> None:
        """Close the project and delete the temporary copy. Closing twice is harmless."""
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finalizer.detach()
        self._opened.__exit__(kind, error, trace)


def _selection(options: SelectionOptions) -> Selection:
    """Return the selection that some options make."""
    return Selection(
        annotators=tuple(options.get("annotators", ())),
        resolution=Resolution(options.get("resolve", "all")),
        documents=Documents(options.get("documents", "finished")),
        since=options.get("since"),
        include_undated=options.get("include_undated", False),
    )
