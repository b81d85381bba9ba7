"""Rows have every field of a value, and their JSON is the same characters, whichever encoder writes it."""

from __future__ import annotations

import datetime
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.span import Span
from annotator.storage.file.checksums import checksum
from annotator.storage.rows import document_from_row, document_to_row, edit_to_row, to_json

TEXTS = st.text(st.characters() | st.sampled_from('\x00\x1f\x7f\x85\u2028\ud800/"\\'))
VALUES = st.none() | st.fixed_dictionaries(
    {"start": st.integers(0, 1 << 70), "end": st.integers(), "label": TEXTS, "origin": TEXTS}
)


@given(TEXTS, VALUES, VALUES)
def test_an_annotation_is_encoded_as_json_does(key: str, before: object, after: object) -> None:
    write = Write("d", CellKind.ANNOTATION, key, before, after)  # type: ignore[arg-type]
    expected = {"document": "d", "cell": "annotation", "key": key, "before": before, "after": after}
    assert edit_to_row(Edit("", "a", "d", EditKind.IMPORT, (write,)))["payload"] == f"[{to_json(expected)}]"


def test_every_character_is_encoded_as_json_does() -> None:
    for first in range(0, 0x110000, 0x1000):
        label = "".join(chr(code) for code in range(first, first + 0x1000) if not 0xD800 <= code < 0xE000)
        value = {"start": 0, "end": 1, "label": label, "origin": ""}
        write = Write("d", CellKind.ANNOTATION, "k", None, value)  # type: ignore[arg-type]
        expected = {"document": "d", "cell": "annotation", "key": "k", "before": None, "after": value}
        assert edit_to_row(Edit("", "a", "d", EditKind.IMPORT, (write,)))["payload"] == f"[{to_json(expected)}]"


@given(TEXTS, TEXTS, st.none() | TEXTS)
def test_a_checksum_is_that_of_the_json(key: str, name: str, stamp: str | None) -> None:
    content = to_json([key, name, stamp]).encode(errors="surrogatepass")
    expected = int.from_bytes(blake2b(content, digest_size=6).digest())
    assert checksum("annotators", {"id": key, "name": name, "stamp": stamp}) == expected


def test_a_row_of_a_document_has_all_its_fields() -> None:
    document = Document(
        document_id("نص"),
        "نص",
        title="عنوان",
        date=datetime.date(2020, 4, 17),
        source="وكالة",
        url="https://example.org/1",
        author="أحمد",
        external_id="7",
        newlines="\r\n",
        regions=(Region(Span(0, 2), RegionKind.TITLE, "1"),),
        metadata={"a": [1]},
    )
    assert document_from_row(document_to_row(document, "stamp")) == document
