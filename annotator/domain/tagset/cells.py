"""The tagset as cells of the log: what a project began with, and over it one cell for each field that was changed.

A label's cells are named by the id that it had first (its root), which never changes; that is also the id that the log
gives annotations, verdicts and suggestions of the label. So a label is renamed or merged without touching anybody's
annotations: renaming writes the label's field "id", merging its field "into", which names another root. Whoever works
on a copy offline goes on to write the root, and after a merge of the copies those annotations read as the label does by
then; taking a merge of labels back gives everyone exactly the labels they gave.

The alternative, to rewrite every annotation in one edit, was left: it would speak for other annotators in their own
names, miss what lies in copies that are merged later, need an undo as large as the corpus, and be undone in part by
whoever undoes an earlier edit. One cell for each field, and not one for each label, lets one person's new
colour and another's new name both survive a merge of their copies; of two changes to one field the last counts.

Two copies may also change things that do not go together: fold_tagset() settles each such case by rules that depend
on nothing but the cells. Ids: a root is never given to another label; of two labels with one id the first root has it,
and the other goes by its root. Keys: of two labels with one key the first in the list has it. Merged in a circle: the
least root of the circle stays. Removed, while another was merged into it: it stays. Merged into a label whose adding
was taken back: it stays. Removed all of them, some here and some there: they all stay, for a tagset has a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.tagset.tagset import Example, Label, Tagset

TAGSET_ROOT = ""
"""The root under which the fields of the tagset itself stand."""
TAGSET_FIELDS = ("name", "names", "description", "nested", "clitics")
LABEL_FIELDS = ("id", "names", "colour", "key", "guideline", "examples", "counter_examples", "camel", "position")
_WAS = "was:"
"""Begins the name of the field that notes a former id, which follows it."""

TagsetCells = Mapping[str, Any]
"""The value of each changed field, by cell_key()."""
LabelFields = dict[str, Any]


def cell_key(root: str, name: str) -> str:
    """Return the key of a field's cell."""
    return f"{root}:{name}"


def former_id_field(label_id: str) -> str:
    """Return the name of the field that notes a former id of a label."""
    return _WAS + label_id


@dataclass(frozen=True, slots=True)
class LabelIds:
    """What the ids in the log mean now.

    present maps an id in the log to the one that the label has now, stored an id that a label has now or had before to
    the one that the log gives it; both lack what stays the same. gone are ids in the log of removed labels.
    """

    present: Mapping[str, str] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Tell whether every id in the log is the label's id now."""
        return not self.present and not self.gone

    def now(self, stored: str) -> str:
        """Return the id that the label has now to which the log gives an id."""
        return self.present.get(stored, stored)

    def in_log(self, label_id: str) -> str:
        """Return the id under which the log knows a label, by any of its ids."""
        return self.stored.get(label_id, label_id)

    def all_in_log(self, label_id: str) -> list[str]:
        """Return every id in the log that means a label now, sorted."""
        wanted = self.now(self.in_log(label_id))
        return sorted({self.in_log(wanted), *(stored for stored, now in self.present.items() if now == wanted)})

    def is_joint(self, label_id: str) -> bool:
        """Tell whether several ids in the log mean a label now."""
        return len(self.all_in_log(label_id)) > 1


@dataclass(frozen=True, slots=True)
class FoldedTagset:
    """A tagset as it stands, and what the ids in the log mean in it.

    kept are the roots of labels that stay though each was removed on some copy, as else none would be left.
    """

    tagset: Tagset
    ids: LabelIds
    kept: frozenset[str] = frozenset()


def fold_tagset(base: Tagset, cells: TagsetCells) -> FoldedTagset:
    """Return the tagset that a project has which began with base and whose log leaves these cells."""
    if not cells and not any(label.formerly for label in base.labels):
        return FoldedTagset(base, LabelIds())
    known = known_labels(base, cells)
    ends = {root: _end(root, known) for root in known}
    merged: dict[str, list[str]] = {}
    for root, end in sorted(ends.items()):
        merged.setdefault(end, []).append(root)
    alive = [root for root, roots in merged.items() if len(roots) > 1 or not known[root].get("gone")]
    kept = frozenset(merged) if not alive else frozenset()
    alive = alive or list(merged)
    ids = _ids(alive, known)
    order = sorted(alive, key=lambda root: (known[root]["position"], root))
    own = {name: cells[key] for name in TAGSET_FIELDS if (key := cell_key(TAGSET_ROOT, name)) in cells}
    tagset = Tagset(
        own.get("name", base.name),
        tuple(_labels(order, ids, merged, known)),
        own.get("names", base.names),
        own.get("description", base.description),
        own.get("nested", base.nested),
        own.get("clitics", base.clitics),
    )
    present = {root: ids[end] for root, end in ends.items() if end in ids and ids[end] != root}
    others = sorted(known.keys() - ids.keys())
    stored = {a: root for root in reversed([*order, *others]) for a in _aliases(root, known) if a not in known}
    stored |= {label_id: root for root, label_id in ids.items() if label_id != root}
    gone = frozenset(root for root, end in ends.items() if end not in ids)
    return FoldedTagset(tagset, LabelIds(present, stored, gone), kept)


