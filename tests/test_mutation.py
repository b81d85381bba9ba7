"""The mutants that mutation testing puts into the code, and what is left out."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from annotator.domain.model import span
from tests.mutation import (
    BUDGET,
    EQUIVALENT,
    ONCE,
    PACKAGES,
    ROOT,
    TESTS,
    Chosen,
    Coverage,
    Mutant,
    Task,
    all_mutants,
    in_children,
    mutants_of,
    read_coverage,
    sample,
    stages_of,
    try_mutant,
)

TEXT = '''"""A module."""
LIMIT: int = 3
QUERY = "select max(id) from edits where time > ? order by id desc"

def find(items: list[int] = [], most: int = LIMIT) -> int | None:
    """Return the first."""
    for item in items:
        if item <= most and not item % 2:
            return items[0]
    return None
'''


def changes(mutants: list[Mutant]) -> set[tuple[str, str]]:
    return {(" ".join(mutant.old.split()), mutant.new) for mutant in mutants}


def test_a_fault_is_put_into_each_comparison_condition_number_and_statement() -> None:
    found = mutants_of("annotator/domain/a.py", TEXT)
    assert changes(found) == {
        ("3", "4"),
        ("max(", "min("),
        (">", " >= "),
        ("desc", ""),
        ("order by id", ""),
        ("item <= most and not item % 2", "False"),
        ("item <= most and not item % 2", "True"),
        ("item <= most and not item % 2", "(item <= most or not item % 2)"),
        ("item <= most", "(item < most)"),
        ("not item % 2", "(item % 2)"),
        ("item % 2", "(item * 2)"),
        ("2", "3"),
        ("0", "-1"),
        ("0", "1"),
        ("return items[0]", "return None"),
    }
    at_import = {mutant.old for mutant in found if mutant.at_import}
    assert at_import == {"3", "max(", " > ", " desc", "order by id"}


def test_every_mutant_can_be_compiled_and_has_a_name_of_its_own() -> None:
    mutants = all_mutants(PACKAGES)
    assert len(mutants) > 3000
    assert len({mutant.name for mutant in mutants}) == len(mutants)
    for mutant in sample(mutants, 1, 200):
        compile(mutant.source(), mutant.path, "exec")


def test_a_sample_does_not_change_when_other_mutants_come_in() -> None:
    mutants = all_mutants(["team"])
    chosen = sample(mutants, 1, 20)
    assert sample(chosen, 1, 20) == chosen
    assert sample(mutants, 2, 20) != chosen


def test_every_mutant_that_is_left_out_has_a_reason() -> None:
    for line in EQUIVALENT.read_text(encoding="utf-8").splitlines():
        name, _, reason = line.partition("\t")
        assert name.startswith("annotator/")
        assert reason.endswith(".")


def test_the_tests_and_packages_that_are_named_exist() -> None:
    assert [path for path in TESTS if not (ROOT / path).exists()] == []
    assert [package for package in PACKAGES if not (ROOT / "annotator" / package).is_dir()] == []


def test_only_what_changed_since_the_record_runs_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, module, tests = tmp_path / "map.json", tmp_path / "annotator" / "a.py", [tmp_path / "tests" / "test_a.py"]
    for each in (module, *tests):
        each.parent.mkdir()
        each.write_text("")
    ran: list[str] = []

    def in_children(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, object]]:
        for number, task in enumerate(tasks):
            assert isinstance(task.act, partial)
            (files,) = task.act.args
            ran.extend(files)
            yield (
                number,
                {
                    each: {"modules": [], "tests": {f"{each}::test_it": [0.1, {"annotator/a.py": [3]}]}}
                    for each in files
                },
            )

    for name, value in (("ROOT", tmp_path), ("TESTS", ("tests",)), ("in_children", in_children)):
        monkeypatch.setattr(f"tests.mutation.{name}", value)
    for changed, again in ((None, True), (None, False), (tests[0], True), (module, True), (None, False)):
        if changed:
            changed.write_text(f"{changed.read_text()}#")
        ran.clear()
        assert read_coverage(path, 1).tests == {("annotator/a.py", 3): frozenset({"tests/test_a.py::test_it"})}
        assert ran == ["tests/test_a.py"] * again


def test_a_record_holds_the_lines_that_each_test_executes() -> None:
    file = "tests/domain/model/test_span.py"
    program = f"""
