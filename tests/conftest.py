"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from annotator.errors import Message, UserError
from annotator.suggest import torch_extra

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test makes a backup in the user's own folder, or asks who the user is; by itself the program makes none in tests.
_HOME = TemporaryDirectory(prefix="annotator-tests-", ignore_cleanup_errors=True)
os.environ["ANNOTATOR_BACKUPS"] = str(Path(_HOME.name) / "backups")
os.environ["ANNOTATOR_CONFIG"] = str(Path(_HOME.name) / "settings")
(Path(_HOME.name) / "settings").mkdir()
(Path(_HOME.name) / "settings" / "backups.json").write_text('{"kept": 0}', encoding="utf-8")

# A busy machine is no fault of the code.
settings.register_profile("annotator", deadline=None)
settings.load_profile("annotator")

FIELD = re.compile(r"\{[a-z_]+\}")

ROOT = Path(__file__).resolve().parent.parent


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip the tests that start the CAMeL worker if the extra annotator[torch] is not installed."""
    if item.get_closest_marker("camel") and not torch_extra.has_torch():
        pytest.skip("PyTorch is not installed; make interop runs this test")


@pytest.fixture
def torch_installed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Return a function that makes the extra annotator[torch] look installed, or not; at first it looks installed."""

    def look(installed: bool) -> None:
        monkeypatch.setattr(torch_extra, "find_spec", lambda name: object() if installed else None)

    look(True)
    return look


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of real texts that is kept beside the project, or skip the test."""
    folder = ROOT.parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the real texts are not kept beside this checkout")
    return folder


@pytest.fixture(scope="session", autouse=True)
def every_field_is_given() -> Iterator[None]:
    """Fail where an error is made whose template names a field for which nothing is given."""
    make = UserError.__init__

    def checked(error: UserError, template: str, /, **fields: object) -> None:
        """Make an error."""
        is_made = isinstance(template, Message) and bool(template.fields)
        assert fields or is_made or not FIELD.search(template), f"nothing is given for a field of: {template}"
        make(error, template, **fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(UserError, "__init__", checked)
        yield
