"""The doctor: what is there is ok, what is not is named with what to do."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from annotator.cli import main
from annotator.errors import Message, ResourceError
from annotator.services import doctor, qt_probe
from annotator.services.doctor import Finding, FindingState, check_installation
from annotator.services.qt_probe import LIBRARIES, WINDOW_LIBRARIES, QtProbe
from annotator.suggest.model_folders import NER, default_models
from annotator.suggest.switches import set_switch
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the user's own models and folders out of sight."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))
    yield


def find(name: str) -> Finding:
    """Return the doctor's one line about a thing."""
    (finding,) = [finding for finding in check_installation() if finding.name == name]
    return finding


def test_this_installation_is_found_whole() -> None:
    findings = list(check_installation())
    assert [finding for finding in findings if finding.state is FindingState.MISSING] == []
    names = {finding.name for finding in findings}
    expected = {
        "annotator",
        "Python",
        "camel-tools",
        "onnxruntime",
        "tokenizers",
        "SQLite",
        "Qt",
        "Fonts",
        "Tagsets",
        "Disk",
    }
    assert expected <= names
    assert all(finding.fix for finding in findings if finding.state is not FindingState.OK)
    assert find("Tagsets").detail == "camel (4), security (15), wojood (21)"
    assert "NotoNaskhArabic-Regular" in find("Fonts").detail


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> str:
        """Say that nothing is installed."""
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", none)
    assert find("sqlite-utils") == Finding(
        "sqlite-utils", FindingState.MISSING, "not installed", "pip install sqlite-utils"
    )


def test_the_pyside_that_aborts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 7))
    assert find("PySide6-Essentials").state is FindingState.MISSING


def test_libraries_that_qt_lacks_are_told_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    probe = QtProbe(False, "ImportError: libEGL.so.1", ("libEGL.so.1",), ("libxcb-cursor.so.0", "libX11-xcb.so.1"))
    monkeypatch.setattr(doctor, "probe_qt", lambda: probe)
    assert find("Qt").fix == "apt-get install libegl1"
    assert "libEGL.so.1" in find("Qt").detail
    assert find("Qt's windows (X11)").fix == "apt-get install libxcb-cursor0 libx11-xcb1"


def test_optional_packages_are_listed_with_the_extra_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = {
        extra: re.split(r"[\[<>=!~]", wanted[0])[0] for extra, wanted in extras.items() if extra not in ("dist", "test")
    }
    assert {extra: package for extra, (package, _) in doctor.EXTRAS.items()} == named
    monkeypatch.setitem(doctor.EXTRAS, "plots", ("no-such-package", "plots"))
    assert find("no-such-package") == Finding(
        "no-such-package",
        FindingState.OPTIONAL,
        "not installed; needed for plots",
        'pip install "matplotlib<4,>=3.11"',
    )


def test_suggesters_that_do_not_run_are_named_with_what_to_do() -> None:
    assert find("Suggesters").detail == "starter, lexicon, grammar, network, stacked, memory, combined"
    assert find("Suggester camel").fix == "annotator models install"
    assert find("Suggester learned").fix == "annotator train PROJECT"
    set_switch("lexicon", False)
    set_switch("camel", False)
    assert find("Suggesters").detail == "starter, grammar, network, stacked, memory, combined"
    off = Finding("Suggester lexicon", FindingState.OPTIONAL, "switched off", "annotator models switch lexicon on")
    assert find("Suggester lexicon") == off
    assert find("Suggester camel").fix == "annotator models switch camel on"


def test_a_broken_plug_in_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = Message("The plug-in {name} of {package}", name="x", package="annotator-x")
    sentence = Message("{plugin} cannot be loaded.", plugin=plugin)
    monkeypatch.setattr(doctor, "broken_formats", lambda: (sentence,))
    assert find("Plug-in").fix == "pip install --force-reinstall annotator-x, or: pip uninstall annotator-x"


def test_the_command_succeeds_if_only_optional_parts_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def exit_code(*findings: Finding) -> int:
        monkeypatch.setattr(doctor, "check_installation", lambda: iter(findings))
        return CliRunner().invoke(main, ["doctor"]).exit_code

    good = Finding("Fonts", FindingState.OK, "all")
    optional = Finding("spacy", FindingState.OPTIONAL, "not installed", "pip install")
    assert (exit_code(good), exit_code(good, optional)) == (0, 0)
    assert exit_code(optional, Finding("Fonts", FindingState.MISSING, "none", "pip install")) == 1


def test_missing_resources_and_little_disk_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        """What is left of a disk, in bytes."""

        free: int

    def nothing(*parts: str) -> Path:
        """Say that no resource is there."""
        raise ResourceError("The bundled resource is missing.")

    monkeypatch.setattr(doctor, "resource", nothing)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(1_000_000))
    findings = list(check_installation())
    assert {finding.name for finding in findings if finding.state is FindingState.MISSING} >= {"Fonts", "Disk"}


def test_a_damaged_model_is_missing_and_none_is_optional() -> None:
    assert find("CAMeL NER model").state is FindingState.OPTIONAL
    folder = default_models() / NER
    folder.mkdir(parents=True)
    damaged = find("CAMeL NER model")
    assert damaged.state is FindingState.MISSING
    assert str(folder) in damaged.detail


def test_the_libraries_are_those_that_the_setup_installs() -> None:
    setup = (ROOT / ".ci" / "setup").read_text("utf-8")
    pairs = dict(re.findall(r"(lib[\w.+-]+\.so\.\d+)=([\w.+-]+)", setup))
    assert pairs == LIBRARIES | WINDOW_LIBRARIES


def test_a_library_that_is_not_there_is_found_missing() -> None:
    assert qt_probe._unloadable("libc.so.6", "libnothing.so.9") == ("libnothing.so.9",)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"DISPLAY": ":1"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({}, False),
        ({"DISPLAY": ":1", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"DISPLAY": ":1", "QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_a_display_is_known_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    assert qt_probe.has_display() is expected


def test_a_display_that_does_not_answer_opens_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":9999")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert re.search(r"cannot reach the display \(.*:9999.*\)", qt_probe.no_window_reason())
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert qt_probe.no_window_reason() == "there is no display"
