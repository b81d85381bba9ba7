"""The JSON of other labelling programs, recognised by its shape: Label Studio, Prodigy, Dataturks and spaCy 2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.domain.corpus.iob import OUTSIDE
from annotator.domain.model.annotation import OriginKind
from annotator.errors import Message
from annotator.formats.base.note_fields import NOTES
from annotator.formats.base.span_objects import RawSpan, is_int
from annotator.formats.json.spans import is_suggestion
from annotator.formats.tokens.tagged_words import TAGS, WORDS

_PRODIGY_OWN = ("tokens", "answer", "meta_hash", "_input_hash", "_task_hash", "_view_id", "_timestamp", "_is_binary")
_ANSWERS = ("accept", "reject", "ignore")
_MADE = ("annotations", "completions")  # their name before version 1.0
_HASHES = {"tokens", "_task_hash"}
_UNKNOWN = ("-", "", None)
"""The tags of a token that nobody has annotated."""


@dataclass(frozen=True, slots=True)
class UnwrappedSpans:
    """The spans of an object, and a sentence for each annotation in it that is not a span."""

    found: tuple[RawSpan, ...]
    annotation_problems: tuple[str, ...] = ()


def unwrap(fields: Mapping[str, Any]) -> tuple[Mapping[str, Any], UnwrappedSpans | None]:
    """Return the article's own fields, and its spans; None for the spans if they are among the fields."""
    data = fields.get("data")
    if isinstance(data, Mapping) and any(isinstance(fields.get(n), list) for n in (*_MADE, "predictions")):
        meta = fields.get("meta")
        noted = {NOTES: meta[NOTES]} if isinstance(meta, Mapping) and NOTES in meta else {}
        return {**data, **noted}, _from_task(fields)
    if (points := fields.get("annotation")) and isinstance(points, list) and all(map(_is_dataturks, points)):
        rest = {name: value for name, value in fields.items() if name not in ("annotation", "extras")}
        return rest, UnwrappedSpans(tuple(parts for each in points for parts in _from_points(each)))
    if "answer" in fields and "spans" in fields and (fields["answer"] in _ANSWERS or not _HASHES.isdisjoint(fields)):
        rest = {name: value for name, value in fields.items() if name not in _PRODIGY_OWN}
        if fields["answer"] != "accept":
            spans = _list(rest.pop("spans"))
            said = Message("is part of an example answered {answer}", answer=fields["answer"])
            return rest, UnwrappedSpans((), tuple(said for _ in spans))
        return rest, None
    return fields, None


def _from_task(task: Mapping[str, Any]) -> UnwrappedSpans:
    """Return the spans of a task's annotations or, if there are none, of its predictions, which nobody confirmed.

    Suggestions that we exported are predictions too, and are returned with both.
    """
    made = [a for name in _MADE for a in _list(task.get(name)) if isinstance(a, Mapping)]
    given = [a for a in made if not a.get("was_cancelled")]
    predicted = [p for p in _list(task.get("predictions")) if isinstance(p, Mapping)]
    found: list[RawSpan] = []
    problems: list[str] = [
        Message("is part of a cancelled annotation")
        for cancelled in made
        if cancelled.get("was_cancelled")
        for _ in _list(cancelled.get("result"))
    ]
    said = [(each, {"annotator": _who(each.get("completed_by"))}) for each in given]
    said += [(each, _of_model(each)) for each in predicted if not given or _is_ours(each)]
    for each, more in said:
        for region in _list(each.get("result")):
            parts = list(_regions(region, more))
            found += parts
            if not parts:
                kind = region.get("type") if isinstance(region, Mapping) else type(region).__name__
                problems.append(Message("of type {kind} is not a span of text", kind=kind))
    return UnwrappedSpans(tuple(found), tuple(problems))


def _is_dataturks(each: Any) -> bool:
    """Return True if an object is an annotation of Dataturks: labels, and their points in the text."""
    return isinstance(each, Mapping) and isinstance(each.get("label"), list) and isinstance(each.get("points"), list)


