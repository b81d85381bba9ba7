"""The list of edges, where other programs lose spans: each format holds each, or says what became of it, as noted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.formats.base.deviation import DeviationKind
from annotator.formats.base.writer import WriteOptions
from tests.conftest import ROOT
from tests.formats.conll.test_writer import EDGES
from tests.formats.installed import PLAIN
from tests.formats.marks import marked
from tests.formats.test_every_format import NAMES, check

OUTCOMES = ROOT / "tests" / "data" / "edges" / "outcomes.json"
VARIANTS = {
    **{name: (name, WriteOptions(names=NAMES)) for name in PLAIN},
    "conll split": ("conll", WriteOptions("split")),
    "conll split columns": ("conll", WriteOptions("split", nested="columns")),
    "conllu split": ("conllu", WriteOptions("split")),
}


def outcome(name: str, options: WriteOptions, folder: Path) -> dict[str, list[str]]:
    """Return what is said of the spans that are not exact, by the number of the edge."""
    documents = [marked(f"{source} {number}") for number, source in enumerate(EDGES)]
    told: dict[str, list[str]] = {}
    for number, (document, deviations) in enumerate(
        zip(documents, check(name, folder, documents, options), strict=True)
    ):
        text = document.document.text
        for deviation in deviations:
            if deviation.kind is not DeviationKind.ADAPTED:
                written = f": {deviation.written.of(text)}" if deviation.written else ""
                surface = deviation.annotation.span.of(text)
                told.setdefault(str(number), []).append(f"{surface} {deviation.kind} {deviation.reason}{written}")
    return told


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_outcome_is_as_noted(variant: str, tmp_path: Path) -> None:
    noted = json.loads(OUTCOMES.read_text("utf-8"))
    assert outcome(*VARIANTS[variant], tmp_path) == noted[variant]


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "doccano", "gate", "label-studio", "prodigy", "tei"])
def test_nothing_is_lost_where_offsets_are_kept(name: str, tmp_path: Path) -> None:
    assert outcome(*VARIANTS[name], tmp_path) == {}