import json
from hypothesis import settings
from tests.mutation import record

settings.register_profile("mutation")
print(json.dumps(record(["{file}"])))
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    tests = json.loads(run.stdout.splitlines()[-1])[file]["tests"]
    _, executed = tests[f"{file}::test_an_empty_or_negative_range_is_refused[3-3]"]
    text = inspect.getsource(span).splitlines()
    lines = [text[line - 1].strip() for line in executed["annotator/domain/model/span.py"]]
    assert any(line.startswith("raise ValueError") for line in lines)
    assert not any("other" in line for line in lines)


def test_every_mutant_that_is_left_out_exists() -> None:
    names = {mutant.name for mutant in all_mutants(PACKAGES)}
    listed = [line.partition("\t")[0] for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()]
    assert [name for name in listed if name not in names] == []


def test_the_tests_of_the_module_run_first_and_slow_ones_leave_time_for_others() -> None:
    seconds = {f"tests/test_slow.py::test_{n}": BUDGET / 6 for n in range(9)}
    quick = ("tests/a.py", "tests/b.py", "tests/c.py", "tests/team/test_near.py", "tests/team/test_merge.py")
    seconds |= {f"{file}::test_it": 1.0 for file in quick}
    in_file = {"tests/test_slow.py": 9, "tests/a.py": 1, "tests/b.py": 1, "tests/c.py": 2}
    in_file |= {"tests/team/test_near.py": 9, "tests/team/test_merge.py": 2}
    assert stages_of(seconds, Coverage(seconds, {}), in_file, "annotator/team/merge.py") == [
        ["tests/a.py::test_it", "tests/b.py::test_it", "tests/team/test_merge.py::test_it"],
        ["tests/team/test_near.py::test_it"],
        ["tests/c.py::test_it", "tests/test_slow.py::test_0"],
    ]


def test_a_line_that_no_test_was_seen_to_execute_is_tried_with_the_tests_of_its_module() -> None:
    path = "annotator/domain/a.py"
    mutants = {mutant.old: mutant for mutant in mutants_of(path, TEXT)}
    coverage = Coverage(
        {}, {(path, 8): frozenset({"tests/a.py::test_it"}), (path, 6): frozenset({"tests/b.py::test_it"})}
    )
    assert coverage.of_mutant(mutants["item <= most"]) == {"tests/a.py::test_it"}
    for old in ("3", "return items[0]"):
        assert coverage.of_mutant(mutants[old]) == {"tests/a.py::test_it", "tests/b.py::test_it"}


def test_a_process_that_wakes_up_only_to_sleep_again_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait() -> None:
        while True:
            time.sleep(0.001)

    def work() -> float:
        while time.process_time() < 2:
            pass
        return time.process_time()

    monkeypatch.setattr("tests.mutation.ASLEEP", 1.0)
    (_, waited), (_, worked) = in_children([Task(wait, 60), Task(work, 60)], 1)
    assert waited is None
    assert worked >= 2


@pytest.mark.parametrize(
    ("again", "result"), [((0, "a.py::test_it"), ""), ((1, "a.py::test_it"), ""), ((1, ""), ONCE), ((0, ""), "")]
)
def test_a_mutant_is_killed_only_by_a_test_that_fails_twice(
    monkeypatch: pytest.MonkeyPatch, again: tuple[int, str], result: str
) -> None:
    runs = iter([(0, "a.py::test_it"), again])

    def run(plugin: Chosen, files: list[str]) -> pytest.ExitCode:
        plugin.passed, plugin.failed = next(runs)
        return pytest.ExitCode.TESTS_FAILED

    monkeypatch.setattr("tests.mutation._pytest", run)
    assert try_mutant(None, [["a.py::test_it"]]) == f"{result}a.py::test_it"
