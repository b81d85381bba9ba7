"""What to install for an optional part: named in one sentence, for each way in which annotator was installed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from annotator import installation
from annotator.errors import ExportError, InputError, SuggesterError
from annotator.installation import import_optional, install_extra, pip_install
from annotator.services.doctor import EXTRAS
from annotator.services.suggesting.batches import SuggesterSpec
from annotator.services.suggesting.dask_pool import DaskPool
from tests.conftest import ROOT


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_command_names_the_packages_and_never_annotator(extra: str) -> None:
    command = install_extra(extra)
    assert re.fullmatch(rf'pip install "{EXTRAS[extra][0]}(\[\w+\])?[<>=][^" ]+"', command)


@pytest.mark.parametrize(
    ("receipt", "command"),
    [
        ("uv-receipt.toml", 'uv pip install --python "$(uv tool dir)/annotator" "spacy<4,>=3.7"'),
        ("pipx_metadata.json", 'pipx runpip annotator install "spacy<4,>=3.7"'),
    ],
)
def test_the_command_is_that_of_the_installer(
    receipt: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / receipt).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert install_extra("spacy") == command


def test_an_environment_without_pip_is_one_of_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "find_spec", lambda name: None)
    assert pip_install("lxml") == "uv pip install lxml"


@pytest.mark.parametrize("error", [ExportError, InputError])
def test_a_missing_package_is_named(error: type[ExportError | InputError], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(error) as raised:
        import_optional("spacy.tokens", "spacy", error)
    assert str(raised.value) == 'This needs the package spacy. Install it with: pip install "spacy<4,>=3.7"'
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(error) as raised:
        import_optional("spacy.tokens", "spacy", error)
    assert str(raised.value) == (
        "This needs the package spacy, which the stand-alone program does not have. Install annotator with uv for it."
    )


def test_a_cluster_without_its_package_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SuggesterError, match=r"^This needs the package distributed. Install it with: pip install .*$"):
        DaskPool(SuggesterSpec.__new__(SuggesterSpec), "tcp://127.0.0.1:1")


def test_torch_is_needed_by_nothing() -> None:
    """Models are read without it (annotator/suggest/camel/weights.py)."""
    imports = re.compile(r"^\s*(?:import|from) (?:torch|transformers)\b", re.MULTILINE)
    assert not [path for path in (ROOT / "annotator").rglob("*.py") if imports.search(path.read_text("utf-8"))]


def test_no_text_installs_the_program_of_another_author() -> None:
    """PyPI's annotator is another program; this one is installed from a checkout, a wheel or a package."""
    by_name = re.compile(r"""(?:pip|pipx|uv tool|uv pip) install (?:-\S+ )*["']?annotator\b(?!-)""")
    files = [*(ROOT / "annotator").rglob("*.py"), *(ROOT / "resources").rglob("*.md"), ROOT / "README.md"]
    files.append(ROOT / "resources" / "i18n" / "annotator_ar.ts")
    assert not [str(path) for path in files if by_name.search(path.read_text("utf-8").replace("&quot;", '"'))]
