"""README.md of a corpus as the Hugging Face hub reads it: a head in YAML, then what a person wants to know.

The fields of the head: huggingface.co/docs/hub/datasets-cards, and datasetcard.md in its repository hub-docs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from annotator import __version__
from annotator.domain.corpus.split import Side
from annotator.domain.corpus.statistics import CorpusStatistics, combined, count_by_side
from annotator.domain.plurals import pluralise
from annotator.domain.tagset.tagset import Tagset

SPLITS = {Side.TRAIN: "train", Side.DEV: "validation", Side.TEST: "test"}
"""The names of the splits in the datasets library."""

_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))
_LARGEST = "10M<n<100M"
_LOADING = """```python
from datasets import load_dataset

corpus = load_dataset("path/to/this/folder"{columns})
```"""
_SOURCES = 30
"""How many sources are named; the others are counted together."""
# The table of huggingface.co/docs/hub/repositories-licenses without those of single models, as of autumn 2026.
_LICENCES = """
afl-3.0 agpl-3.0 apache-2.0 artistic-2.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear bsl-1.0 c-uda cc cc0-1.0
cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0
cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-permissive-1.0
cdla-permissive-2.0 cdla-sharing-1.0 ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 gfdl gpl gpl-2.0 gpl-3.0 isc lgpl
lgpl-2.1 lgpl-3.0 lgpl-lr lppl-1.3c mit mpl-2.0 ms-pl ncsa odbl odc-by ofl-1.1 openrail openrail++ osl-3.0 pddl
postgresql unknown unlicense wtfpl zlib
"""
KNOWN_LICENCES = frozenset(_LICENCES.split())
"""Licence identifiers that the hub knows."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCard:
    """What a card says.

    files: the file of each split, relative to the card. loads: True if datasets.load_dataset() reads these files.
    loader: what the head says about them; columns: the argument to call it with; needs: a sentence on that. split,
    selection, privacy and losses: sentences. people: who annotated, with documents and spans; people_told: a sentence
    on the table. agreement: two annotators, documents, F1 and kappa. plots: what the pictures plots/<stem>.png show, by
    stem; without_plots: why there are none. details: sentences on the columns of the files.
    """

    name: str
    files: Mapping[Side, str]
    figures: Mapping[Side, CorpusStatistics]
    loads: bool = True
    loader: Mapping[str, Any] = field(default_factory=dict)
    columns: Sequence[str] = ()
    needs: str = ""
    licence: str = ""
    tagset: Tagset | None = None
    split: Sequence[str] = ()
    selection: Sequence[str] = ()
    privacy: Sequence[str] = ()
    losses: Sequence[str] = ()
    details: Sequence[str] = ()
    people: Sequence[Row] = ()
    people_told: str = ""
    agreement: Sequence[Row] = ()
    plots: Mapping[str, str] = field(default_factory=dict)
    without_plots: str = ""


def render(card: DatasetCard) -> str:
    """Return the card. The same facts give the same text."""
    parts = [
        f"---\n{yaml.safe_dump(head(card), allow_unicode=True, sort_keys=False)}---\n\n# {_plain(card.name)}",
        _beginning(card),
        _section("Files", _files(card), [*card.details]),
        _section("Labels", _labels(card), _pictures(card)),
        _section("How it was split", "", card.split),
        _section("Whose labels", "", [*card.selection, *_people(card)]),
        _section("Names of persons", "", card.privacy),
        _section("Sources and dates", *_origins(card)),
        _section("What the format could not hold", "", card.losses),
        _section("Guidelines", "", _guidelines(card.tagset)),
        _section(
            "Licence", "", [_plain(card.licence) or "Not stated. Ask whoever gave you this corpus before using it."]
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def head(card: DatasetCard) -> dict[str, Any]:
    """Return the head of the card."""
    files = [{"split": SPLITS[side], "path": path} for side, path in card.files.items()]
    return {
        "pretty_name": card.name,
        "language": ["ar"],
        **licence_fields(card.licence),
        "task_categories": ["token-classification"],
        "task_ids": ["named-entity-recognition"],
        "size_categories": [size_category(combined(card.figures).documents)],
        "tags": ["arabic", "news", "named-entity-recognition"],
        "configs": [{"config_name": "default", "data_files": files, **card.loader}],
    }


def licence_fields(licence: str) -> dict[str, str]:
    """Return the fields of the head for a licence, given by its identifier or in words; "" is an unknown one.

    A licence that the hub does not know is "other", with a name made of its letters and digits.
    """
    named = licence.strip()
    identifier = re.sub(r"[\s_]+", "-", named.lower())
    if not named:
        return {"license": "unknown"}
    if identifier in KNOWN_LICENCES:
        return {"license": identifier}
    return {"license": "other", "license_name": re.sub(r"[^a-z0-9.]+", "-", identifier).strip("-.") or "see-below"}


def size_category(documents: int) -> str:
    """Return the hub's name for how many examples a corpus has."""
    return next((name for limit, name in _SIZES if documents < limit), _LARGEST)


def _beginning(card: DatasetCard) -> str:
    whole = combined(card.figures)
    labels = sum(count > 0 for count in whole.entities.values())
    begin = (
        f"{pluralise(whole.documents, 'Arabic news document')} of {pluralise(whole.tokens, 'token')}, with "
        f"{pluralise(whole.entities.total(), 'named entity', 'named entities')} of {pluralise(labels, 'label')}. "
        f"Exported by annotator {__version__}."
    )
    if card.loads:
        names = ", ".join(f'"{column}"' for column in card.columns)
        loading = _LOADING.format(columns=f", column_names=[{names}]" if names else "")
        return "\n\n".join(part for part in (begin, loading, card.needs) if part)
    return (
        f"{begin}\n\nThe datasets library has no loader for this format; read the files with a program made for it, or "
        "export the project as huggingface."
    )


def _section(title: str, table: str, sentences: Iterable[str]) -> str:
    """Return a section, or "" if it would be empty."""
    body = "\n\n".join(part for part in (table, *sentences) if part)
    return f"## {title}\n\n{body}" if body else ""


def table(heads: Row, rows: Iterable[Row], numbers: int = 1) -> str:
    """Return a Markdown table; the columns from this number on are right-aligned."""
    line = tuple("---" if column < numbers else "---:" for column in range(len(heads)))
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, line, *rows))


