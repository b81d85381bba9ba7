"""Mutation testing: change the code in one small place at a time, and check that a test fails.

Run `make mutation`, or `python -m tests.mutation --help`. The steps:

1. Run the tests once and record which lines of the packages each test executes, and how much CPU time it takes. With
   --map FILE, the record is saved, and the next run reads it.
2. List all mutants: a comparison with another boundary, an omitted statement, a condition that is always true, another
   sort order in SQL, and so on. A seed selects the sample; whether a mutant is in it depends on its own name alone.
3. For each mutant, fork a process that has imported the libraries but none of our modules. It imports the package with
   the mutant, and runs the tests that execute the line, the most specific test files first. The mutant is killed if a
   test fails, or takes far more CPU time than without the mutant.

Messages are not mutated. Child processes that a test starts run without the mutant. `tests/data/equivalent_mutants.tsv`
lists mutants that no test can detect, each with the reason; they do not count for the score. mutmut and cosmic-ray do
not mutate SQL and cannot draw a sample, and cosmic-ray runs all tests for each mutant.
"""

from __future__ import annotations

import argparse
import ast
import gc
import hashlib
import importlib
import importlib.util
import json
import multiprocessing
import os
import re
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

import pytest
from coverage import Coverage as Tracer
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("storage", "team", "domain", "session")
TESTS = (
    "tests/domain",
    "tests/storage",
    "tests/team",
    "tests/services",
    "tests/session",
    "tests/cli/test_backup_commands.py",
    "tests/cli/test_remove_command.py",
)
EQUIVALENT = ROOT / "tests" / "data" / "equivalent_mutants.tsv"
FIRST_FILES = 3
"""How many test files are run before all others."""
BUDGET = 60.0
"""The most tests that are run for a mutant, in seconds of the CPU time that they took when they were recorded."""
FILES_AT_ONCE = 8
"""How many test files are recorded in one process."""
ONCE = "failed once, then passed: "
"""The result of a mutant on which a test does not fail each time; it counts as a survivor."""
ASLEEP = 180.0
"""A process that has slept for so many seconds is killed."""

Place = tuple[str, int]
"""(path of a module from the root, line)."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of the code: in the module at path, the text from start to end, in bytes, is replaced by new.

    lines: a test that executes one of them executes the change; the most specific is first. at_import: it is executed
    while the module is imported. number distinguishes equal changes in one symbol.
    """

    path: str
    symbol: str
    lines: tuple[int, ...]
    start: int
    end: int
    old: str
    new: str
    at_import: bool = False
    number: int = 1

    @property
    def name(self) -> str:
        """Return a name that does not change when lines move: the path, the symbol, the change, and the number."""
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        repeated = f" #{self.number}" if self.number > 1 else ""
        return f"{self.path} {self.symbol}: {old} -> {new}{repeated}"

    def source(self) -> str:
        """Return the source of the module with the change."""
        text = (ROOT / self.path).read_bytes()
        return (text[: self.start] + self.new.encode() + text[self.end :]).decode()


# What is mutated.

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_SQL = tuple(
    (re.compile(pattern, re.IGNORECASE), new)
    for pattern, new in (
        (r" < ", " <= "),
        (r" <= ", " < "),
        (r" > ", " >= "),
        (r" >= ", " > "),
        (r" = ", " <> "),
        (r" <> ", " = "),
        (r" and ", " or "),
        (r" or ", " and "),
        (r" desc\b", ""),
        (r"\border by \w+(, \w+)*", ""),
        (r"\bnot exists\b", "exists"),
        (r"\bnot in\b", "in"),
        (r"\bis not null\b", "is null"),
        (r"\bis null\b", "is not null"),
        (r"\bdistinct ", ""),
        (r"\bmax\(", "min("),
        (r"\bmin\(", "max("),
        (r" limit 1\b", " limit 2"),
        (r"=full\b", "=normal"),
        (r"=on\b", "=off"),
        (r" \+ ", " - "),
    )
)
_IS_SQL = re.compile(
    r"\b(select|where|order by|update|delete from|insert into|pragma)\b|\w+ (=|<>|>|>=) (\?|:\w)", re.IGNORECASE
)