def _from_points(annotation: Mapping[str, Any]) -> Iterator[RawSpan]:
    """Yield the spans of an annotation of Dataturks, which stores the offset of the last character."""
    for point in annotation["points"]:
        for label in annotation["label"]:
            if isinstance(point, Mapping) and is_int(point.get("start")) and is_int(point.get("end")):
                yield point["start"], point["end"] + 1, str(label), {"text": point.get("text")}


def _of_model(prediction: Mapping[str, Any]) -> dict[str, Any]:
    """Return origin and score of the spans of a prediction."""
    name = str(prediction.get("model_version") or "Label Studio")
    return {"origin": f"{OriginKind.SUGGESTION.value}:{name}", "score": prediction.get("score")}


def _is_ours(prediction: Mapping[str, Any]) -> bool:
    """Return True if a prediction holds suggestions that we exported."""
    regions = _list(prediction.get("result"))
    metas = [region.get("meta") for region in regions if isinstance(region, Mapping)]
    return bool(metas) and all(isinstance(m, Mapping) and is_suggestion(str(m.get("origin"))) for m in metas)


def _regions(region: Any, said: Mapping[str, Any]) -> Iterator[RawSpan]:
    """Yield the spans of a result, one for each of its labels. Label Studio counts code points.

    said holds for all results of the same annotation.
    """
    value = region.get("value") if isinstance(region, Mapping) else None
    if isinstance(value, Mapping) and isinstance(value.get("globalOffsets"), Mapping):
        value = {**value, **value["globalOffsets"]}  # of the whole text; the others are of one element of a page
    if not isinstance(value, Mapping) or not is_int(value.get("start")) or not is_int(value.get("end")):
        return
    meta = region.get("meta")
    more = {**said} | {k: v for k, v in value.items() if k == "text"}
    more |= _said(meta) if isinstance(meta, Mapping) else {}
    for label in _list(value.get("labels") or value.get("hypertextlabels")):
        if isinstance(label, str) and label:
            yield value["start"], value["end"], label, more


def _said(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the meta of a region says: as we write it, or a note by a user of Label Studio."""
    if "annotator" in meta:
        return {name: value for name, value in meta.items() if name != "text"}
    return {"note": "\n".join(text for text in _list(meta.get("text")) if isinstance(text, str))}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _who(completed_by: Any) -> str:
    """Return the name of the person who made an annotation, or ""."""
    if isinstance(completed_by, Mapping):
        return str(completed_by.get("email") or completed_by.get("id") or "")
    return str(completed_by) if completed_by else ""


def is_spacy_example(value: Any) -> bool:
    """Return True if a value is [text, {"entities": [...]}], an example of spaCy 2 and its tools."""
    return isinstance(value, list) and [*map(type, value)] == [str, dict] and "text" not in value[1]


def split_paragraphs(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the paragraphs of a document in spaCy's JSON, each with its words and tags; [] for anything else."""
    paragraphs = value.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(map(_is_paragraph, paragraphs)):
        return []
    found = []
    for number, paragraph in enumerate(paragraphs, 1):
        tokens = [token for sentence in paragraph["sentences"] for token in sentence["tokens"]]
        tags = [OUTSIDE if token.get("ner") in _UNKNOWN else token["ner"] for token in tokens]
        made = {"id": f"{value.get('id', '')}-{number}", WORDS[0]: [token["orth"] for token in tokens], TAGS[0]: tags}
        found.append(made | ({"text": paragraph["raw"]} if paragraph.get("raw") else {}))
    return found


def _is_paragraph(value: Any) -> bool:
    sentences = value.get("sentences") if isinstance(value, Mapping) else None
    if not isinstance(sentences, list):
        return False
    listed = [sentence.get("tokens") if isinstance(sentence, Mapping) else None for sentence in sentences]
    return all(
        isinstance(tokens, list) and all(isinstance(t, Mapping) and isinstance(t.get("orth"), str) for t in tokens)
        for tokens in listed
    )
