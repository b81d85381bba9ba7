"""The table of what is promised names tests that there are, and no promise is called done without one."""

from __future__ import annotations

import ast
import re
from functools import cache

from tests.conftest import ROOT

STATES = re.compile(r"done|partly: \S.*|not: \S.*")
NODE = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows() -> list[tuple[str, str, str]]:
    """Return claim, state and tests of every row below the headings of the two tables of promises."""
    text = (ROOT / "tests" / "SHOWN.md").read_text("utf-8")
    promises = text[text.index("## The editor") :]
    lines = [
        line for line in promises.splitlines() if line.startswith("|") and not line.startswith(("|---", "| claim"))
    ]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [row for row in cells if len(row) != 3] == []
    return [(claim, state, tests) for claim, state, tests in cells]


@cache
def functions(path: str) -> frozenset[str]:
    """Return the names of the functions that a file in tests defines; none of a file that is not there."""
    file = ROOT / "tests" / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_row_has_a_claim_and_a_state() -> None:
    assert len(rows()) > 100
    assert [row for row in rows() if not row[0] or not STATES.fullmatch(row[1])] == []
    claims = [claim for claim, _, _ in rows()]
    assert len(set(claims)) == len(claims)


def test_what_is_done_is_shown_by_a_test() -> None:
    assert [claim for claim, state, tests in rows() if state == "done" and not NODE.search(tests)] == []


def test_every_test_that_is_named_exists() -> None:
    missing: list[str] = []
    for _, _, tests in rows():
        named = NODE.findall(tests)
        assert NODE.sub("", tests).strip() == "", tests
        missing += [f"{path}::{name}" for path, name in named if name not in functions(path)]
    assert missing == []