class _Finder(ast.NodeVisitor):
    """Collects the mutants of one module."""

    def __init__(self, path: str, text: str) -> None:
        """Prepare to visit the module with this text."""
        self.found: list[Mutant] = []
        self._path = path
        self._bytes = text.encode()
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line.encode()))
        self._symbols: list[str] = []
        self._seen: Counter[tuple[str, str, str]] = Counter()
        self._statement: ast.AST | None = None
        self._depth = 0

    def visit(self, node: ast.AST) -> None:
        """Visit a node, and the nodes in it but for annotations and decorators."""
        if isinstance(node, ast.stmt):
            self._statement = node
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                self._symbols.append(node.name)
                if isinstance(node, ast.FunctionDef):
                    for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                        self.visit(default)
                self._depth += isinstance(node, ast.FunctionDef)
                for child in _without_docstring(node.body):
                    self.visit(child)
                self._depth -= isinstance(node, ast.FunctionDef)
                self._symbols.pop()
                return
            case ast.AnnAssign():
                if node.value:
                    self.visit(node.value)
                return
            case ast.JoinedStr():
                self._sql(node)
                return
            case ast.Import() | ast.ImportFrom():
                return
            case ast.Module():
                for child in _without_docstring(node.body):
                    self.visit(child)
                return
            case ast.Expr(value=ast.Constant()):
                return
        self._mutate(node)
        self.generic_visit(node)

    def _mutate(self, node: ast.AST) -> None:
        """Collect the mutants of a node itself."""
        match node:
            case ast.Compare():
                for at, op in enumerate(node.ops):
                    ops = [*node.ops[:at], _COMPARE[type(op)](), *node.ops[at + 1 :]]
                    self._replace(node, ast.Compare(node.left, ops, node.comparators))
            case ast.BoolOp():
                self._replace(node, ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
            case ast.UnaryOp(op=ast.Not()):
                self._replace(node, node.operand)
            case ast.BinOp() if type(node.op) in _ARITHMETIC:
                self._replace(node, ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right))
            case ast.AugAssign():
                self._add(node, "pass")
                if type(node.op) in _ARITHMETIC:
                    new = ast.AugAssign(node.target, _ARITHMETIC[type(node.op)](), node.value)
                    self._add(node, ast.unparse(new))
            case ast.Constant(value=bool()):
                self._add(node, str(not node.value))
            case ast.Constant(value=int(number) | float(number)):
                self._add(node, repr(number + 1))
            case ast.Constant(value=str()):
                self._sql(node)
            case ast.Subscript(slice=ast.Constant(value=0) as index):
                self._add(index, "-1")
            case ast.Slice():
                for bound in (node.lower, node.upper):
                    if bound:
                        self._add(bound, "None")
            case ast.Return(value=ast.expr()) if not _is_none(node.value):
                self._add(node, "return None")
            case ast.If() | ast.IfExp() | ast.While():
                self._add(node.test, "False")
                if not isinstance(node, ast.While):
                    self._add(node.test, "True")
            case ast.comprehension():
                for test in node.ifs:
                    self._add(test, "True")
            case ast.Expr(value=ast.Call()) | ast.Raise() | ast.Delete():
                self._add(node, "pass")
            case ast.Assign() if not isinstance(node.targets[0], ast.Name | ast.Tuple):
                self._add(node, "pass")
            case ast.Continue():
                self._add(node, "break")
            case ast.Break():
                self._add(node, "continue")
            case ast.With():
                for item in node.items:
                    if item.optional_vars is None:
                        self._add(item.context_expr, '__import__("contextlib").nullcontext()')
            case ast.Call():
                self._call(node)

    def _call(self, node: ast.Call) -> None:
        """Collect the mutants of a call: one argument less, or the opposite function.

        zip(strict=True) stays, as it only says what is true anyway.
        """
        for at, keyword in enumerate(node.keywords):
            if keyword.arg and keyword.arg != "strict":
                self._replace(node, ast.Call(node.func, node.args, node.keywords[:at] + node.keywords[at + 1 :]))
        if isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            self._add(node.func, _CALLS[node.func.id])

    def _sql(self, node: ast.Constant | ast.JoinedStr) -> None:
        """Collect the mutants of a statement in SQL, or a part of one."""
        start, end = self._extent(node)
        text = self._bytes[start:end].decode()
        if not _IS_SQL.search(text):
            return
        for pattern, new in _SQL:
            for match in pattern.finditer(text):
                at = start + len(text[: match.start()].encode())
                self._add(node, new, (at, at + len(match.group().encode())))

    def _replace(self, node: ast.AST, new: ast.AST) -> None:
        """Collect the mutant that has another expression in the place of one."""
        self._add(node, f"({ast.unparse(new)})")

    def _add(self, node: ast.AST, new: str, extent: tuple[int, int] | None = None) -> None:
        """Collect the mutant that has a text in the place of a node, or of some bytes of it."""
        start, end = extent or self._extent(node)
        old, symbol = self._bytes[start:end].decode(), ".".join(self._symbols) or "<module>"
        if " ".join(old.split()) in (new, new[1:-1]):
            return
        self._seen[symbol, old, new] += 1
        outer = self._statement if isinstance(self._statement, ast.stmt) else node
        own, around = _lines(node), _lines(outer)
        lines = (*own, *(line for line in around if line not in own)) if isinstance(node, ast.expr) else own
        at_import, number = not self._depth, self._seen[symbol, old, new]
        self.found.append(Mutant(self._path, symbol, lines, start, end, old, new, at_import, number))

    def _extent(self, node: Any) -> tuple[int, int]:
        """Return where a node begins and ends, in bytes."""
        return (
            self._starts[node.lineno - 1] + node.col_offset,
            self._starts[node.end_lineno - 1] + node.end_col_offset,
        )