def known_labels(base: Tagset, cells: TagsetCells) -> dict[str, LabelFields]:
    """Return the fields of every label that there is or was, removed and merged ones too, by root."""
    known = {label.id: label_fields(label, place) for place, label in enumerate(base.labels)}
    formerly = {label.id: label.formerly for label in base.labels}
    for root, former in formerly.items():
        known[root].update({former_id_field(label_id): True for label_id in former})
    for key, value in cells.items():
        root, _, name = key.partition(":")
        if root:
            known.setdefault(root, {})[name] = value
    # Of a label whose adding was taken back, a colour that somebody gave it meanwhile may be left.
    return {root: fields for root, fields in known.items() if all(name in fields for name in LABEL_FIELDS)}


def label_fields(label: Label, position: float) -> LabelFields:
    """Return a label's fields as values for cells; position is its place among the labels, lowest first."""
    return {
        "id": label.id,
        "names": dict(label.names),
        "colour": dict(label.colour),
        "key": label.key,
        "guideline": dict(label.guideline),
        "examples": examples_value(label.examples),
        "counter_examples": examples_value(label.counter_examples),
        "camel": list(label.camel),
        "position": position,
    }


def examples_value(examples: Iterable[Example]) -> list[Any]:
    """Return examples as a value for a cell."""
    return [{"text": e.text, "span": e.span, "note": dict(e.note)} for e in examples]


def former_ids(fields: LabelFields) -> Iterator[str]:
    """Yield the ids that a label had before, its first one left out."""
    return (name.removeprefix(_WAS) for name, value in fields.items() if name.startswith(_WAS) and value)


def _end(root: str, known: Mapping[str, LabelFields]) -> str:
    """Return the root of the label that one has become by merging, its own where it was not merged."""
    path = [root]
    while (into := known[path[-1]].get("into")) and into in known:
        if into in path:
            return min(path[path.index(into) :])
        path.append(into)
    return path[-1]


def _ids(alive: Iterable[str], known: Mapping[str, LabelFields]) -> dict[str, str]:
    """Return the id of each label by root, all different."""
    given: dict[str, str] = {}
    taken = set(known)
    for root in sorted(alive):
        wanted = known[root]["id"]
        given[root] = root if wanted in taken else wanted
        taken.add(wanted)
    return given


def _aliases(root: str, known: Mapping[str, LabelFields]) -> list[str]:
    """Return every id that a label itself has or had, sorted."""
    return sorted({root, known[root]["id"], *former_ids(known[root])})


def _labels(
    order: Iterable[str], ids: Mapping[str, str], merged: Mapping[str, list[str]], known: Mapping[str, LabelFields]
) -> Iterator[Label]:
    """Yield the labels in their order; merged holds, by root, the roots that the label is made of."""
    keys, camels, aliases = {""}, set[str](), set(ids.values())
    for root in order:
        own, members = known[root], [root, *(other for other in merged[root] if other != root)]
        key = "" if own["key"] in keys else own["key"]
        keys.add(key)
        camel = [c for c in dict.fromkeys(c for each in members for c in known[each]["camel"]) if c not in camels]
        camels.update(camel)
        former = {alias for each in members for alias in _aliases(each, known)} - aliases
        aliases |= former
        yield Label(
            id=ids[root],
            names=own["names"],
            colour=own["colour"],
            key=key,
            guideline=own["guideline"],
            examples=_examples(own["examples"]),
            counter_examples=_examples(own["counter_examples"]),
            camel=tuple(camel),
            formerly=tuple(sorted(former)),
            root="" if ids[root] == root else root,
        )


def _examples(value: Iterable[Any]) -> tuple[Example, ...]:
    """Read back what examples_value wrote."""
    return tuple(Example(e["text"], e["span"], e["note"]) for e in value)
