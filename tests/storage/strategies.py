"""Projects for tests, and random work of annotators in them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.edit import REMOVED_KEY, TITLE_KEY, CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.changes import (
    AddLabel,
    DescribeLabel,
    MergeLabels,
    MoveLabel,
    RemoveLabel,
    RenameLabel,
    SetLabelKey,
    TagsetChange,
)
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ResourceError
from annotator.session import Session
from annotator.storage.project import Project

COLOUR = {"light": "#123456", "dark": "#abcdef"}
LABELS = ("PERS", "LOC", "ORG")
TEXTS = (
    "بغداد\nوصل أحمد العلي إلى بغداد ومنها إلى ديالى.",
    "قالت وكالة الأنباء إن القوات دخلت الموصل 😀 صباحا.",
    "لم يحدث شيء في البصرة.",
)
PEOPLE = tuple(Annotator(f"id-of-{name}", name) for name in ("Ali", "Basma", "Carmen"))

ACTIONS: dict[str, Callable[[Session, int, int], object]] = {
    "confirm": lambda s, a, b: s.confirm(),
    "reject": lambda s, a, b: s.reject(),
    "skip": lambda s, a, b: s.skip(),
    "label": lambda s, a, b: s.give_label(_label(s, a)),
    "annotate": lambda s, a, b: s.annotate(_span(s, a, b), _label(s, b)),
    "resize": lambda s, a, b: s.resize(_span(s, a, b)),
    "move": lambda s, a, b: s.move_end(a % 5 - 2, "char" if b % 2 else "word"),
    "confirm all": lambda s, a, b: s.confirm_all(),
    "done": lambda s, a, b: s.set_done(bool(a % 2)),
    "note": lambda s, a, b: s.set_note(str(a % 3 or ""), _key(s, b)),
    "doubt": lambda s, a, b: s.set_doubtful(bool(a % 2), _key(s, b)),
    "focus": lambda s, a, b: s.set_focus(s.items[a % len(s.items)] if s.items else None),
    "open": lambda s, a, b: s.open(document_id(TEXTS[a % len(TEXTS)])),
    "tagset": lambda s, a, b: change_tagset(s, a, b),
    "rename": lambda s, a, b: s.rename_article(document_id(TEXTS[a % len(TEXTS)]), ("", "عنوان جديد", "آخر")[b % 3]),
    "undo": lambda s, a, b: s.undo(),
    "redo": lambda s, a, b: s.redo(),
}
"""Each action takes two numbers, which choose among what there is at that moment."""

Action = tuple[str, int, int]
actions = st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, 59), st.integers(0, 59))


_VALUES: dict[CellKind, st.SearchStrategy[Any]] = {
    CellKind.STATUS: st.just({"status": "done"}),
    CellKind.REMOVED: st.just({"removed": True}),
    CellKind.TITLE: st.fixed_dictionaries({"title": st.sampled_from(["عنوان آخر", ""])}),
    CellKind.ASSIGNMENT: st.just({"assigned": True}),
    CellKind.CHECKED: st.fixed_dictionaries({"label": st.sampled_from(["", "PERS", "LOC"])}),
    CellKind.RULE: st.fixed_dictionaries({"pattern": st.sampled_from(["بغداد", "ال.+"]), "label": st.just("LOC")}),
    CellKind.GOLD: st.fixed_dictionaries(
        {
            "label": st.sampled_from(["", "PERS"]),
            "by": st.just("id-of-Ali"),
            "rests": st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "LOC"])),
        }
    ),
    CellKind.NOTE: st.fixed_dictionaries({"text": st.sampled_from("أب"), "doubtful": st.booleans()}),
    CellKind.ANNOTATION: st.fixed_dictionaries(
        {"start": st.integers(0, 3), "end": st.just(4), "label": st.just("PERS"), "origin": st.just("imported")}
    ),
}


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Return an edit without an id that writes a few cells, which others write too."""
    writes = []
    for _ in range(draw(st.integers(0, 3))):
        cell = draw(st.sampled_from(sorted(_VALUES)))
        fixed = {CellKind.STATUS: "", CellKind.REMOVED: REMOVED_KEY, CellKind.TITLE: TITLE_KEY}
        key = fixed[cell] if cell in fixed else draw(st.sampled_from("abc"))
        place = "" if cell is CellKind.RULE else document_id(draw(st.sampled_from(TEXTS[:2])))
        writes.append(Write(place, cell, key, draw(st.none() | _VALUES[cell]), draw(st.none() | _VALUES[cell])))
    return Edit("", draw(st.sampled_from(PEOPLE[:2])).id, document_id(TEXTS[0]), EditKind.IMPORT, tuple(writes))


