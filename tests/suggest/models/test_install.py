"""Installing a model: from a server that misbehaves, from files that are wrong, and never by halves."""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import io
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from annotator.cli import main
from annotator.errors import SuggesterError
from annotator.suggest.model_folders import NER, PICKLED, SAFETENSORS, find_models, usable_model
from annotator.suggest.models import catalogue as catalogue_module
from annotator.suggest.models import install as installer
from annotator.suggest.models.catalogue import Model, ModelFile, Use, catalogue, find_entry
from annotator.suggest.models.install import MANIFEST, install, list_models, remove, verify
from annotator.suggest.models.steps import InstallStopped
from tests.suggest.camel.test_suggester import Touch
from tests.suggest.model_server import Behaviour, serving


def zipped(files: Mapping[str, bytes], folder: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(folder + name), content)
    return out.getvalue()


def told_of(files: Mapping[str, bytes], archive: bytes, url: str = "http://127.0.0.1:9/none") -> Model:
    """Return the catalogue's entry for an archive of these files."""
    uses = {PICKLED: Use.CONVERT, "training_args.bin": Use.CHECK}
    listed = tuple(
        ModelFile(name, len(content), hashlib.sha256(content).hexdigest(), uses.get(name, Use.KEEP))
        for name, content in files.items()
    )
    digest = hashlib.sha256(archive).hexdigest()
    return dataclasses.replace(
        find_entry("ner-arabert"), url=url, size=len(archive), sha256=digest, files=listed, version="9"
    )


@pytest.fixture(scope="session")
def model_files(small_models: Path) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in sorted((small_models / NER).iterdir())}
    return {**files, "training_args.bin": b"not needed"}


@pytest.fixture(scope="session")
def archive(model_files: dict[str, bytes]) -> bytes:
    return zipped(model_files)


@pytest.fixture(autouse=True)
def no_proxy_and_no_camel_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path / "camel"))


@pytest.fixture
def server(archive: bytes) -> Iterator[Behaviour]:
    with serving(archive) as behaviour:
        yield behaviour


@pytest.fixture
def model(model_files: dict[str, bytes], archive: bytes, server: Behaviour) -> Model:
    return told_of(model_files, archive, server.url)


def nothing_is_left(models: Path, *, part: bool = False) -> bool:
    """Tell whether no model, and nothing aside, is in the folder; part: whether a part of the archive is kept."""
    parts = [path for path in models.rglob("*") if path.suffix == ".part"]
    others = [path for path in models.rglob("*") if path.is_file() and path not in parts and path.name != ".lock"]
    return not others and bool(parts) == part and find_models(models) == ()


def fetched(model: Model, models: Path, **options: Any) -> Path:
    return install(model, models, pause=0, timeout=options.pop("timeout", 30), **options)


def test_the_bundled_catalogue_is_camel_tools_own() -> None:
    (model,) = catalogue()
    assert model.name == "ner-arabert"
    assert model.size == 541637416
    assert {file.path for file in model.files if file.use is Use.CONVERT} == {PICKLED}
    assert "American University of Beirut" in " ".join(model.licence_text().split())
    licence = next(file for file in model.files if file.path == "LICENSE")
    assert hashlib.sha256(model.licence_text().encode()).hexdigest() == licence.sha256
    with pytest.raises(SuggesterError, match=r"No model is named 'gpt'\. Available: ner-arabert"):
        find_entry("gpt")


def test_nothing_is_fetched_if_the_weights_need_torch_and_it_is_missing(
    model_files: dict[str, bytes], server: Behaviour, tmp_path: Path, torch_installed: Callable[[bool], None]
) -> None:
    torch_installed(False)
    pickled = told_of({PICKLED: b"", **model_files}, server.content, server.url)
    with pytest.raises(SuggesterError, match=r"pip install 'annotator\[torch\]'"):
        fetched(pickled, tmp_path / "models")
    assert server.asked == []
    assert not (tmp_path / "models").exists()


