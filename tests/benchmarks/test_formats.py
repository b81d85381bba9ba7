"""Import and export of a corpus, and that four times the articles take about four times the time, by the processor."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from annotator.domain.model.annotation import Annotator
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.benchmarks.beside_others import SPANS, articles
from tests.benchmarks.conftest import Measure
from tests.services.exporting.requests import export_as

FEW, MANY = 500, 2000


def bring_in(folder: Path, count: int) -> Path:
    """Import so many articles with their spans into a new project, and return its path."""
    source, path = folder / f"{count}.jsonl", folder / f"{count}.annot"
    if not source.exists():
        list(find_writer("jsonl").write(articles(count), source, WriteOptions(include_debris=True)))
    path.unlink(missing_ok=True)
    with Project.create(path, load_tagset("camel")) as project:
        report = import_paths(project, [source], target=ImportTarget(Annotator("salma", "Salma")))
    assert (report.added, report.annotations) == (count, count * SPANS)
    return path


def used(act: Callable[[], object]) -> float:
    """Return the processor time that something takes, in seconds."""
    began = time.process_time()
    act()
    return time.process_time() - began


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a project of each size."""
    made = tmp_path_factory.mktemp("corpora")
    for count in (FEW, MANY):
        bring_in(made, count)
    return made


def test_import_jsonl(measure: Measure, benchmark: BenchmarkFixture, folder: Path, tmp_path: Path) -> None:
    for count in (FEW, MANY):
        (tmp_path / f"{count}.jsonl").hardlink_to(folder / f"{count}.jsonl")
    few = used(lambda: bring_in(tmp_path, FEW))
    measure(lambda: bring_in(tmp_path, MANY), 3)
    benchmark.extra_info["times_as_long"] = round(benchmark.extra_info["cpu_ms"] / 1000 / few, 2)


@pytest.mark.parametrize("name", ["jsonl", "conll"])
def test_export(measure: Measure, benchmark: BenchmarkFixture, folder: Path, tmp_path: Path, name: str) -> None:
    def export(project: Project) -> None:
        """Write the file, with its proof."""
        report = export_as(project, tmp_path / f"out.{name}", name, include_debris=True)
        assert report.exact == report.confirmed

    with Project.open(folder / f"{FEW}.annot") as small, Project.open(folder / f"{MANY}.annot") as large:
        export(small)
        few = used(lambda: export(small))
        measure(lambda: export(large), 3)
    benchmark.extra_info["times_as_long"] = round(benchmark.extra_info["cpu_ms"] / 1000 / few, 2)
