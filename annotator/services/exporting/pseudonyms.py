"""Replace the names of persons in an export by pseudonyms, the same pseudonym for the same name in the whole project.

Example, with PERS as the label to replace: طارق الدليمي is labelled in one article. It is replaced there, its further
mentions in all articles are replaced by the same pseudonym, and all offsets are those of the new text.

The names are collected from the whole project, whoever labelled them and whatever the export selects, so that exports
of parts of a project go together. text/names/name_replacer.py finds names in texts, text/names/person_names.py says
which words of a name are replaced, and text/names/pseudonym_generator.py chooses the pseudonyms.

Limits:

- Only labelled names are known. A name that nobody labelled stays. The report counts how many suggested names are
  undecided.
- A single word of a name may also be an ordinary word, a title, a place, or (unless it is a well-known name) the whole
  of a span with another label (نور, واشنطن). Such a word is replaced only where it is labelled and next to the rest of
  its name. Elsewhere it stays, and the report counts it.
- Titles, particles (بن, أبو, عبد), numbers and initials stay, and so does what the text says of a person: the office,
  the place, the date. A reader who knows the article will know the person. This does not anonymise personal data.
- Annotators keep their names. A dataset folder numbers them instead.
- Spellings that differ in more than harakat, tatweel, hamza, ى and ة are different names with different pseudonyms. So
  are plurals (الدليميون), names run together (طارقالدليمي), and a name in Latin and in Arabic letters.

The pseudonyms depend on the project's random id, which no export holds, and on the user's salt. Without the project or
the key file nobody can compute which name a pseudonym replaces, but the article may let them guess it.

A document loses its address, author, outside id, further fields and notes. It gets the id of its new text, since the
old id would say which article it was. Title and source are treated as the text is. The name of a file that suggestions
came from is dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import combined_name, proposers_of
from annotator.errors import ExportError
from annotator.services.exporting.pseudonym_key import PseudonymKey, read_key
from annotator.services.exporting.report import PseudonymCounts
from annotator.services.exporting.request import PseudonymOptions
from annotator.services.exporting.selection import Selection, SelectionCounts, Selector, reading_order
from annotator.services.exporting.verify import SourceDocument
from annotator.storage.project import Project
from annotator.suggest.model_folders import LEARNED
from annotator.suggest.registry import WITHOUT_DOWNLOAD
from annotator.text.names.ambiguity import is_unambiguous
from annotator.text.names.given_names import NameKind
from annotator.text.names.name_replacer import NameReplacer, Parts
from annotator.text.names.person_names import IsName, name_words, spelling, split_words, word_key, word_start
from annotator.text.names.pseudonym_generator import generate_pseudonyms
from annotator.text.names.replacements import ReplacedText

_CLITICS = frozenset("وفبكلس")
_OTHER = "other"
"""Replaces the name of a suggester that is a plug-in, or of the file that suggestions came from."""
_SUGGESTERS = frozenset(("", *WITHOUT_DOWNLOAD, LEARNED, "camel"))
_Snippet = tuple[str, int]
"""A labelled name from the start of its first word, and the offset in it at which the label starts."""


class Pseudonymiser:
    """Replaces the names of one project.

    Raises ExportError if the project has no such label, or the key file belongs to another project or salt.
    """

    def __init__(
        self, project: Project, options: PseudonymOptions, selection: Selection, progress: Callable[[int], None]
    ) -> None:
        """Collect the names of all documents; progress is called with the number of documents read."""
        _check_labels(project, options.labels)
        self._project = project
        self._labels = tuple(dict.fromkeys(options.labels))
        held = _held_key(project, options)
        salt = held.salt if held else options.salt
        snippets, other_words = self._collect(selection, progress)
        self._certain = _certain_words(snippets)
        self._names = {snippet: _words(snippet, self._is_certain) for snippet in snippets}
        self._kinds = _kinds(self._names.values())
        earlier = held.words if held else {}
        pseudonyms = generate_pseudonyms(self._kinds, f"{project.id}\n{salt}".encode(), earlier)
        self._changed = sum(pseudonyms.get(word) != pseudonym for word, pseudonym in earlier.items())
        alone = frozenset(word for word, kind in self._kinds.items() if is_unambiguous(word, kind, other_words))
        self._renamer = NameReplacer(pseudonyms, self._names.values(), alone, self._is_certain)
        self._key = PseudonymKey(project.id, salt, pseudonyms, dict(held.names) if held else {})
        self._ids: set[str] = set()
        self._left: Counter[str] = Counter()

    def new_counts(self) -> PseudonymCounts:
        """Return the counts of a file to which no document was written yet."""
        return PseudonymCounts(self._labels, names=len(self._kinds), changed=self._changed)

    def rename_documents(
        self, documents: Iterable[AnnotatedDocument], counts: PseudonymCounts
    ) -> Iterator[SourceDocument]:
        """Yield documents with pseudonyms, adding to the counts of their file."""
        for annotated in documents:
            renamed, found = self._rename_document(annotated)
            counts.add(found)
            yield renamed

    def rename_text(self, text: str) -> ReplacedText:
        """Return a text that belongs to no document with pseudonyms."""
        return self._renamer.replace(text)

    def key(self) -> PseudonymKey:
        """Return the content of the key file. Call it after all documents of all files were renamed."""
        names = dict(self._key.names)
        for (text, begin), found in self._names.items():
            if len(found) > 1:
                name = Span(found[0].span.start, found[-1].span.end)
                renamed = self._renamer.replace(text, [Span(begin, len(text))])
                names[name.of(text)] = renamed.map_span(name)[0].of(renamed.text)
        return replace(self._key, names=names, left=self._left)

    def _collect(self, selection: Selection, progress: Callable[[int], None]) -> tuple[list[_Snippet], set[str]]:
        """Return the labelled names, each once, in the order of import, and the words that other labels cover alone."""
        snippets: dict[_Snippet, None] = {}
        other_words: set[str] = set()
        for number, (text, labelled) in enumerate(self._all_labelled(selection), 1):
            for annotation in labelled:
                span = annotation.span
                if annotation.label in self._labels:
                    begin = word_start(text, span.start)
                    snippets[text[begin : span.end], span.start - begin] = None
                elif len(covered := list(split_words(text, span.start, span.end))) == 1:
                    other_words.add(word_key(covered[0].of(text)))
            progress(number)
        return list(snippets), other_words

    def _all_labelled(self, selection: Selection) -> Iterator[tuple[str, list[Annotation]]]:
        """Yield each document's text and everybody's annotations, with suggestions if the export includes them.

        The text is empty if nothing is annotated.
        """
        if not selection.include_suggestions:
            for document in self._project.documents.ids():
                labelled = self._project.log.annotations(document)
                yield self._project.documents.get(document).text if labelled else "", labelled
            return
        everywhere = Selection(selection.annotators, include_suggestions=True)
        for annotated in Selector(self._project, everywhere).documents(SelectionCounts()):
            yield annotated.document.text, self._labelled(annotated)

    def _labelled(self, annotated: AnnotatedDocument) -> list[Annotation]:
        """Return everybody's annotations of a document, selected or not, and the suggestions that are selected."""
        return [*self._project.log.annotations(annotated.document.id), *annotated.annotations]

    def _is_certain(self, key: str) -> bool:
        """Return True if a labelled name has this word where its first letter cannot be a clitic."""
        return key in self._certain

    def _rename_document(self, annotated: AnnotatedDocument) -> tuple[SourceDocument, PseudonymCounts]:
        """Return a document with pseudonyms and moved spans, and what was replaced in it."""
        document = annotated.document
        labelled = sorted({a.span for a in self._labelled(annotated) if a.label in self._labels})
        names = [[w for w in name_words(document.text, span, self._is_certain) if w.is_own] for span in labelled]
        renamed = self._renamer.replace(document.text, labelled)
        human = (w for name in names for w in name if self._kinds[w.key] is not NameKind.DIVINE)
        here = frozenset(spelling(w.span.of(document.text)) for w in human)

        def field_text(said: str) -> str:
            """Rename a title or source: as the line of the text that is equal to it, if there is one.

            Otherwise the names labelled in this document count everywhere in it.
            """
            line = re.search(f"^{re.escape(said)}$", document.text, re.MULTILINE) if said else None
            if line:
                return renamed.map_span(Span(*line.span()))[0].of(renamed.text)
            return self._renamer.replace(said, also=here).text

        moved = [(_without_file_name(a), *renamed.map_span(a.span)) for a in annotated.annotations]
        widened = [annotation for annotation, _, exact in moved if not exact]
        counts = self._count(renamed, [[word.span for word in name] for name in names])
        counts.widened = sum(each.origin.kind is not OriginKind.SUGGESTION for each in widened)
        counts.undecided = self._count_undecided(document.id, renamed)
        counts.dropped = bool(document.url or document.author or document.external_id or document.metadata)
        self._left.update(counts.left)
        new = Document(
            self._new_id(renamed.text),
            renamed.text,
            title=field_text(document.title),
            date=document.date,
            source=field_text(document.source),
            newlines=document.newlines,
            regions=tuple(replace(r, span=renamed.map_span(r.span)[0]) for r in document.regions),
        )
        spans = tuple(sorted((a._replace(span=span) for a, span, _ in moved), key=reading_order))
        result = replace(annotated, document=new, annotations=spans)
        return SourceDocument(result, frozenset(each.id for each in widened)), counts

    def _count(self, renamed: ReplacedText, names: Collection[Collection[Span]]) -> PseudonymCounts:
        """Count what was replaced in a document; names has the words of the name in each labelled place."""
        places = {place for name in names for place in name}
        human = {
            w: n for w, n in renamed.unreplaced.items() if self._kinds.get(w, NameKind.DIVINE) is not NameKind.DIVINE
        }
        return PseudonymCounts(
            labelled=sum(bool(name) for name in names),
            unnamed=sum(not name for name in names),
            mentions=sum(cut.span not in places for cut in renamed.replacements),
            left=Counter(human),
        )

    def _count_undecided(self, document_id: str, renamed: ReplacedText) -> int:
        """Count the undecided suggestions of names in which nothing was replaced."""
        decided = {key for _, key, _ in self._project.contributions.verdicts([document_id]).get(document_id, ())}
        suggested = self._project.suggestions.of(document_id)
        undecided = {s.span for s in suggested if s.label in self._labels and s.key not in decided}
        return sum(not any(cut.span.overlaps(span) for cut in renamed.replacements) for span in undecided)

    def _new_id(self, text: str) -> str:
        """Return the id of a new text. If another document has become the same text, it gets a number of its own."""
        found = document_id(text)
        for number in count(2):
            if found not in self._ids:
                break
            found = document_id(f"{text}\n{number}")
        self._ids.add(found)
        return found