def test_fetched_checked_and_put_in_place(model: Model, tmp_path: Path, server: Behaviour) -> None:
    steps: list[tuple[str, int, int]] = []
    folder = fetched(model, tmp_path, progress=lambda *step: steps.append(step))
    assert folder == tmp_path / NER
    usable = usable_model(tmp_path)
    assert usable is not None
    assert usable.path == folder
    assert not (folder / "training_args.bin").exists()
    assert verify(model, tmp_path) == []
    assert [one.installed for one in list_models(tmp_path)] == [True]
    assert [step for step, _, _ in steps if step == "download"]
    for step in ("download", "check", "unpack"):
        last = [(done, total) for name, done, total in steps if name == step][-1]
        assert last[0] == last[1]
    assert {path.name for path in tmp_path.iterdir()} - {".lock"} == {"ner"}
    assert server.asked == [("/model.zip", "")]


def test_a_cut_line_is_taken_up_where_it_was(model: Model, tmp_path: Path, server: Behaviour) -> None:
    server.script = ["cut", "cut", "503", "cut", "ok"]
    fetched(model, tmp_path)
    assert usable_model(tmp_path)
    ranges = [wanted for _, wanted in server.asked]
    half = (model.size + 1) // 2
    assert ranges[:2] == ["", f"bytes={half}-"]
    assert ranges[2] == ranges[3] != ranges[4]


def test_a_server_that_knows_no_ranges_begins_at_the_start(model: Model, tmp_path: Path, server: Behaviour) -> None:
    server.script = ["cut", "whole"]
    fetched(model, tmp_path)
    assert usable_model(tmp_path)


def test_a_stop_keeps_what_was_fetched(model: Model, tmp_path: Path, server: Behaviour) -> None:
    server.script = ["stall"]
    seen: list[int] = []
    with pytest.raises(InstallStopped, match="continues where it stopped"):
        fetched(model, tmp_path, progress=lambda _, done, __: seen.append(done), is_cancelled=lambda: bool(seen))
    assert nothing_is_left(tmp_path, part=True)
    server.script = ["ok"]
    fetched(model, tmp_path)
    assert server.asked[-1][1].startswith("bytes=")
    assert usable_model(tmp_path)


def test_a_server_that_says_nothing_is_given_up(model: Model, tmp_path: Path, server: Behaviour) -> None:
    server.script = ["silent"]
    with pytest.raises(SuggesterError, match=r"Cannot download .* \(the server was silent for too long\)"):
        fetched(model, tmp_path, timeout=0.05)
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    ("status", "said", "attempts"),
    [
        ("404", r"no longer exists \(the server answered 404 Not Found\)", 1),
        ("410", r"no longer exists \(the server answered 410 Gone\)", 1),
        ("403", r"The server answered 403 Forbidden for", 1),
        ("416", r"The server answered 416", 1),
        ("500", r"Cannot download .* \(the server answered 500 Internal Server Error\)", 5),
        ("429", r"Cannot download .* \(the server answered 429 Too Many Requests\)", 5),
    ],
)
def test_the_status_is_reported(
    model: Model, tmp_path: Path, server: Behaviour, status: str, said: str, attempts: int
) -> None:
    server.script = [status]
    with pytest.raises(SuggesterError, match=said) as error:
        fetched(model, tmp_path)
    assert "\n" not in str(error.value)
    assert len(server.asked) == attempts
    assert nothing_is_left(tmp_path)


def test_wrong_bytes_are_thrown_away(model: Model, tmp_path: Path, server: Behaviour) -> None:
    server.script = ["wrong", "ok"]
    with pytest.raises(SuggesterError, match="Checksum mismatch"):
        fetched(model, tmp_path)
    assert nothing_is_left(tmp_path)
    fetched(model, tmp_path)
    assert usable_model(tmp_path)


