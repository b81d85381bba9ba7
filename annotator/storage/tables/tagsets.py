"""Read and write tagsets as JSON: bundled ones by name, a user's own by path, and the one stored in a project.

The fields of the JSON are those of domain/tagset/tagset.py; see resources/tagsets for examples. An invalid file raises
a ResourceError that names the label and the field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from annotator.domain.tagset.tagset import CLITIC_POLICIES, OUTSIDE, Example, Label, Tagset
from annotator.domain.tagset.validation import LABEL_COLOUR, LABEL_ID, LABEL_KEY
from annotator.errors import Message, ResourceError
from annotator.resources import resource

CAMEL_CLASSES = ("PERS", "LOC", "ORG", "MISC")
THEMES = ("light", "dark")

_T = TypeVar("_T")


def list_tagsets() -> list[str]:
    """Return the names of the bundled tagsets, sorted."""
    return sorted(path.stem for path in resource("tagsets").glob("*.json"))


def load_tagset(name_or_path: str | Path) -> Tagset:
    """Return a bundled tagset by name, or a tagset file by path.

    Raises ResourceError if there is neither, or if the file is not a valid tagset.
    """
    names = list_tagsets()
    path = resource("tagsets", f"{name_or_path}.json") if str(name_or_path) in names else Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as e:
        raise ResourceError(
            "Tagset not found: {name_or_path}. Give the path of a tagset file, or one of: {known}.",
            name_or_path=name_or_path,
            known=", ".join(names),
        ) from e
    except UnicodeDecodeError as e:
        raise ResourceError("{path} is not UTF-8. Save the tagset as UTF-8.", path=path) from e
    except (OSError, ValueError) as e:
        raise ResourceError("Cannot read the tagset {path}: {why}.", path=path, why=e) from e
    return tagset_from_json(text, source=str(path))


def tagset_to_json(tagset: Tagset) -> str:
    """Return a tagset as JSON with sorted fields, so that equal tagsets give equal text.

    The first ids of labels belong to one project and are left out; "formerly" is written if it is not empty.
    """
    record = asdict(tagset)
    for label in record["labels"]:
        del label["root"]
        if not label["formerly"]:
            del label["formerly"]
    return json.dumps(record, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def tagset_from_json(text: str, source: str = "the tagset") -> Tagset:
    """Return the tagset in a JSON text. source names it in error messages. Raises ResourceError for the first error."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as e:
        raise ResourceError(
            "{source} is not valid JSON at line {line}, column {column}: {why}.",
            source=source,
            line=e.lineno,
            column=e.colno,
            why=e.msg,
        ) from e
    except RecursionError as e:
        raise ResourceError("{source} is not a tagset: its JSON is nested too deeply.", source=source) from e
    record = _record(data, Tagset, ("name", "labels"), source)
    labels = tuple(
        _label(item, i, source) for i, item in enumerate(_typed(record["labels"], list, "labels", source), 1)
    )
    if not labels:
        raise ResourceError("{source} has no labels. A tagset needs at least one.", source=source)
    _refuse_doubles([label.id for label in labels], "label id", source)
    _refuse_doubles([i for label in labels for i in {label.id, *label.formerly}], "present or former id", source)
    _refuse_doubles([label.key for label in labels if label.key], "key", source)
    _refuse_doubles([c for label in labels for c in label.camel], "CAMeL class", source)
    clitics = _typed(record.get("clitics", OUTSIDE), str, "clitics", source)
    if clitics not in CLITIC_POLICIES:
        raise ResourceError(
            '{source} has "clitics": "{clitics}". Allowed: {known}.',
            source=source,
            clitics=clitics,
            known=", ".join(CLITIC_POLICIES),
        )
    return Tagset(
        name=_filled(record["name"], "name", source),
        labels=labels,
        names=_texts(record.get("names", {}), "names", source),
        description=_texts(record.get("description", {}), "description", source),
        nested=_typed(record.get("nested", False), bool, "nested", source),
        clitics=clitics,
    )