def make_tagset(nested: bool = False, name: str = "small") -> Tagset:
    """Return a tagset of three labels."""
    labels = tuple(Label(i, {"en": i.title()}, COLOUR, key=str(n)) for n, i in enumerate(LABELS, 1))
    return Tagset(name, labels, nested=nested)


def make_document(text: str, title: str = "عنوان", **metadata: object) -> Document:
    """Return a document whose first three characters are its title."""
    regions = (Region(Span(0, 3), RegionKind.TITLE),)
    return Document(document_id(text), text, title=title, source="وكالة", regions=regions, metadata=metadata)


def make_suggestions(text: str, suggester: str, seed: int = 0) -> list[Suggestion]:
    """Return suggestions for words of a text, the same ones for the same seed."""
    rng = random.Random(f"{text}{suggester}{seed}")
    found = []
    place = 0
    for word in text.split():
        place = text.index(word, place)
        if len(word) > 2 and rng.random() < 0.6:
            start = place + rng.choice((0, 0, 1))
            found.append(Suggestion(Span(start, place + len(word)), rng.choice(LABELS), rng.random(), suggester, "1"))
        place += len(word)
    return found


def make_project(path: Path, nested: bool = False, texts: Sequence[str] = TEXTS) -> Path:
    """Make a project with some documents and the suggestions of two suggesters, and close it."""
    with Project.create(path, make_tagset(nested)) as project, project.transaction():
        for text in texts:
            project.documents.add(make_document(text))
            for suggester in ("lexicon", "memory"):
                found = make_suggestions(text, suggester)
                project.suggestions.replace(document_id(text), suggester, "1", found)
    return path


def make_copies(folder: Path, nested: bool = False, count: int = 3) -> list[Path]:
    """Make a project and copies of its file."""
    first = make_project(folder / "copy-0.annot", nested)
    copies = [folder / f"copy-{number}.annot" for number in range(1, count)]
    for copy in copies:
        shutil.copyfile(first, copy)
    return [first, *copies]


def work(path: Path, annotator: Annotator, done: Sequence[Action]) -> None:
    """Let an annotator make actions on a project, beginning in its first document."""
    with Project.open(path) as project:
        session = Session(project, annotator)
        session.open(document_id(TEXTS[0]))
        for name, a, b in done:
            ACTIONS[name](session, a, b)


def merged(target: Path, sources: Sequence[Path], result: Path) -> Path:
    """Merge sources into a copy of the target, one after the other, and return the copy."""
    from annotator.services.project.merge_copies import merge_copies

    shutil.copyfile(target, result)
    with Project.open(result) as project:
        for source in sources:
            merge_copies(project, [source])
    return result


def contents(path: Path) -> dict[str, object]:
    """Return everything that a project holds as plain values, but for its own id."""
    with ExitStack() as stack:
        project = stack.enter_context(Project.open(path))
        assert project.integrity() == []
        ids = list(project.documents.ids())
        return {
            "documents": [project.documents.get(i) for i in ids],
            "document stamps": project.replica.document_stamps(),
            "annotators": project.replica.stamped_annotators(),
            "edits": [(edit, edit.time) for edit in project.log.edits()],
            "state": project.log.state(),
            "tagset": project.tagset,
            "time spent": list(project.time_spent.all()),
            "run stamps": project.replica.run_stamps(),
            "suggestions": {i: project.suggestions.of(i) for i in ids},
        }


def _key(session: Session, b: int) -> str:
    """Return the key of some item of the open document, or of the document itself."""
    keys = ["", *(item.key for item in session.items)]
    return keys[b % len(keys)]


def change_tagset(session: Session, a: int, b: int) -> None:
    """Change the tagset somehow, unless the change is refused."""
    label, other = _label(session, a), _label(session, b)
    changes: tuple[TagsetChange, ...] = (
        RenameLabel(label, f"NEW{b % 4}"),
        MergeLabels(label, other),
        DescribeLabel(label, names={"en": f"Name {b}"}),
        DescribeLabel(label, colour={"light": f"#{b:06}", "dark": COLOUR["dark"]}),
        SetLabelKey(label, str(b % 10), take=bool(a % 2)),
        MoveLabel(label, b % 5),
        AddLabel(Label(f"MORE{b % 3}", {"en": f"More {b}"}, COLOUR)),
        RemoveLabel(label),
    )
    with suppress(ResourceError):
        session.change_tagset([changes[(a + b) % len(changes)]])


def _label(session: Session, number: int) -> str:
    """Return some label of the tagset as it stands."""
    labels = session.tagset.labels
    return labels[number % len(labels)].id


def _span(session: Session, a: int, b: int) -> Span:
    """Return some span of the open document."""
    assert session.document is not None
    length = len(session.document.text)
    start = a % length
    return Span(start, min(length, start + 1 + b % 7))
