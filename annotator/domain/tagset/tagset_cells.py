"""The tagset as cells of the log: what a project began with, and one cell for each field that was changed since.

The cells of a label are named by the id that it had first, its root, which never changes. In the log, annotations,
verdicts and suggestions have the root too. So renaming a label writes its field "id", and merging it writes its field
"into", the root of another label; nobody's annotations are touched. Somebody who works offline on a copy writes roots
as well, and after the copies are merged, those annotations have the label's current name. Undoing a merge of labels
gives every annotation the label that it had before.

Example: a project begins with PERS, LOC and GPE. On one copy LOC is renamed to PLACE, on another GPE is merged into
LOC. Together, the cells are LOC:id = PLACE and GPE:into = LOC, and the tagset has PERS and PLACE. The log still says
LOC and GPE, and both now mean PLACE.

We decided against rewriting every annotation in one edit. It would speak for other annotators in their names, miss what
is in copies that are merged later, and need an undo as large as the corpus. Each field has its own cell, so that one
person's new colour and another's new name both survive a merge of their copies. Of two changes to one field, the later
counts.

Copies may contain changes that contradict each other. fold_tagset() settles each case by rules that depend on the cells
alone:

- Ids: a root is never given to another label. Of two labels with one id, the first root gets it; the other has its
  root.
- Keys: of two labels with one key, the first in the list gets it.
- Labels merged in a circle: the smallest root of the circle remains.
- A label that was removed, while another was merged into it, remains.
- A label that was merged into one whose addition was undone remains.
- If all labels were removed, some here and some there, all remain, since a tagset has at least one label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.domain.tagset.tagset import Example, Label, Tagset

TAGSET_ROOT = ""
"""The root of the fields of the tagset itself."""
TAGSET_FIELDS = ("name", "names", "description", "nested", "clitics")
LABEL_FIELDS = ("id", "names", "colour", "key", "guideline", "examples", "counter_examples", "camel", "position")
_WAS = "was:"
"""The prefix of the name of a field that records a former id."""

TagsetCells = Mapping[str, Any]
"""The value of each changed field, by cell_key()."""
LabelFields = dict[str, Any]


def cell_key(root: str, name: str) -> str:
    """Return the key of the cell of a field."""
    return f"{root}:{name}"


def former_id_field(label_id: str) -> str:
    """Return the name of the field that records a former id of a label."""
    return _WAS + label_id


@dataclass(frozen=True, slots=True)
class LabelIds:
    """What the ids in the log mean now.

    - present: the id that a label has now, by its id in the log.
    - stored: the id in the log, by an id that a label has now or had before.
    - gone: the ids in the log of removed labels.

    present and stored lack ids that are the same in the log and now.
    """

    present: Mapping[str, str] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Return True if every id in the log is the id that the label has now."""
        return not self.present and not self.gone

    def now(self, stored: str) -> str:
        """Return the id that a label has now, from its id in the log."""
        return self.present.get(stored, stored)

    def in_log(self, label_id: str) -> str:
        """Return the id of a label in the log, from any of its ids."""
        return self.stored.get(label_id, label_id)

    def all_in_log(self, label_id: str) -> list[str]:
        """Return all ids in the log that mean a label now, sorted."""
        wanted = self.now(self.in_log(label_id))
        return sorted({self.in_log(wanted), *(stored for stored, now in self.present.items() if now == wanted)})

    def is_joint(self, label_id: str) -> bool:
        """Return True if several ids in the log mean a label now."""
        return len(self.all_in_log(label_id)) > 1


@dataclass(frozen=True, slots=True)
class FoldedTagset:
    """The current tagset, and what the ids in the log mean in it.

    kept: roots of labels that were removed on some copy but remain, since otherwise no label would be left.
    """

    tagset: Tagset
    ids: LabelIds
    kept: frozenset[str] = frozenset()


def fold_tagset(base: Tagset, cells: TagsetCells) -> FoldedTagset:
    """Return the current tagset of a project that began with base, from the cells of its log."""
    if not cells and not any(label.formerly for label in base.labels):
        return FoldedTagset(base, LabelIds())
    known = known_labels(base, cells)
    targets = {root: _merge_target(root, known) for root in known}
    members: dict[str, list[str]] = {}
    for root, target in sorted(targets.items()):
        members.setdefault(target, []).append(root)
    # A label that others were merged into remains, even if it was removed.
    remaining = [root for root, merged in members.items() if len(merged) > 1 or not known[root].get("gone")]
    kept = frozenset[str]()
    if not remaining:
        remaining, kept = list(members), frozenset(members)
    ids = _unique_ids(remaining, known)
    order = sorted(remaining, key=lambda root: (known[root]["position"], root))
    tagset = _with_fields(base, cells, tuple(_labels(order, ids, members, known)))
    return FoldedTagset(tagset, _label_ids(order, ids, targets, known), kept)


