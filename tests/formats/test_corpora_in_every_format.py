"""Real corpora through every format: imported, exported, imported again, and equal but for what the report names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.model.annotation import Annotator
from annotator.formats.registry import find_writer
from annotator.services.exporting.request import USED_BY
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.formats.installed import FORMATS
from tests.services.exporting.requests import export_as

CORPORA = {
    "wojood": ("wojood", ["wojood-sample/train.txt", "wojood-sample/val.txt"], True),
    "anercorp": ("camel", ["anercorp-dev/anercorp-dev.conll"], False),
}
READERS = {"doccano": "doccano", "huggingface": "parquet"}
EXACT = {"brat", "conllu", "csv", "doccano", "gate", "huggingface", "json", "jsonl", "label-studio", "prodigy"} | {
    *("spacy", "tei", "webanno", "xmi")
}
"""Formats that hold all of these corpora."""

Found = list[tuple[str, list[tuple[int, int, str]]]]


@pytest.fixture(scope="module")
def originals(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Project]]:
    """Give a project of each corpus."""
    folder = tmp_path_factory.mktemp("corpora")
    made = {}
    for name, (tagset, files, _) in CORPORA.items():
        made[name] = Project.create(folder / f"{name}.annot", load_tagset(tagset))
        report = import_paths(
            made[name], [corpora / file for file in files], target=ImportTarget(Annotator("a", "A")), reader="conll"
        )
        assert report.annotations > 500
    yield made
    for project in made.values():
        project.close()


def held(project: Project) -> Found:
    """Return each document without its spaces, and its spans counted so: what formats without spaces can hold."""
    return [
        (
            "".join(document.text.split()),
            sorted(
                (_solid(document.text, a.span.start), _solid(document.text, a.span.end), a.label)
                for a in project.log.annotations(document.id)
            ),
        )
        for document in project.documents.iter()
    ]


def _solid(text: str, place: int) -> int:
    """Return how many characters that are no spaces stand before a place."""
    return len("".join(text[:place].split()))


def with_losses(project: Project, deviations: list[dict[str, Any]]) -> Found:
    """Return what the report says of the file: the project's spans but for those left out, altered, or said twice."""
    lost: dict[str, list[dict[str, Any]]] = {}
    for deviation in deviations:
        lost.setdefault(deviation["document"], []).append(deviation)
    found = []
    for document, (solid, spans) in zip(project.documents.iter(), held(project), strict=True):
        left = list(spans)
        for deviation in lost.get(document.id, ()):
            if deviation["fate"] == "adapted" and deviation["reason"] != "same-span":
                continue
            span, written = deviation["span"], deviation["written"]
            edges = [_solid(document.text, span[name]) for name in ("start", "end")]
            left.remove((edges[0], edges[1], span["label"]))
            if deviation["fate"] == "altered":
                edges = [_solid(document.text, written[name]) for name in ("start", "end")]
                left.append((edges[0], edges[1], span["label"]))
        found.append((solid, sorted(left)))
    return found


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("name", FORMATS)
def test_a_corpus_comes_back_equal_or_as_the_report_says(
    corpus: str, name: str, originals: dict[str, Project], tmp_path: Path
) -> None:
    project = originals[corpus]
    tagset, _, nested = CORPORA[corpus]
    out = tmp_path / f"out{find_writer(name).suffix}"
    how: dict[str, Any] = {"clitics": "split"} if name in USED_BY["clitics"] else {}
    how |= {"nested": "columns"} if nested and name == "conll" else {}
    report = export_as(project, out, name, **how)
    if name in EXACT:
        assert report.exact == report.confirmed
    deviations = json.loads(report.report_path.read_text("utf-8"))["remarks"]
    with Project.create(tmp_path / "back.annot", load_tagset(tagset)) as back:
        path = out / "data" if name == "huggingface" else out
        again = import_paths(back, [path], target=ImportTarget(Annotator("b", "B")), reader=READERS.get(name))
        assert again.problems == []
        assert held(back) == with_losses(project, deviations)