def _held_key(project: Project, options: PseudonymOptions) -> PseudonymKey | None:
    """Return what the key file holds, None if there is none; raises ExportError if it has another salt."""
    held = read_key(options.key_file, project.id) if options.key_file else None
    if held and options.salt not in ("", held.salt):
        raise ExportError(
            "{path} was made with another salt. Drop --salt, or choose another key file.", path=options.key_file
        )
    return held


def _check_labels(project: Project, labels: Collection[str]) -> None:
    known = [label.id for label in project.tagset.labels]
    for label in labels:
        if label not in known:
            raise ExportError(
                "No label called {label} in this project. Labels: {known}.",
                label=label,
                known=", ".join(known),
            )


def _without_file_name(annotation: Annotation) -> Annotation:
    """Return an annotation whose origin does not name the file that its suggestion came from."""
    origin = annotation.origin
    proposers = proposers_of(origin.suggester)
    if origin.kind in (OriginKind.AGREED, OriginKind.ADJUDICATED) or _SUGGESTERS.issuperset(proposers):
        return annotation
    if len(proposers) == 1 and proposers[0] == origin.suggester:
        return annotation._replace(origin=replace(origin, suggester=_OTHER))
    known = dict.fromkeys(name if name in _SUGGESTERS else _OTHER for name in proposers)
    return annotation._replace(origin=replace(origin, suggester=combined_name(known)))


def _words(snippet: _Snippet, known: IsName) -> Parts:
    text, begin = snippet
    return tuple(name_words(text, Span(begin, len(text)), known))


def _certain_words(snippets: Iterable[_Snippet]) -> frozenset[str]:
    """Return the keys of all words of names, except first words that may begin with a clitic (وليد or و + ليد)."""
    found: set[str] = set()
    for text, begin in snippets:
        name = _words((text, begin), lambda _: False)
        is_doubtful = begin == 0 and word_key(text)[:1] in _CLITICS
        found.update(word.key for number, word in enumerate(name) if word.is_own and not (is_doubtful and number == 0))
    return frozenset(found)


def _kinds(names: Iterable[Parts]) -> Mapping[str, NameKind]:
    """Return the kind of each word of the names by its key; of several kinds, the first in the order of NameKind."""
    order = list(NameKind)
    kinds: dict[str, NameKind] = {}
    for word in (word for name in names for word in name if word.is_own):
        kinds[word.key] = min(kinds.get(word.key, word.kind), word.kind, key=order.index)
    return kinds