def _with_fields(base: Tagset, cells: TagsetCells, labels: tuple[Label, ...]) -> Tagset:
    changed = {name: cells[key] for name in TAGSET_FIELDS if (key := cell_key(TAGSET_ROOT, name)) in cells}
    return replace(base, labels=labels, **changed)


def _label_ids(
    order: Sequence[str], ids: Mapping[str, str], targets: Mapping[str, str], known: Mapping[str, LabelFields]
) -> LabelIds:
    """Return what ids mean.

    order: the roots of the labels. ids: their ids by root. targets: the root that each root was merged into.
    """
    present = {root: ids[target] for root, target in targets.items() if target in ids and ids[target] != root}
    removed = sorted(known.keys() - ids.keys())
    # Backwards, so that of two labels with one former id the first has it.
    aliases = ((alias, root) for root in reversed([*order, *removed]) for alias in _aliases(root, known))
    stored = {alias: root for alias, root in aliases if alias not in known}
    stored |= {label_id: root for root, label_id in ids.items() if label_id != root}
    gone = frozenset(root for root, target in targets.items() if target not in ids)
    return LabelIds(present, stored, gone)


def known_labels(base: Tagset, cells: TagsetCells) -> dict[str, LabelFields]:
    """Return the fields of every label by root, including removed and merged ones."""
    known = {label.id: label_fields(label, place) for place, label in enumerate(base.labels)}
    formerly = {label.id: label.formerly for label in base.labels}
    for root, former in formerly.items():
        known[root].update({former_id_field(label_id): True for label_id in former})
    for key, value in cells.items():
        root, _, name = key.partition(":")
        if root:
            known.setdefault(root, {})[name] = value
    # If adding a label was undone, a colour that somebody else gave it meanwhile may be left alone in its cell.
    return {root: fields for root, fields in known.items() if all(name in fields for name in LABEL_FIELDS)}


def label_fields(label: Label, position: float) -> LabelFields:
    """Return the fields of a label as values of cells; labels are sorted by position."""
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
    """Return examples as the value of a cell."""
    return [{"text": e.text, "span": e.span, "note": dict(e.note)} for e in examples]


def former_ids(fields: LabelFields) -> Iterator[str]:
    """Yield the ids that a label had before, except the first one."""
    return (name.removeprefix(_WAS) for name, value in fields.items() if name.startswith(_WAS) and value)


def _merge_target(root: str, known: Mapping[str, LabelFields]) -> str:
    """Return the root of the label that a label was merged into in the end, or its own."""
    path = [root]
    while (into := known[path[-1]].get("into")) and into in known:
        if into in path:
            return min(path[path.index(into) :])
        path.append(into)
    return path[-1]


def _unique_ids(roots: Iterable[str], known: Mapping[str, LabelFields]) -> dict[str, str]:
    """Return the id of each label by root; no two are equal."""
    given: dict[str, str] = {}
    taken = set(known)
    for root in sorted(roots):
        wanted = known[root]["id"]
        given[root] = root if wanted in taken else wanted
        taken.add(wanted)
    return given


def _aliases(root: str, known: Mapping[str, LabelFields]) -> list[str]:
    """Return all ids that a label itself has or had, sorted."""
    return sorted({root, known[root]["id"], *former_ids(known[root])})


def _labels(
    order: Iterable[str], ids: Mapping[str, str], members: Mapping[str, list[str]], known: Mapping[str, LabelFields]
) -> Iterator[Label]:
    """Yield the labels in order; members has, by root, the roots that were merged into a label, and its own."""
    keys, camels, aliases = {""}, set[str](), set(ids.values())
    for root in order:
        own, parts = known[root], [root, *(other for other in members[root] if other != root)]
        key = "" if own["key"] in keys else own["key"]
        keys.add(key)
        camel = [c for c in dict.fromkeys(c for each in parts for c in known[each]["camel"]) if c not in camels]
        camels.update(camel)
        former = {alias for each in parts for alias in _aliases(each, known)} - aliases
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
    return tuple(Example(e["text"], e["span"], e["note"]) for e in value)
