"""What the tests with the real programs share; they run where the programs are installed: make interop."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import pytest

from annotator.domain.corpus import AnnotatedDocument
from annotator.domain.span import Span
from annotator.formats.registry import Fate, Remark
from tests.formats.marks import marked
from tests.formats.test_write_conll import ARTICLES, EDGES

DOCUMENTS: list[AnnotatedDocument] = [*ARTICLES, *(marked(f"{source} {n}") for n, source in enumerate(EDGES))]
"""The documents that every program is given: two articles, and the list of edges."""


def program(module: str, package: str = "") -> Any:
    """Return the module of a program, or skip the test; its version is printed."""
    found = pytest.importorskip(module, reason=f"{module} is not installed; run: make interop")
    print(f"{package or module} {version(package or module)}")
    return found


def part(module: str) -> Any:
    """Return a module of a program that is there."""
    return importlib.import_module(module)


def surfaces(source: AnnotatedDocument, said: Iterable[Remark] = ()) -> list[tuple[str, str]]:
    """Return the text and label of each annotation, each once, in order, as what is said of them leaves them."""
    spans: dict[str, Span | None] = {a.id: a.span for a in source.annotations}
    spans |= {r.annotation.id: r.written for r in said if r.fate is not Fate.ADAPTED}
    found = [(spans[a.id], a.label) for a in source.annotations]
    return sorted({(span.of(source.document.text), label) for span, label in found if span})
