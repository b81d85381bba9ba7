"""What the tests with the real programs share; they run where the programs are installed: make interop."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import pytest

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.notes import Note
from annotator.domain.model.span import Span
from annotator.formats.base.deviation import Deviation, DeviationKind
from tests.formats.conll.test_writer import ARTICLES, EDGES
from tests.formats.marks import marked

NOTED = "⟦PERS|سعاد⟧ في ⟦LOC|بغداد⟧"
DOCUMENTS: list[AnnotatedDocument] = [
    *ARTICLES,
    *(marked(f"{source} {n}") for n, source in enumerate(EDGES)),
    replace(
        marked(NOTED),
        notes=(
            Note("a1", "", "راجع\nالتاريخ", False),
            Note("a1", "k000", "أهي الراوي؟\nأم غيرها", True),
            Note("a1", "k001", "", True),
        ),
    ),
]
"""The documents that every program is given: two articles, the list of edges, and one with notes and doubts."""


def program(module: str, package: str = "") -> Any:
    """Return the module of a program, or skip the test; its version is printed."""
    found = pytest.importorskip(module, reason=f"{module} is not installed; run: make interop")
    print(f"{package or module} {version(package or module)}")
    return found


def part(module: str) -> Any:
    """Return a module of a program that is there."""
    return importlib.import_module(module)


def surfaces(source: AnnotatedDocument, said: Iterable[Deviation] = ()) -> list[tuple[str, str]]:
    """Return the text and label of each annotation, each once, in order, as what is said of them leaves them."""
    spans: dict[str, Span | None] = {a.id: a.span for a in source.annotations}
    spans |= {r.annotation.id: r.written for r in said if r.kind is not DeviationKind.ADAPTED}
    found = [(spans[a.id], a.label) for a in source.annotations]
    return sorted({(span.of(source.document.text), label) for span, label in found if span})
