"""What .ci/dist.py puts into packages. The build itself takes minutes and is no part of the tests."""

from __future__ import annotations

import hashlib
import json
import os
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ExportError, InputError
from annotator.installation import import_optional
from annotator.services.desktop import FILES
from annotator.services.qt_probe import LIBRARIES, WINDOW_LIBRARIES
from tests.conftest import ROOT
from tests.suggest.model_maker import random_weights, small_config, small_vocabulary, torch_bin
from tests.suggest.model_server import serving
from tests.suggest.models.test_install import zipped
from tests.ui.conftest import FIRST, SECOND, suggestions_for

PROGRAM = Path(os.environ.get("ANNOTATOR_PROGRAM", ""))


@pytest.fixture(scope="module")
def dist() -> dict[str, Any]:
    """Return the names of the script."""
    return runpy.run_path(str(ROOT / ".ci" / "dist.py"))


def test_packages_and_the_command_install_the_same_files(dist: dict[str, Any]) -> None:
    shared = {target: source for source, target in dist["SHARE"].items() if "metainfo" not in target}
    assert shared == FILES
    assert all((ROOT / "resources" / "desktop" / source).is_file() for source in dist["SHARE"])


def test_a_package_depends_on_the_libraries_that_it_does_not_bring(dist: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "libEGL.so.1").write_bytes(b"GLIBC_2.9 GLIBC_2.36 GLIBC_PRIVATE")
    (tmp_path / "annotator").write_bytes(b"GLIBC_2.28")
    (tmp_path / "text.txt").write_bytes(b"GLIBC_2.99")
    depends = dist["dependencies"](tmp_path)
    assert depends[0] == "libc6 (>= 2.36)"
    packages = {*LIBRARIES.values(), *WINDOW_LIBRARIES.values()}
    assert set(depends[1:]) == (packages - {LIBRARIES["libEGL.so.1"]}) | {"fontconfig-config"}


def test_manual_pages_are_made_from_the_help(dist: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("click_man", reason="click-man is installed by make dist")
    dist["write_manual_pages"](tmp_path)
    assert {"annotator.1.gz", "annotator-export.1.gz", "annotator-models-install.1.gz"} <= {
        path.name for path in tmp_path.iterdir()
    }
    assert not (tmp_path / "annotator-simulate.1.gz").exists()
    if shutil.which("man"):
        said = subprocess.run(
            ["man", "--warnings", "-l", str(tmp_path / "annotator-export.1.gz")], capture_output=True, text=True
        )
        assert (said.returncode, said.stderr) == (0, "")


def test_the_matrix_builds_what_make_builds() -> None:
    workflow = (ROOT / ".github" / "workflows" / "dist.yml").read_text("utf-8")
    assert "python .ci/dist.py" in workflow
    assert "Not run yet" in workflow
    assert "python .ci/dist.py" in (ROOT / "Makefile").read_text("utf-8")


def test_the_stand_alone_program_says_how_to_get_a_format_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    for error in (ExportError, InputError):
        with pytest.raises(error, match=r"nowhere, which the stand-alone program does not have.* with uv"):
            import_optional("nowhere.at_all", "spacy", error)


@pytest.mark.long
@pytest.mark.skipif(
    not (PROGRAM.parent / "_internal").is_dir(), reason="ANNOTATOR_PROGRAM names no stand-alone program"
)
def test_the_stand_alone_program_trains_and_runs_camel(tmp_path: Path) -> None:
    """Child processes, the conversion to ONNX and training load modules that nothing else does."""
    copy = tmp_path / "program"
    shutil.copytree(PROGRAM.parent, copy, symlinks=True)
    folders = {"ANNOTATOR_CONFIG": "config", "ANNOTATOR_BACKUPS": "backups", "XDG_DATA_HOME": "data", "HOME": "home"}
    environment = os.environ | {name: str(tmp_path / folder) for name, folder in folders.items()}
    environment["no_proxy"] = "127.0.0.1"

    def run(*arguments: object) -> str:
        command = [str(copy / PROGRAM.name), *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    run("new", "news.annot", "--annotator", "Salma")
    gold = [
        {"text": text, "spans": [{"start": s.span.start, "end": s.span.end, "label": s.label} for s in spans]}
        for text, spans in ((text, suggestions_for(text)) for text in (FIRST, SECOND, f"{FIRST} 2", f"{SECOND} 2"))
    ]
    (tmp_path / "gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    run("import", "news.annot", "gold.json", "--annotator", "Salma")
    run("train", "news.annot")
    assert "learned" in run("suggest", "news.annot", "--suggester", "learned", "--rerun")
    vocabulary = small_vocabulary()
    config = small_config(vocabulary)
    files = {
        "config.json": json.dumps(config).encode(),
        "tokenizer_config.json": b'{"do_lower_case": false}',
        "vocab.txt": "\n".join([*vocabulary, ""]).encode(),
        "pytorch_model.bin": torch_bin(random_weights(config, scale=0.4), is_zip=True),
    }
    archive = zipped(files)
    path = copy / "_internal" / "annotator" / "data" / "models" / "catalogue.json"
    catalogue = json.loads(path.read_text("utf-8"))
    (model,) = catalogue["models"]
    with serving(archive) as server:
        listed = [
            {
                "path": name,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "use": "convert" if name.endswith(".bin") else "keep",
            }
            for name, content in files.items()
        ]
        model.update(url=server.url, size=len(archive), sha256=hashlib.sha256(archive).hexdigest(), files=listed)
        path.write_text(json.dumps(catalogue), encoding="utf-8")
        run("models", "install", "--accept-licence")
    assert "camel: " in run("suggest", "news.annot", "--suggester", "camel")