def _label(data: object, number: int, source: str) -> Label:
    """Return a label. number is its position from 1, for messages before its id is known."""
    record = _record(
        data, Label, ("id", "names", "colour"), Message("label {number} of {source}", number=number, source=source)
    )
    label_id = _filled(record["id"], "id", Message("label {number} of {source}", number=number, source=source))
    if not LABEL_ID.fullmatch(label_id) or label_id == "O":
        raise ResourceError(
            'label {number} of {source} has the id "{label_id}". An id has letters, digits, "_", "-" or ".", '
            "and is not O.",
            number=number,
            source=source,
            label_id=label_id,
        )
    where = Message("label {label} of {source}", label=label_id, source=source)
    names = _texts(record["names"], "names", where)
    if not names or not all(name.strip() for name in names.values()):
        raise ResourceError('{where} has no name. Give at least one, for example {{"en": "Place"}}.', where=where)
    key = _typed(record.get("key", ""), str, "key", where)
    if key and not LABEL_KEY.fullmatch(key):
        raise ResourceError(
            '{where} has the key "{key}". A key is a digit, or "Alt+" and a digit.', where=where, key=key
        )
    camel = tuple(_typed(record.get("camel", []), list, "camel", where))
    for name in camel:
        if name not in CAMEL_CLASSES:
            raise ResourceError(
                "{where} has the unknown CAMeL class {name!r}. Allowed: {known}.",
                where=where,
                name=name,
                known=", ".join(CAMEL_CLASSES),
            )
    return Label(
        id=label_id,
        names=names,
        colour=_colours(record["colour"], where),
        key=key,
        guideline=_texts(record.get("guideline", {}), "guideline", where),
        examples=_examples(record.get("examples", []), "examples", where),
        counter_examples=_examples(record.get("counter_examples", []), "counter_examples", where),
        camel=camel,
        formerly=tuple(
            _filled(former, "formerly", where) for former in _typed(record.get("formerly", []), list, "formerly", where)
        ),
    )


def _colours(data: object, where: str) -> Mapping[str, str]:
    colours = _texts(data, "colour", where)
    for theme in THEMES:
        if not LABEL_COLOUR.fullmatch(colours.get(theme, "")):
            raise ResourceError(
                '{where} has no colour for the {theme} theme. Write it as "#rrggbb".', where=where, theme=theme
            )
    return colours


def _examples(data: object, name: str, where: str) -> tuple[Example, ...]:
    """Return examples or counter-examples. Their span must occur exactly once in their text."""
    found = []
    for number, item in enumerate(_typed(data, list, name, where), 1):
        place = Message("number {number} of {name} of {where}", number=number, name=name, where=where)
        record = _record(item, Example, ("text", "span"), place)
        text, span = _filled(record["text"], "text", place), _filled(record["span"], "span", place)
        if text.count(span) != 1:
            raise ResourceError(
                '{place} marks "{span}", which must occur once in its text, not {times} times.',
                place=place,
                span=span,
                times=text.count(span),
            )
        found.append(Example(text, span, _texts(record.get("note", {}), "note", place)))
    return tuple(found)


def _record(data: object, kind: type[Tagset | Label | Example], needed: tuple[str, ...], where: str) -> dict[str, Any]:
    """Return data as an object that has the needed fields, and only fields of kind."""
    if not isinstance(data, dict):
        raise ResourceError("{where} must be a JSON object, not {kind}.", where=where, kind=_kind(data))
    known = [f.name for f in fields(kind) if f.name != "root"]
    for name in data:
        if name not in known:
            raise ResourceError(
                '{where} has an unknown field "{name}". Allowed: {known}.',
                where=where,
                name=name,
                known=", ".join(known),
            )
    for name in needed:
        if name not in data:
            raise ResourceError('{where} has no field "{name}".', where=where, name=name)
    return data


def _typed(value: object, kind: type[_T], name: str, where: str) -> _T:
    if not isinstance(value, kind):
        raise ResourceError(
            'the field "{name}" of {where} must be {wanted}, not {kind}.',
            name=name,
            where=where,
            wanted=_KINDS[kind],
            kind=_kind(value),
        )
    return value


def _filled(value: object, name: str, where: str) -> str:
    text = _typed(value, str, name, where)
    if not text.strip():
        raise ResourceError('the field "{name}" of {where} is empty.', name=name, where=where)
    return text


def _texts(value: object, name: str, where: str) -> dict[str, str]:
    """Return value if it is an object of texts, such as names by language."""
    return {key: _typed(item, str, f"{name}.{key}", where) for key, item in _typed(value, dict, name, where).items()}


_KINDS: dict[type, str] = {
    str: Message("text"),
    list: Message("a list"),
    dict: Message("an object"),
    bool: Message("true or false"),
}


def _kind(value: object) -> str:
    return Message("nothing") if value is None else _KINDS.get(type(value), Message("a number"))


def _refuse_doubles(values: list[str], what: str, source: str) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ResourceError(
                '{source} has the {what} "{value}" more than once. Each must be unique.',
                source=source,
                what=what,
                value=value,
            )