def _files(card: DatasetCard) -> str:
    names = ("documents", "annotated", "tokens", "characters")
    counts = [count_by_side(card.figures, name) for name in names]
    entities = {side.value: each.entities.total() for side, each in card.figures.items()}
    entities["all"] = sum(entities.values())
    sides = [(side.value, f"`{card.files[side]}`") for side in card.figures]
    rows = [
        (name, path, *(f"{count[name]:,}" for count in [*counts, entities]))
        for name, path in [*sides, *([("all", "")] if len(sides) > 1 else [])]
    ]
    return table(("split", "file", "documents", "with entities", "tokens", "characters", "entities"), rows, 2)


def _labels(card: DatasetCard) -> str:
    """Return the table of labels: the tagset's in its order, then others by number."""
    whole = combined(card.figures).entities
    known = [label.id for label in card.tagset.labels] if card.tagset else []
    order = [*known, *sorted(whole.keys() - set(known), key=lambda name: (-whole[name], name))]
    sides = list(card.figures) if len(card.figures) > 1 else []
    rows = []
    for name in order:
        label = card.tagset.find(name) if card.tagset else None
        names = tuple(_cell(label.names.get(language, "") if label else "") for language in ("en", "ar"))
        counts = (*(card.figures[side].entities[name] for side in sides), whole[name])
        rows.append((f"`{_cell(name)}`", *(names if card.tagset else ()), *(f"{count:,}" for count in counts)))
    heads = ("label", *(("English", "العربية") if card.tagset else ()), *sides, "all")
    return table(heads, rows, 3 if card.tagset else 1) if rows else ""


def _pictures(card: DatasetCard) -> list[str]:
    shown = [f"![{shows}](plots/{stem}.png)" for stem, shows in card.plots.items()]
    return shown or [card.without_plots]


def _people(card: DatasetCard) -> Iterable[str]:
    if card.people:
        yield table(("annotator", "documents", "spans in them"), [(_cell(who), *rest) for who, *rest in card.people])
        yield card.people_told
    if card.agreement:
        rows = [(_cell(one), _cell(other), *rest) for one, other, *rest in card.agreement]
        yield table(("annotator", "and", "documents of both", "F1 of spans", "kappa of tokens"), rows, 2)
        yield (
            "F1 counts spans that both gave with the same borders and label (micro-averaged). Kappa is Cohen's, over "
            "the IOB2 tags of tokens."
        )


def _origins(card: DatasetCard) -> tuple[str, list[str]]:
    """Return the table of sources, and sentences on the dates."""
    whole = combined(card.figures)
    named = [(source, count) for source, count in whole.sources.most_common() if source]
    named.sort(key=lambda each: (-each[1], each[0]))
    rows = [(_cell(source), f"{count:,}") for source, count in named[:_SOURCES]]
    if named[_SOURCES:]:
        rest = sum(count for _, count in named[_SOURCES:])
        rows.append((pluralise(len(named) - _SOURCES, "other"), f"{rest:,}"))
    if named and whole.sources[""]:
        rows.append(("no source given", f"{whole.sources['']:,}"))
    sentences = []
    if whole.days:
        sentences.append(
            f"Dates: {min(whole.days)} to {max(whole.days)}; {pluralise(whole.undated, 'document')} without a date."
        )
    elif whole.documents:
        sentences.append("No document has a date.")
    return table(("source", "documents"), rows) if rows else "No document names its source.", sentences


def _guidelines(tagset: Tagset | None) -> list[str]:
    """Return the guidelines of a tagset in both languages; its examples are in tagset.json."""
    if tagset is None:
        return []
    sentences = [f"Tagset `{_cell(tagset.name)}`; spans may {'' if tagset.nested else 'not '}be nested."]
    sentences += _both(tagset.description)
    for label in tagset.labels:
        names = ", ".join(_plain(label.names[language]) for language in ("en", "ar") if language in label.names)
        sentences += [
            f"### {_plain(label.id)}: {names}" if names else f"### {_plain(label.id)}",
            *_both(label.guideline),
        ]
    return sentences


def _both(texts: Mapping[str, str]) -> list[str]:
    """Return a text in each language that it has, Arabic right to left."""
    english, arabic = texts.get("en", ""), texts.get("ar", "")
    shown = [_plain(english)] if english else []
    return [*shown, f'<p dir="rtl" lang="ar">{_plain(arabic)}</p>'] if arabic else shown


def _plain(text: str) -> str:
    """Return a text on one line, with Markdown's special characters escaped."""
    safe = html.escape(" ".join(text.split()), quote=False)
    for mark in "\\`*_[]#|":
        safe = safe.replace(mark, f"\\{mark}")
    return safe


def _cell(text: str) -> str:
    return _plain(text).replace("\\_", "_")
