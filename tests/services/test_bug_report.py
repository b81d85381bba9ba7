"""A bug report has what developers need and nothing private; the log is kept in files of a limited size."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import main
from annotator.domain.model.span import Span
from annotator.errors import UserError
from annotator.services import bug_report, log_file
from annotator.services.bug_report import write_bug_report
from annotator.services.log_file import log_files, log_folder, log_to_file

SECRETS = ("secret", "سرّ", "سلمى", "بغداد")
_log = logging.getLogger("annotator")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the settings folder of a user in a folder with a secret name, from which the program is run."""
    home = tmp_path / "secret" / "سلمى"
    home.mkdir(parents=True)
    for name, folder in (("HOME", home), ("XDG_DATA_HOME", home / "data"), ("CAMELTOOLS_DATA", home / "camel")):
        monkeypatch.setenv(name, str(folder))
    for name in ("LOGNAME", "USER"):
        monkeypatch.setenv(name, "secretuser")
    monkeypatch.setenv("QT_SCALE_FACTOR", "the secret of سلمى")
    monkeypatch.setattr("socket.gethostname", lambda: "secret-host")
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(home / "config"))
    monkeypatch.chdir(home)
    return home / "config"


def log_bug(code: str) -> None:
    """Log an error of some code as the window does."""
    try:
        exec(compile(code, "/home/secret/سلمى.py", "exec"), {"Span": Span, "__name__": "secret_plugin"})  # noqa: S102 - our own code
    except Exception:
        _log.exception("uncaught exception about بغداد\nsecret lines")


def test_a_report_has_places_and_nothing_private(settings: Path, tmp_path: Path) -> None:
    with log_to_file():
        log_bug("Span(5, 1)")
        log_bug("raise type('SecretError', (Exception,), {})('سرّ\\nTraceback of secret: بغداد')")
        log_bug("import json; json.loads('secret', strict='سرّ')")
        _log.warning("a message about the secret")
    assert [path.parent for path in log_files()] == [settings / "log"]
    assert "بغداد" in log_files()[0].read_text("utf-8")
    write_bug_report(tmp_path / "report.txt")
    text = (tmp_path / "report.txt").read_text("utf-8")
    for secret in SECRETS:
        assert secret.lower() not in text.lower(), text
    assert "annotator/domain/model/span.py:" in text
    assert "json/decoder.py:" in text
    assert "  ValueError\n" in text
    assert "Errors: 4 in the log" in text
    assert "PySide6-Essentials" in text
    assert "QT_SCALE_FACTOR=(other)" in text


def test_a_long_log_is_reported_from_its_end(settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bug_report, "_MOST_ENTRIES", 2)
    with log_to_file():
        for _ in range(5):
            _log.error("uncaught")
    write_bug_report(tmp_path / "report.txt")
    head, _, entries = (tmp_path / "report.txt").read_text("utf-8").partition("Errors: 5 in the log, the last 2:\n")
    assert head and len(entries.splitlines()) == 2


def test_the_command_replaces_no_file(settings: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.annot"
    path.write_text("precious")
    done = CliRunner().invoke(main, ["doctor", "--bundle", str(path)])
    assert done.exit_code == 2
    assert "exists already" in done.output
    assert path.read_text() == "precious"
    with pytest.raises(UserError, match="Cannot write"):
        write_bug_report(tmp_path / "nowhere" / "report.txt")
    assert CliRunner().invoke(main, ["doctor", "--bundle", str(tmp_path / "new.txt")]).exit_code == 0
    assert (tmp_path / "new.txt").is_file()


def test_the_log_is_cut_into_files_of_a_limited_size(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "_MOST_BYTES", 1_000)
    with log_to_file():
        for number in range(200):
            _log.error("number %d", number)
    files = log_files()
    assert len(files) == 5
    assert all(path.stat().st_size <= 1_000 for path in files)
    assert "number 199" in files[-1].read_text("utf-8")
    assert log_folder().stat().st_mode & 0o077 == 0
    assert not [handler for handler in _log.handlers if isinstance(handler, logging.handlers.RotatingFileHandler)]


def test_the_log_is_in_the_state_folder_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ANNOTATOR_CONFIG")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert log_folder() == tmp_path / "annotator" / "log"


def test_a_log_that_cannot_be_written_stops_nothing(settings: Path) -> None:
    settings.write_text("a file where a folder should be")
    with log_to_file():
        _log.error("nobody reads this")
    assert log_files() == []
