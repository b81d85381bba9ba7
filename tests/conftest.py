"""Fixtures for the tests of all packages."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
import pytest
from hypothesis import settings

from annotator.errors import Message, UserError

if TYPE_CHECKING:
    from tests.postgres import Server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests make no backups in the user's folder and do not ask for the user's name; "kept": 0 turns off daily backups.
_HOME = TemporaryDirectory(prefix="annotator-tests-", ignore_cleanup_errors=True)
os.environ["ANNOTATOR_BACKUPS"] = str(Path(_HOME.name) / "backups")
os.environ["ANNOTATOR_CONFIG"] = str(Path(_HOME.name) / "settings")
os.environ["XDG_RUNTIME_DIR"] = _HOME.name  # For the sockets of windows, the paths of which must be short.
(Path(_HOME.name) / "settings").mkdir()
(Path(_HOME.name) / "settings" / "backups.json").write_text('{"kept": 0}', encoding="utf-8")

# A busy machine is no fault of the code, so there is no deadline. `make test-long` has the profile "long".
settings.register_profile("annotator", deadline=None, max_examples=40)
settings.register_profile("long", deadline=None, max_examples=400)
settings.load_profile("annotator")

FIELD = re.compile(r"\{[a-z_]+\}")

ROOT = Path(__file__).resolve().parent.parent

_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder in it that only its user can read
_ENOUGH = 4 << 30
"""Bytes of memory; the temporary files of all tests together need less than a quarter of it."""


def pytest_configure(config: pytest.Config) -> None:
    """Put temporary files into memory, where there is enough of it and TMPDIR names no other place.

    On a disk half the time of the tests of storage is waiting for fsync. Power cuts are simulated, so they need no
    disk. The benchmarks measure the disk too.
    """
    if "TMPDIR" in os.environ or config.getoption("benchmark_only") or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return
    if min(shutil.disk_usage(_MEMORY).free, psutil.virtual_memory().available) > _ENOUGH:
        os.environ["TMPDIR"] = str(_MEMORY)
        tempfile.tempdir = None  # It is found again.


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of real texts next to the project, or skip the test."""
    folder = ROOT.parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the real texts are not next to this checkout")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Return a PostgreSQL server on a port of the loopback interface, or skip the test."""
    pytest.importorskip("psycopg", reason="psycopg is not installed", exc_type=ImportError)
    from tests.postgres import running_server

    with running_server() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def every_field_is_given() -> Iterator[None]:
    """Fail if an error is raised whose template has a field without a value."""
    make = UserError.__init__

    def checked(error: UserError, template: str, /, **fields: object) -> None:
        """Make an error."""
        is_made = isinstance(template, Message) and bool(template.fields)
        assert fields or is_made or not FIELD.search(template), f"a field has no value: {template}"
        make(error, template, **fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(UserError, "__init__", checked)
        yield