def test_a_wrong_beginning_is_thrown_away_when_the_whole_is_there(model: Model, tmp_path: Path) -> None:
    part = tmp_path / ".ner-arabert-9.zip.part"
    part.write_bytes(b"?" * 100)
    with pytest.raises(SuggesterError, match="Checksum mismatch"):
        fetched(model, tmp_path)
    assert not part.exists()


def test_another_length_is_refused_at_once(model: Model, tmp_path: Path, server: Behaviour) -> None:
    server.script = ["longer"]
    with pytest.raises(SuggesterError, match=f"has {model.size + 4} bytes instead of {model.size}"):
        fetched(model, tmp_path)
    assert nothing_is_left(tmp_path)


def test_nobody_there(model: Model, tmp_path: Path) -> None:
    gone = dataclasses.replace(model, url="http://127.0.0.1:9/model.zip")
    with pytest.raises(SuggesterError, match=r"Cannot download .* \(.*refused\).*--from FILE\.zip"):
        fetched(gone, tmp_path)


def test_only_the_web_is_asked(model: Model, tmp_path: Path) -> None:
    with pytest.raises(SuggesterError, match="not a web address"):
        fetched(dataclasses.replace(model, url=f"file://{tmp_path}/x.zip"), tmp_path)


def test_proxies_are_respected(
    model: Model, tmp_path: Path, server: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url.rpartition("/")[0])
    fetched(dataclasses.replace(model, url="http://models.invalid/model.zip"), tmp_path)
    assert server.asked == [("http://models.invalid/model.zip", "")]


def test_from_a_file_without_any_network(model_files: dict[str, bytes], archive: bytes, tmp_path: Path) -> None:
    model = told_of(model_files, archive)
    path = tmp_path / "model.zip"
    path.write_bytes(zipped(model_files, folder="ner_arabert-1.0.0/"))
    install(model, tmp_path / "m", source=path)
    assert usable_model(tmp_path / "m")
    assert path.exists()
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, content in model_files.items():
        (folder / name).write_bytes(content)
    install(model, tmp_path / "n", source=folder)
    assert usable_model(tmp_path / "n")


def test_members_that_lead_elsewhere_or_swell_are_not_followed(
    model_files: dict[str, bytes], archive: bytes, tmp_path: Path
) -> None:
    model = told_of(model_files, archive)
    path = tmp_path / "model.zip"
    path.write_bytes(zipped({**model_files, "../escaped": b"x", "/absolute": b"x", "bomb": b"\0" * 10_000_000}))
    install(model, tmp_path / "deep" / "m", source=path)
    names = {found.name for found in (tmp_path / "deep").rglob("*") if found.is_file()}
    assert names - {".lock"} == {*model_files, MANIFEST} - {"training_args.bin"}
    swollen = {**model_files, "vocab.txt": b"\0" * 10_000_000}
    path.write_bytes(zipped(swollen))
    with pytest.raises(SuggesterError, match=r"vocab\.txt in .* differs from the catalogue"):
        install(model, tmp_path / "n", source=path)
    assert nothing_is_left(tmp_path / "n")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda files: {k: v for k, v in files.items() if k != "vocab.txt"}, r"has no vocab\.txt"),
        (
            lambda files: {**files, "config.json": files["config.json"] + b" "},
            r"config\.json in .* differs from the catalogue",
        ),
        (
            lambda files: {**files, "training_args.bin": b"not Needed"},
            r"training_args\.bin in .* differs from the catalogue",
        ),
        (lambda files: {}, "has no "),
    ],
)
def test_a_wrong_archive_names_the_file(
    model_files: dict[str, bytes], archive: bytes, tmp_path: Path, spoil: Any, said: str
) -> None:
    path = tmp_path / "model.zip"
    path.write_bytes(zipped(spoil(model_files)))
    with pytest.raises(SuggesterError, match=said):
        install(told_of(model_files, archive), tmp_path / "m", source=path)
    assert nothing_is_left(tmp_path / "m")