def _is_none(node: ast.expr | None) -> bool:
    """Tell whether an expression is None itself."""
    return isinstance(node, ast.Constant) and node.value is None


def _lines(node: Any) -> tuple[int, ...]:
    """Return the lines that show that a node is executed: of a compound statement only those of its head."""
    end = node.body[0].lineno - 1 if hasattr(node, "body") and isinstance(node.body, list) else node.end_lineno
    return tuple(range(node.lineno, max(end, node.lineno) + 1))


def _without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    """Return statements without the docstring that may be the first."""
    first = body[0] if body else None
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return body[1:] if is_docstring else body


def mutants_of(path: str, text: str) -> list[Mutant]:
    """Return all mutants of a module that can be compiled."""
    finder = _Finder(path, text)
    finder.visit(ast.parse(text))
    return finder.found


def all_mutants(packages: Sequence[str]) -> list[Mutant]:
    """Return all mutants of some packages."""
    paths = sorted(path for package in packages for path in (ROOT / "annotator" / package).rglob("*.py"))
    return [
        mutant
        for path in paths
        for mutant in mutants_of(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]


def sample(mutants: Iterable[Mutant], seed: int, count: int) -> list[Mutant]:
    """Return the sample of a seed: a mutant's place depends on its own name alone, not on the others."""
    return sorted(mutants, key=lambda each: hashlib.sha256(f"{seed} {each.name}".encode()).digest())[:count]


# Which tests execute what.


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the tests execute: the seconds of each test, the tests of each line, and the tests of each module."""

    seconds: Mapping[str, float]
    tests: Mapping[Place, frozenset[str]]
    modules: tuple[str, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[Any]) -> Coverage:
        seconds: dict[str, float] = {}
        tests: dict[Place, set[str]] = defaultdict(set)
        modules: set[str] = set()
        for part in parts:
            modules.update(part["modules"])
            for test, (taken, places) in part["tests"].items():
                seconds[test] = taken
                for path, lines in places.items():
                    for line in lines:
                        tests[path, line].add(test)
        return cls(seconds, {place: frozenset(names) for place, names in tests.items()}, tuple(sorted(modules)))

    def of_mutant(self, mutant: Mutant) -> frozenset[str]:
        """Return the tests that execute a mutant.

        If it runs at import, or if no test was seen to execute it, those that use its module.
        """
        seen = (self.tests[mutant.path, n] for n in mutant.lines if (mutant.path, n) in self.tests)
        if not mutant.at_import and (tests := next(seen, None)):
            return tests
        return frozenset().union(*(names for (path, _), names in self.tests.items() if path == mutant.path))


class Recorder:
    """A plugin of pytest that records what each test executes.

    coverage.py traces in C: a test takes about twice as long, instead of ten times as with sys.settrace.
    """

    def __init__(self) -> None:
        """Prepare to record."""
        self.tests: dict[str, tuple[float, dict[str, list[int]]]] = {}
        self._coverage = Tracer(
            data_file=None, config_file=False, include=[str(ROOT / "annotator" / package / "*") for package in PACKAGES]
        )
        self._seconds: dict[str, float] = {}
        self._failed = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self) -> Iterator[None]:
        """Trace while tests run, and sort what was executed by test; one that fails without a fault cannot serve."""
        self._coverage.start()
        try:
            return (yield)
        finally:
            self._coverage.stop()
            self.tests = {test: (seconds, {}) for test, seconds in self._seconds.items()}
            data = self._coverage.get_data()
            for file in data.measured_files():
                path = Path(file).relative_to(ROOT).as_posix()
                for line, tests in data.contexts_by_lineno(file).items():
                    for test in self.tests.keys() & set(tests):
                        self.tests[test][1].setdefault(path, []).append(line)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Record one test, with its fixtures."""
        self._failed = False
        self._coverage.switch_context(item.nodeid)
        began = time.process_time()
        try:
            return (yield)
        finally:
            if not self._failed:
                self._seconds[item.nodeid] = time.process_time() - began

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed or was skipped."""
        self._failed |= not report.passed


def record(files: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Run test files and return for each what its tests execute, and which modules were imported."""
    recorder = Recorder()
    code = _pytest(recorder, files)
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise RuntimeError(f"pytest ended with {code}")
    by_file: dict[str, dict[str, Any]] = {file: {} for file in files}
    for test, executed in recorder.tests.items():
        by_file[test.partition("::")[0]][test] = executed
    return {file: {"tests": tests, "modules": sorted(sys.modules)} for file, tests in by_file.items()}


# Running the tests on a mutant.


class Chosen:
    """A plugin of pytest that runs some tests in the order given, and keeps the name of the one that fails."""

    def __init__(self, tests: Sequence[str]) -> None:
        """Choose the tests."""
        self._place = {test: at for at, test in enumerate(tests)}
        self.failed = ""
        self.passed = 0

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what was not chosen, and sort the rest."""
        items[:] = sorted((i for i in items if i.nodeid in self._place), key=lambda item: self._place[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the name of a test that fails, and count those that pass."""
        if report.failed:
            self.failed = report.nodeid
        self.passed += report.passed and report.when == "call"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the name of a file that cannot be imported."""
        if report.failed:
            self.failed = report.nodeid or "collection"


def _pytest(plugin: object, files: Sequence[str]) -> pytest.ExitCode:
    """Run pytest in this process, without plugins and output that only cost time here."""
    without = ("cacheprovider", "xdist", "unraisableexception", "threadexception")
    options = ["-q", "-m", "not long", "--assert=plain", "--hypothesis-profile=mutation", "--tb=no"]
    with TemporaryDirectory(prefix="mutation-") as folder:
        options += [f"--basetemp={folder}/tests", *(f"-pno:{name}" for name in without)]
        return pytest.ExitCode(
            pytest.main([*options, *(["-x"] if isinstance(plugin, Chosen) else []), *files], plugins=[plugin])
        )


class _Loader(SourceFileLoader):
    """Loads a module from another text than that of its file."""

    def __init__(self, name: str, path: str, text: str) -> None:
        """Load this text."""
        super().__init__(name, path)
        self._text = text

    def get_code(self, fullname: str) -> CodeType:
        """Return the text compiled."""
        return compile(self._text, self.path, "exec", dont_inherit=True)


class _MutantFinder:
    """Finds the mutated module in the place of the module."""

    def __init__(self, mutant: Mutant) -> None:
        """Find the module of this mutant."""
        path = Path(mutant.path)
        parts = path.parent.parts if path.name == "__init__.py" else path.with_suffix("").parts
        self._name, self._path, self._text = ".".join(parts), str(ROOT / path), mutant.source()

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return the mutated module, or None for every other."""
        if name != self._name:
            return None
        loader = _Loader(name, self._path, self._text)
        return importlib.util.spec_from_file_location(name, self._path, loader=loader)


def try_mutant(mutant: Mutant | None, stages: Sequence[Sequence[str]]) -> str:
    """Run tests on a mutant, one stage after the other; return the first that fails, or "" if none does.

    None is the unchanged code. Raises RuntimeError if no test failed and not all of them ran.
    """
    if mutant:
        sys.meta_path.insert(0, _MutantFinder(mutant))
    for tests in stages:
        chosen = Chosen(tests)
        code = _pytest(chosen, sorted({test.partition("::")[0] for test in tests}))
        if code is pytest.ExitCode.USAGE_ERROR:
            return "tests/conftest.py, which cannot be imported"
        if chosen.failed:
            return chosen.failed if _fails_again(chosen.failed) else ONCE + chosen.failed
        if chosen.passed < len(set(tests)):
            raise RuntimeError(f"{chosen.passed} of {len(set(tests))} tests ran: {code}")
    return ""


def _fails_again(test: str) -> bool:
    """Run a test that failed once more: if it passes with its fixtures, the load of the machine may have failed it."""
    file, separator, _ = test.partition("::")
    again = Chosen([test])
    if separator:
        _pytest(again, [file])
    return bool(again.failed) or not again.passed


@dataclass(frozen=True, slots=True)
class Task:
    """A function to run in a child process, its limit of CPU time in seconds, and whether it may be idle for long."""

    act: Callable[[], Any]
    seconds: float
    may_wait: bool = False


def stages_of(tests: Iterable[str], coverage: Coverage, in_file: Mapping[str, int], path: str) -> list[list[str]]:
    """Return which tests to run for a mutant in the module at path, in stages; in each the quick ones first.

    The first are in the test file of the module, and in the files of which the largest share of tests executes the
    line. After them come the other files of the same folder, and then all others. Each stage has a third of the budget,
    so that slow tests of one leave time for the next.
    """
    module = Path(path)
    own = Path("tests", *module.parts[1:-1], f"test_{module.name}")
    by_file: dict[str, list[str]] = defaultdict(list)
    for test in tests:
        by_file[test.partition("::")[0]].append(test)
    files = sorted(by_file, key=lambda file: (file != own.as_posix(), -len(by_file[file]) / in_file[file], file))
    first, others = files[:FIRST_FILES], files[FIRST_FILES:]
    near = [file for file in others if Path(file).parent == own.parent]
    stages = []
    for stage in (first, near, [file for file in others if file not in near]):
        left, chosen = BUDGET / 3, list[str]()
        for test in sorted((test for file in stage for test in by_file[file]), key=lambda t: (coverage.seconds[t], t)):
            left -= coverage.seconds[test]
            if left > 0 or not chosen:
                chosen.append(test)
        stages.append(chosen)
    return [stage for stage in stages if stage]


def in_children(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, Any]]:
    """Run each task in a forked process, jobs at a time; yield (number of the task, its result).

    The result is None if the process used more than its seconds of CPU time.
    """
    context = multiprocessing.get_context("fork")
    waiting = list(enumerate(tasks))[::-1]
    running: dict[Connection, tuple[int, ForkProcess]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number, task = waiting.pop()
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_child, args=(task, theirs))
            process.start()
            theirs.close()
            running[ours] = number, process
        for ready in wait(list(running)):
            assert isinstance(ready, Connection)
            number, process = running.pop(ready)
            try:
                result = ready.recv()
            except EOFError:
                result = None
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid or 0, signal.SIGKILL)  # What a test has started and left.
            ready.close()
            process.join()
            yield number, result


