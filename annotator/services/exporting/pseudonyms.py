"""Stand-ins for the names of persons in an export, the same for the same name in all of the corpus.

Which names there are is looked up in the whole project, whoever labelled them and whatever the export takes, so that
the parts of a corpus that is exported in parts go together. text/names/rename.py finds names in texts,
text/names/person_names.py says which words of a name are replaced, and text/names/pseudonym_generator.py says by what.

What it cannot do:

- Only names that somebody labelled are known. A name that is nowhere labelled stays; how many of them are suggested
  and undecided is counted in the report.
- A single word of a name that is an ordinary word, a title, a place, or (unless it is a well-known name) the whole of a
  span with another label (نور, واشنطن), is replaced where it is labelled and beside the rest of its name. Elsewhere it
  is left, and counted in the report.
- Titles, particles (بن, أبو, عبد), numbers and initials stay, and so does what the text tells of a person: the office,
  the place, the date. Who knows the article will know the person. This makes no anonymous data of personal data.
- Annotators are called what they are called; export_project(names=...) calls them otherwise, as a corpus does.
- Other spellings of a name than those that differ in harakat, tatweel, hamza, ى and ة are other names, and have other
  stand-ins, and so are plurals (الدليميون) and names run together (طارقالدليمي); of names in Latin letters this holds
  against the Arabic ones.

Stand-ins are chosen by the project's random id, which no export holds, and by a key of the user's: without the project
or the key file nobody can work out which name one stands for, but may guess it from what the article says.

Address, author, outside id and all other fields of a document are dropped, and its id is that of the altered text, as
the old one would tell which article it was. Title and source are treated as texts are; notes are left out, and so is
the name of a file that suggestions came from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, OriginKind
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.services.exporting.pseudonym_counts import PseudonymCounts
from annotator.services.exporting.pseudonym_key import PseudonymKey, read_key
from annotator.services.exporting.selection import Selection, SelectionCounts, Selector, reading_order
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
"""Stands for the suggester where that is a plug-in, or the file that suggestions came from."""
_SUGGESTERS = frozenset(("", *WITHOUT_DOWNLOAD, LEARNED, "camel"))
_Snippet = tuple[str, int]
"""A labelled name from the beginning of its first word on, and where in that the label begins."""


@dataclass(frozen=True, slots=True)
class PseudonymOptions:
    """Which names an export replaces, and where the key to them is kept.

    labels: the labels whose spans are names of persons. key_file: where the list of names and their stand-ins goes,
    None for nowhere; a list that is there already is kept to and added to. It must not lie in a folder that is
    exported. salt: another text gives other stand-ins; the same project, key file and salt always give the same.
    """

    labels: tuple[str, ...]
    key_file: Path | None = None
    salt: str = ""


class Pseudonymiser:
    """Replaces the names of one project.

    Raises ExportError where a label is not the project's, or the key file is not its own.
    """

    def __init__(
        self, project: Project, pseudonyms: PseudonymOptions, selection: Selection, seen: Callable[[int], None]
    ) -> None:
        """Look the names up in all documents; seen is told how many were looked at."""
        _refuse_unknown_labels(project, pseudonyms.labels)
        self._project = project
        self._asked = tuple(dict.fromkeys(pseudonyms.labels))
        self._labels = frozenset(self._asked)
        held = read_key(pseudonyms.key_file, project.id) if pseudonyms.key_file else None
        if held and pseudonyms.salt not in ("", held.salt):
            raise ExportError(
                "{path} was made with another key; leave the key out, or name another file.", path=pseudonyms.key_file
            )
        salt = held.salt if held else pseudonyms.salt
        snippets, others = self._gather(selection, seen)
        self._known = _known(snippets)
        names = {snippet: _words(snippet, self._is_known) for snippet in snippets}
        self._kinds = _kinds(names.values())
        kept = held.words if held else {}
        stand_ins = generate_pseudonyms(self._kinds, f"{project.id}\n{salt}".encode(), kept)
        self._changed = sum(stand_ins.get(word) != stand_in for word, stand_in in kept.items())
        alone = frozenset(word for word, kind in self._kinds.items() if is_unambiguous(word, kind, others))
        self._renamer = NameReplacer(stand_ins, names.values(), alone, self._is_known)
        self._key = PseudonymKey(project.id, salt, stand_ins, dict(held.names) if held else {})
        self._names = names
        self._ids: set[str] = set()
        self._left: Counter[str] = Counter()

    def _gather(self, selection: Selection, seen: Callable[[int], None]) -> tuple[list[_Snippet], set[str]]:
        """Return the labelled names, each once, in the order of import, and the words that other labels cover alone.

        Suggestions with the labels count where the export takes suggestions.
        """
        snippets: dict[_Snippet, None] = {}
        others: set[str] = set()
        for number, (text, places) in enumerate(self._labelled(selection), 1):
            for annotation in places:
                span = annotation.span
                if annotation.label in self._labels:
                    begin = word_start(text, span.start)
                    snippets[text[begin : span.end], span.start - begin] = None
                elif len(covered := list(split_words(text, span.start, span.end))) == 1:
                    others.add(word_key(covered[0].of(text)))
            seen(number)
        return list(snippets), others

    def _labelled(self, selection: Selection) -> Iterator[tuple[str, list[Annotation]]]:
        """Yield the text of every document with the annotations of everybody, and suggestions where they are asked for.

        The text is left out where there are none.
        """
        if not selection.include_suggestions:
            for document in self._project.documents.ids():
                places = self._project.log.annotations(document)
                yield self._project.documents.get(document).text if places else "", places
            return
        everywhere = Selection(selection.annotators, include_suggestions=True)
        for annotated in Selector(self._project, everywhere).documents(SelectionCounts()):
            yield annotated.document.text, self._places(annotated)

    def _places(self, annotated: AnnotatedDocument) -> list[Annotation]:
        """Return what is labelled in a document: by everybody, taken or not, and the suggestions that are taken."""
        return [*self._project.log.annotations(annotated.document.id), *annotated.annotations]

    def _is_known(self, key: str) -> bool:
        """Tell whether a word is surely a name, by the places where no clitic is to be thought of."""
        return key in self._known

    def counts(self) -> PseudonymCounts:
        """Return the counts of a file that is about to be written."""
        return PseudonymCounts(self._asked, names=len(self._kinds), changed=self._changed)

    def documents(self, documents: Iterable[AnnotatedDocument], counts: PseudonymCounts) -> Iterator[AnnotatedDocument]:
        """Yield the documents of one file with stand-ins for the names; its counts are added to."""
        return (self._renamed(annotated, counts) for annotated in documents)

    def words(self, text: str) -> ReplacedText:
        """Return a text that is no document's with stand-ins; nothing of it is counted."""
        return self._renamer.replace(text)

    def _renamed(self, annotated: AnnotatedDocument, counts: PseudonymCounts) -> AnnotatedDocument:
        """Return a document with stand-ins, every place in it moved along."""
        document = annotated.document
        labelled = sorted({a.span for a in self._places(annotated) if a.label in self._labels})
        own = [[w for w in name_words(document.text, span, self._is_known) if w.is_own] for span in labelled]
        renamed = self._renamer.replace(document.text, labelled)
        self._count(counts, renamed, [[word.span for word in found] for found in own])
        named = (w for found in own for w in found if self._kinds[w.key] is not NameKind.DIVINE)
        here = frozenset(spelling(w.span.of(document.text)) for w in named)

        def text(said: str) -> str:
            """Return a short text that goes with the document, which says what a line says that is the same.

            Otherwise the document's names count in any place of it.
            """
            line = re.search(f"^{re.escape(said)}$", document.text, re.MULTILINE) if said else None
            if line:
                return renamed.map_span(Span(*line.span()))[0].of(renamed.text)
            return self._renamer.replace(said, also=here).text

        moved = [(_of_nobody(a), *renamed.map_span(a.span)) for a in annotated.annotations]
        widened = [annotation for annotation, _, exact in moved if not exact]
        counts.moved += sum(each.origin.kind is not OriginKind.SUGGESTION for each in widened)
        counts.undecided += self._undecided(document.id, renamed)
        counts.dropped += bool(document.url or document.author or document.external_id or document.metadata)
        new_id = self._new_id(renamed.text)
        if widened:
            counts.widened[new_id] = frozenset(each.id for each in widened)
        return replace(
            annotated,
            document=Document(
                new_id,
                renamed.text,
                title=text(document.title),
                date=document.date,
                source=text(document.source),
                newlines=document.newlines,
                regions=tuple(replace(r, span=renamed.map_span(r.span)[0]) for r in document.regions),
            ),
            annotations=tuple(sorted((a._replace(span=span) for a, span, _ in moved), key=reading_order)),
        )

    def _undecided(self, document_id: str, renamed: ReplacedText) -> int:
        """Count the places that are suggested as names, that nobody has decided on, and where nothing was replaced."""
        decided = {key for _, key, _ in self._project.contributions.verdicts([document_id]).get(document_id, ())}
        suggested = self._project.suggestions.of(document_id)
        open_ones = {s.span for s in suggested if s.label in self._labels and s.key not in decided}
        return sum(not any(cut.span.overlaps(span) for cut in renamed.replacements) for span in open_ones)

    def _new_id(self, text: str) -> str:
        """Return the id of an altered text, and another one where an earlier text has become the same."""
        found = document_id(text)
        for number in count(2):
            if found not in self._ids:
                break
            found = document_id(f"{text}\n{number}")
        self._ids.add(found)
        return found

    def _count(self, counts: PseudonymCounts, renamed: ReplacedText, labelled: Collection[Collection[Span]]) -> None:
        """Count what was replaced in a document, given the places of the names' own words in each labelled place."""
        places = {place for found in labelled for place in found}
        counts.labelled += sum(bool(found) for found in labelled)
        counts.unnamed += sum(not found for found in labelled)
        counts.mentions += sum(cut.span not in places for cut in renamed.replacements)
        for word, number in renamed.unreplaced.items():
            if self._kinds.get(word, NameKind.DIVINE) is not NameKind.DIVINE:
                counts.left[word] += number
                self._left[word] += number

    def key(self) -> PseudonymKey:
        """Return what the key file must hold, after all documents of all files were replaced."""
        names = dict(self._key.names)
        for (text, begin), found in self._names.items():
            if len(found) > 1:
                name = Span(found[0].span.start, found[-1].span.end)
                renamed = self._renamer.replace(text, [Span(begin, len(text))])
                names[name.of(text)] = renamed.map_span(name)[0].of(renamed.text)
        return replace(self._key, names=names, left=self._left)


