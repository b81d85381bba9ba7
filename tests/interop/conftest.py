"""What the tests with the real programs share; they run where the programs are installed: make interop."""

from __future__ import annotations

import importlib
from importlib.metadata import version
from typing import Any

import pytest

from annotator.domain.corpus import AnnotatedDocument
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


def surfaces(source: AnnotatedDocument) -> list[tuple[str, str]]:
    """Return the text and label of each annotation, each once, in order."""
    found = [(a.span.of(source.document.text), a.label) for a in source.annotations]
    return sorted(set(found))