def test_what_is_no_archive(model_files: dict[str, bytes], archive: bytes, tmp_path: Path) -> None:
    model = told_of(model_files, archive)
    with pytest.raises(SuggesterError, match="File not found"):
        install(model, tmp_path, source=tmp_path / "none.zip")
    path = tmp_path / "model.zip"
    path.write_bytes(b"PK, but no")
    with pytest.raises(SuggesterError, match="not a zip archive"):
        install(model, tmp_path, source=path)
    damaged = bytearray(archive)
    middle = len(damaged) // 2
    damaged[middle : middle + 200] = bytes(200)
    path.write_bytes(damaged)
    with pytest.raises(SuggesterError, match=r"Cannot unpack|differs from the catalogue"):
        install(model, tmp_path, source=path)
    assert find_models(tmp_path) == ()


def test_a_model_that_was_being_replaced_when_the_program_was_killed_is_there_at_the_next_start(
    model: Model, tmp_path: Path, server: Behaviour
) -> None:
    folder = fetched(model, tmp_path)
    before = (folder / MANIFEST).read_bytes()
    killed = (
        "import os, signal, sys; from pathlib import Path\n"
        "from annotator.atomic_file import replace_folder\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "with replace_folder(Path(sys.argv[1]), None) as part: part.mkdir()"
    )
    done = subprocess.run([sys.executable, "-c", killed, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not folder.exists()
    (found,) = find_models(tmp_path)
    assert (found.path, found.problem) == (folder, "")
    assert (folder / MANIFEST).read_bytes() == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_a_failed_update_leaves_the_old_one(model: Model, tmp_path: Path, server: Behaviour) -> None:
    fetched(model, tmp_path)
    before = (tmp_path / NER / MANIFEST).read_bytes()
    server.script = ["wrong"]
    with pytest.raises(SuggesterError):
        fetched(model, tmp_path)
    assert (tmp_path / NER / MANIFEST).read_bytes() == before
    server.script = ["ok"]
    (tmp_path / NER / "vocab.txt").unlink()
    fetched(model, tmp_path)
    assert verify(model, tmp_path) == []


def test_what_a_crash_left_aside_is_never_a_model(model: Model, tmp_path: Path, small_models: Path) -> None:
    aside = tmp_path / "ner" / ".aside-crashed" / "new"
    shutil.copytree(small_models / NER, aside)
    assert find_models(tmp_path) == ()
    assert [one.installed for one in list_models(tmp_path)] == [False]
    fetched(model, tmp_path)
    assert not aside.exists()


def test_verify_names_what_changed(model: Model, tmp_path: Path) -> None:
    with pytest.raises(SuggesterError, match="not installed"):
        verify(model, tmp_path)
    folder = fetched(model, tmp_path)
    weights = bytearray((folder / SAFETENSORS).read_bytes())
    weights[-1] ^= 1
    (folder / SAFETENSORS).write_bytes(weights)
    (folder / "tokenizer_config.json").unlink()
    problems = verify(model, tmp_path)
    assert sorted(problem.rpartition("/")[2] for problem in problems) == [
        f"{SAFETENSORS} has changed since its installation. Install the model again.",
        "tokenizer_config.json is missing. Install the model again.",
    ]
    (folder / MANIFEST).write_text("{")
    assert "Cannot read" in verify(model, tmp_path)[0]
    (folder / MANIFEST).unlink()
    assert "not installed by this program" in verify(model, tmp_path)[0]
    (folder / "vocab.txt").unlink()
    assert "has no vocab.txt" in verify(model, tmp_path)[0]


def test_remove_leaves_nothing(model: Model, tmp_path: Path) -> None:
    assert not remove(model, tmp_path / "none")
    fetched(model, tmp_path)
    (tmp_path / ".ner-arabert-8.zip.part").write_bytes(b"old")
    assert remove(model, tmp_path)
    assert nothing_is_left(tmp_path)
    assert not remove(model, tmp_path)


@pytest.mark.parametrize("kind", ["device", "pipe"])
def test_a_device_or_a_pipe_is_no_source(kind: str, model: Model, tmp_path: Path) -> None:
    source = Path("/dev/zero") if kind == "device" else tmp_path / "pipe"
    if kind == "pipe":
        os.mkfifo(source)
    with pytest.raises(SuggesterError, match=f"{source} is a pipe or a device. Choose a zip archive or a folder"):
        install(model, tmp_path / "models", source=source)
    assert nothing_is_left(tmp_path / "models")


def test_two_at_a_time_are_one_too_many(model: Model, tmp_path: Path) -> None:
    with (tmp_path / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SuggesterError, match=f"Another installation is running in {tmp_path}"):
            fetched(model, tmp_path)


def test_a_disk_that_is_too_full(model: Model, tmp_path: Path) -> None:
    huge = dataclasses.replace(model, size=10**18)
    with pytest.raises(SuggesterError, match=r"needs 3,000,000,000,000 MB .* MB free. Free some space"):
        fetched(huge, tmp_path)


def test_a_folder_that_cannot_be_written(model: Model, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(SuggesterError, match="Cannot write to the model folder"):
        fetched(model, tmp_path / "models")


PICKLE = "import sys, torch; from safetensors.torch import load_file; torch.save(load_file(sys.argv[1]), sys.argv[2])"


@pytest.mark.camel
def test_pickled_weights_become_safetensors(model_files: dict[str, bytes], small_models: Path, tmp_path: Path) -> None:
    pickled = tmp_path / PICKLED
    weights = small_models / NER / SAFETENSORS
    subprocess.run([sys.executable, "-c", PICKLE, str(weights), str(pickled)], check=True)
    files = {name: content for name, content in model_files.items() if name != SAFETENSORS}
    files[PICKLED] = pickled.read_bytes()
    archive = zipped(files)
    path = tmp_path / "model.zip"
    path.write_bytes(archive)
    folder = install(told_of(files, archive), tmp_path / "m", source=path)
    assert not (folder / PICKLED).exists()
    assert (folder / SAFETENSORS).stat().st_size == weights.stat().st_size
    assert usable_model(tmp_path / "m")


@pytest.mark.camel
def test_weights_that_hold_code_are_refused_unrun(model_files: dict[str, bytes], tmp_path: Path) -> None:
    files = {name: content for name, content in model_files.items() if name != SAFETENSORS}
    files[PICKLED] = pickle.dumps(Touch(tmp_path / "touched"))
    archive = zipped(files)
    path = tmp_path / "model.zip"
    path.write_bytes(archive)
    with pytest.raises(SuggesterError, match="Cannot convert the weights") as error:
        install(told_of(files, archive), tmp_path / "m", source=path)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "touched").exists()
    assert nothing_is_left(tmp_path / "m")


@pytest.fixture
def command(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(catalogue_module, "catalogue", lambda: (model,))
    monkeypatch.setattr(installer, "catalogue", lambda: (model,))
    monkeypatch.setattr(installer, "default_models", lambda: tmp_path)
    return CliRunner()


def test_the_commands(command: CliRunner, tmp_path: Path, server: Behaviour) -> None:
    def run(*words: str) -> tuple[int, str]:
        result = command.invoke(main, ["models", *words])
        return result.exit_code, result.output

    assert json.loads(run("list", "--json")[1])[0]["installed"] is False
    assert "not installed" in run("list")[1]
    code, said = run("install")
    assert code == 2
    assert "--accept-licence" in said
    assert server.asked == []
    code, said = run("install", "--accept-licence")
    assert (code, f"Installed in {tmp_path / NER}." in said) == (0, True)
    assert "installed in" in run("list")[1]
    assert run("verify")[0] == 0
    (tmp_path / NER / "tokenizer_config.json").unlink()
    assert run("verify")[0] == 1
    assert run("remove") == (0, "Removed ner-arabert.\n")
    assert run("remove") == (0, "ner-arabert is not installed.\n")
    code, said = run("verify")
    assert (code, said.count("\n")) == (2, 1)
    assert run("install", "gpt", "--accept-licence")[0] == 2