def _of_nobody(annotation: Annotation) -> Annotation:
    """Return an annotation whose origin names no file that its suggestion came from."""
    origin = annotation.origin
    if origin.kind is OriginKind.AGREED or origin.suggester in _SUGGESTERS:
        return annotation
    return annotation._replace(origin=replace(origin, suggester=_OTHER))


def _refuse_unknown_labels(project: Project, labels: Collection[str]) -> None:
    """Raise ExportError where a label is not one of the project's."""
    known = [label.id for label in project.tagset.labels]
    for label in labels:
        if label not in known:
            raise ExportError(
                "There is no label called {label} in this project; there are: {known}.",
                label=label,
                known=", ".join(known),
            )


def _words(snippet: _Snippet, known: IsName) -> Parts:
    """Return the words of a labelled name."""
    text, begin = snippet
    return tuple(name_words(text, Span(begin, len(text)), known))


def _known(snippets: Iterable[_Snippet]) -> frozenset[str]:
    """Return the keys of words that are names whatever may be a clitic: all but first words that may begin with one."""
    found: set[str] = set()
    for text, begin in snippets:
        name = _words((text, begin), lambda _: False)
        is_doubtful = begin == 0 and word_key(text)[:1] in _CLITICS
        found.update(word.key for number, word in enumerate(name) if word.is_own and not (is_doubtful and number == 0))
    return frozenset(found)


def _kinds(names: Iterable[Parts]) -> dict[str, NameKind]:
    """Return of what kind each word of the names is; of several the first in the order of kinds."""
    order = list(NameKind)
    kinds: dict[str, NameKind] = {}
    for word in (word for name in names for word in name if word.is_own):
        kinds[word.key] = min(kinds.get(word.key, word.kind), word.kind, key=order.index)
    return kinds