def _child(task: Task, result: Connection) -> None:
    """Run a task in its own process group, without output, and send its result."""
    os.setpgid(0, 0)
    seconds = int(task.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    began = time.monotonic()

    def look(signal_number: int, frame: FrameType | None) -> None:
        """Exit if the process has slept for too long: it probably waits for ever."""
        if time.monotonic() - began - time.process_time() - _waiting_seconds() > ASLEEP:
            os._exit(1)

    if not task.may_wait:
        signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, ASLEEP / 10, ASLEEP / 10)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    try:
        found = task.act()
    except Exception as error:
        found = error
    result.send(found)


def _waiting_seconds() -> float:
    """Return how long the threads of this process have waited for a processor: the load of the machine is no sleep."""
    waits = [path.read_text().split()[1] for path in Path("/proc/self/task").glob("*/schedstat")]
    return sum(map(int, waits)) / 1e9


def main(arguments: Sequence[str] | None = None) -> int:
    """Test a sample of mutants, print each survivor and the score, and return 0 if the score reaches --least."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Mutation testing of the packages.")
    parser.add_argument("--count", type=int, default=300, help="how many mutants to try")
    parser.add_argument("--seed", type=int, default=11, help="which sample")
    parser.add_argument("--only", default="", help="only mutants with this in their names")
    parser.add_argument("--names", type=Path, metavar="FILE", help="only the mutants that the file names, one a line")
    parser.add_argument("--least", type=float, default=85.0, help="the score, in percent, that must be reached")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes at a time")
    parser.add_argument("--map", type=Path, metavar="FILE", help="read the record of executed lines, or save it there")
    given = parser.parse_args(arguments)
    os.chdir(ROOT)
    os.environ.update(QT_QPA_PLATFORM="offscreen", OPENBLAS_NUM_THREADS="1")
    settings.register_profile(
        "mutation",
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    began = time.monotonic()
    coverage = read_coverage(given.map, given.jobs)
    print(f"{len(coverage.seconds):,} tests recorded in {time.monotonic() - began:.0f} s", flush=True)
    for name in coverage.modules:
        if name.partition(".")[0] not in ("annotator", "tests", "__main__", "conftest"):
            with suppress(Exception):
                importlib.import_module(name)
    gc.freeze()
    mutants = [each for each in all_mutants(PACKAGES) if given.only in each.name]
    if given.names:
        names = set(given.names.read_text(encoding="utf-8").splitlines())
        mutants = [each for each in mutants if each.name in names]
    reasons = dict(line.split("\t") for line in EQUIVALENT.read_text(encoding="utf-8").splitlines() if line)
    chosen = sample(mutants, given.seed, given.count)
    tried = [each for each in chosen if each.name not in reasons]
    survivors = list(run(tried, coverage, given.jobs))
    score = 100 * (1 - len(survivors) / max(1, len(tried)))
    print(f"\n{len(mutants):,} mutants, a sample of {len(chosen)} with the seed {given.seed}")
    print(f"{len(chosen) - len(tried)} of these are equivalent and do not count:")
    for mutant in chosen:
        if mutant.name in reasons:
            print(f"  {mutant.name}: {reasons[mutant.name]}")
    for name in reasons.keys() - {mutant.name for mutant in all_mutants(PACKAGES)}:
        print(f"no longer exists, remove it from {EQUIVALENT.name}: {name}")
    for package in PACKAGES:
        ours = [each for each in tried if each.path.startswith(f"annotator/{package}/")]
        lived = sum(each in survivors for each in ours)
        print(f"{package:8} {len(ours) - lived:4} of {len(ours):4} killed")
    print(f"score    {len(tried) - len(survivors):4} of {len(tried):4} killed: {score:.1f} %", end="")
    print(f" in {time.monotonic() - began:.0f} s")
    return int(score < given.least)


def read_coverage(path: Path | None, jobs: int) -> Coverage:
    """Return what the tests execute: what the file at path holds, and the rest by running tests; save all there.

    A test file runs again if it changed, or if a module that its tests execute changed.
    """
    known = json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}
    files = [
        file.relative_to(ROOT).as_posix()
        for test in TESTS
        for file in sorted([ROOT / test] if test.endswith(".py") else (ROOT / test).rglob("test_*.py"))
    ]
    found = {
        file: known[file] for file in files if file in known and known[file]["digest"] == digest(file, known[file])
    }
    left = [file for file in files if file not in found]
    parts = [left[at : at + FILES_AT_ONCE] for at in range(0, len(left), FILES_AT_ONCE)]
    tasks = [Task(partial(record, part), 3600, may_wait=True) for part in parts]
    for number, result in in_children(tasks, jobs):
        if not isinstance(result, dict):
            raise SystemExit(f"The tests of {', '.join(parts[number])} could not be recorded: {result}")
        found |= {file: each | {"digest": digest(file, each)} for file, each in result.items()}
        if path:
            path.write_text(json.dumps(found), encoding="utf-8")
    return Coverage.of(json.loads(json.dumps([found[file] for file in files])))


def digest(file: str, record: Mapping[str, Any]) -> str:
    """Return a hash of the files on which the record of a test file depends: the file itself and the modules."""
    paths = {file} | {path for _, places in record["tests"].values() for path in places}
    texts = [path.encode() + b" " + (ROOT / path).read_bytes() for path in sorted(paths) if (ROOT / path).exists()]
    return hashlib.sha256(b" ".join(texts)).hexdigest()


def run(mutants: Sequence[Mutant], coverage: Coverage, jobs: int) -> Iterator[Mutant]:
    """Test mutants, print each result, and yield those that survive."""
    in_file = Counter(test.partition("::")[0] for test in coverage.seconds)
    tasks, numbers = [], []
    for number, mutant in enumerate(mutants):
        if tests := coverage.of_mutant(mutant):
            stages = stages_of(tests, coverage, in_file, mutant.path)
            seconds = 30 + 5 * sum(coverage.seconds[test] for stage in stages for test in stage)
            tasks.append(Task(partial(try_mutant, mutant, stages), seconds))
            numbers.append(number)
        else:
            print(f"SURVIVED {mutant.path}:{mutant.lines[0]} {mutant.name} (no test executes it)", flush=True)
            yield mutant
    if tasks:
        quickest = min(coverage.seconds, key=coverage.seconds.__getitem__)
        ((_, found),) = in_children([Task(partial(try_mutant, None, [[quickest]]), 600)], 1)
        if found != "":
            raise SystemExit(f"{quickest} does not pass without a fault: {found}")
    for number, result in in_children(tasks, jobs):
        mutant = mutants[numbers[number]]
        if isinstance(result, Exception):
            raise SystemExit(f"{mutant.name} could not be tried: {result}")
        if result == "" or (result and result.startswith(ONCE)):
            why = result or f"{len(coverage.of_mutant(mutant))} tests"
            print(f"SURVIVED {mutant.path}:{mutant.lines[0]} {mutant.name} ({why})", flush=True)
            yield mutant
        else:
            print(f"killed   {mutant.name} by {result or 'time'}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
