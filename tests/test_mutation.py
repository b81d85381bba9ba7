"""The mutants that mutation testing puts into the code, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mutation import (
    BUDGET,
    EQUIVALENT,
    PACKAGES,
    ROOT,
    TESTS,
    Coverage,
    Mutant,
    all_mutants,
    mutants_of,
    read_coverage,
    sample,
    stages_of,
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


def test_a_record_from_before_a_file_was_moved_is_refused(tmp_path: Path) -> None:
    def record(test: str, module: str) -> Path:
        path = tmp_path / "map.json"
        path.write_text(json.dumps([{"modules": [], "tests": {f"{test}::test_it": [0.1, {module: [3]}]}}]))
        return path

    present = record("tests/test_mutation.py", "annotator/domain/model/span.py")
    assert read_coverage(present, 1).tests == {
        ("annotator/domain/model/span.py", 3): frozenset({"tests/test_mutation.py::test_it"})
    }
    for test, module in (
        ("tests/test_moved.py", "annotator/errors.py"),
        ("tests/test_errors.py", "annotator/moved.py"),
    ):
        with pytest.raises(SystemExit, match=r"map\.json is out of date: .*moved\.py no longer exists"):
            read_coverage(record(test, module), 1)


def test_every_mutant_that_is_left_out_exists() -> None:
    names = {mutant.name for mutant in all_mutants(PACKAGES)}
    listed = [line.partition("\t")[0] for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()]
    assert [name for name in listed if name not in names] == []


def test_the_tests_of_the_module_run_first_and_slow_ones_leave_time_for_others() -> None:
    seconds = {f"tests/test_slow.py::test_{n}": BUDGET / 4 for n in range(9)} | {
        "tests/team/test_merge.py::test_it": 1.0
    }
    in_file = {
        "tests/test_slow.py": 9,
        "tests/team/test_merge.py": 2,
        "tests/a.py": 1,
        "tests/b.py": 1,
        "tests/c.py": 2,
    }
    seconds |= {f"{file}::test_it": 0.5 for file in ("tests/a.py", "tests/b.py", "tests/c.py")}
    first, rest = stages_of(seconds, Coverage(seconds, {}), in_file, "annotator/team/merge.py")
    assert first == ["tests/a.py::test_it", "tests/b.py::test_it", "tests/team/test_merge.py::test_it"]
    assert rest == ["tests/c.py::test_it", "tests/test_slow.py::test_0"]


def test_a_line_that_no_test_was_seen_to_execute_is_tried_with_the_tests_of_its_module() -> None:
    path = "annotator/domain/a.py"
    mutants = {mutant.old: mutant for mutant in mutants_of(path, TEXT)}
    coverage = Coverage(
        {}, {(path, 8): frozenset({"tests/a.py::test_it"}), (path, 6): frozenset({"tests/b.py::test_it"})}
    )
    assert coverage.of_mutant(mutants["item <= most"]) == {"tests/a.py::test_it"}
    for old in ("3", "return items[0]"):
        assert coverage.of_mutant(mutants[old]) == {"tests/a.py::test_it", "tests/b.py::test_it"}
