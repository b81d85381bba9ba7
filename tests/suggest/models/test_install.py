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
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from annotator.cli import main
from annotator.errors import Message, SuggesterError
from annotator.suggest.model_folders import CHOICE, NER, SAFETENSORS, Precision, find_model, usable_model
from annotator.suggest.models import catalogue as catalogue_module
from annotator.suggest.models import install as installer
from annotator.suggest.models.catalogue import Model, ModelFile, Use, catalogue, find_entry
from annotator.suggest.models.install import MANIFEST, install, list_models, remove, set_precision, verify
from annotator.suggest.models.steps import InstallStopped
from tests.suggest.camel.test_weights import Call
from tests.suggest.model_maker import (
    random_weights,
    small_config,
    small_vocabulary,
    torch_bin,
    torch_pickle,
    torch_zip,
    write_small_weights,
)
from tests.suggest.model_server import Behaviour, serving

PICKLED = "pytorch_model.bin"
WEIGHTS = "model.onnx_data"


def zipped(files: Mapping[str, bytes], folder: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(folder + name), content)
    return out.getvalue()


def told_of(files: Mapping[str, bytes], archive: bytes, url: str = "http://127.0.0.1:9/none") -> Model:
    """Return the catalogue's entry for an archive of these files.

    Most archives here hold a converted model, because a conversion takes a second.
    """
    uses = {PICKLED: Use.CONVERT, SAFETENSORS: Use.CONVERT, "training_args.bin": Use.CHECK}
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
    return not others and bool(parts) == part and find_model(models) is None


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


def test_a_proxy_that_is_no_address_is_reported(model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http:/127.0.0.1:8080")
    with pytest.raises(SuggesterError, match=r"Cannot download .* \(proxy URL with no authority: .*Check the network"):
        fetched(dataclasses.replace(model, url="http://models.invalid/model.zip"), tmp_path)


def test_a_bug_in_the_thread_of_the_request_ends_the_download(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urllib.request, "build_opener", None)
    with pytest.raises(TypeError):
        fetched(model, tmp_path)


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
    assert find_model(tmp_path) is None


def test_an_archive_with_a_name_or_version_that_nobody_reads_is_damaged(
    model_files: dict[str, bytes], archive: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "model.zip"
    entry = archive.index(b"PK\x01\x02")
    newer, in_list, in_file = bytearray(archive), bytearray(archive), bytearray(archive)
    newer[entry + 6] = 99
    # The name of the first file is no UTF-8, though it is said to be: in the list, and only before its content.
    in_list[entry + 9] |= 8
    in_list[entry + 46] = in_file[30] = 255
    in_file[entry + 9] |= 8
    for damaged in (newer, in_list, in_file):
        path.write_bytes(damaged)
        with pytest.raises(SuggesterError, match=r"is damaged|Cannot unpack"):
            install(told_of(model_files, archive), tmp_path / "m", source=path)
    assert nothing_is_left(tmp_path / "m")


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
    found = find_model(tmp_path)
    assert found is not None
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


@pytest.mark.parametrize("chosen", ["", "int4"])
def test_a_damaged_choice_of_precision_is_mended_by_the_reinstallation(
    chosen: str, model: Model, tmp_path: Path
) -> None:
    folder = fetched(model, tmp_path)
    (folder / CHOICE).write_text(chosen)
    assert "Install the model again" in verify(model, tmp_path)[0]
    fetched(model, tmp_path)
    assert verify(model, tmp_path) == []


def test_what_a_crash_left_aside_is_never_a_model(model: Model, tmp_path: Path, small_models: Path) -> None:
    aside = tmp_path / "ner" / ".aside-crashed" / "new"
    shutil.copytree(small_models / NER, aside)
    assert find_model(tmp_path) is None
    assert [one.installed for one in list_models(tmp_path)] == [False]
    fetched(model, tmp_path)
    assert not aside.exists()


def test_verify_names_what_changed(model: Model, tmp_path: Path) -> None:
    with pytest.raises(SuggesterError, match="not installed"):
        verify(model, tmp_path)
    folder = fetched(model, tmp_path)
    weights = bytearray((folder / WEIGHTS).read_bytes())
    weights[-1] ^= 1
    (folder / WEIGHTS).write_bytes(weights)
    (folder / "tokenizer_config.json").unlink()
    problems = verify(model, tmp_path)
    assert sorted(problem.rpartition("/")[2] for problem in problems) == [
        f"{WEIGHTS} has changed since its installation. Install the model again.",
        "tokenizer_config.json is missing. Install the model again.",
    ]
    (folder / "tokenizer_config.json").symlink_to("/proc/self/mem")
    assert f"Cannot read {folder / 'tokenizer_config.json'} (Input/output error)." in str(verify(model, tmp_path))
    for damaged in ("{", "[]", '{"files": []}'):
        (folder / MANIFEST).write_text(damaged)
        assert "Cannot read" in verify(model, tmp_path)[0]
    (folder / MANIFEST).unlink()
    (unknown,) = verify(model, tmp_path)
    assert "not installed by this program" in unknown
    assert isinstance(unknown, Message), "it is translated"
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
    with pytest.raises(SuggesterError, match=r"needs 4,000,000,000,000 MB .* MB free. Free some space"):
        fetched(huge, tmp_path)


def test_a_folder_that_cannot_be_written(model: Model, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(SuggesterError, match="Cannot write to the model folder"):
        fetched(model, tmp_path / "models")


def unconverted(weights: Mapping[str, bytes], tmp_path: Path) -> dict[str, bytes]:
    """Return the files of the small model with these weights, before its conversion."""
    folder = write_small_weights(tmp_path / "unconverted")
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    safe = files.pop(SAFETENSORS)
    return {**files, **{name: content or safe for name, content in weights.items()}}


def source_of(files: Mapping[str, bytes], tmp_path: Path) -> tuple[Model, Path]:
    """Return an archive of files and the catalogue's entry for it."""
    path = tmp_path / "model.zip"
    path.write_bytes(zipped(files))
    return told_of(files, path.read_bytes()), path


def pickled(is_zip: bool) -> bytes:
    return torch_bin(random_weights(small_config(small_vocabulary()), scale=0.4), is_zip=is_zip)


@pytest.mark.parametrize("kind", [SAFETENSORS, "zip", "legacy"])
def test_weights_of_every_kind_become_the_same_graphs(kind: str, small_models: Path, tmp_path: Path) -> None:
    weights = {SAFETENSORS: b""} if kind == SAFETENSORS else {PICKLED: pickled(kind == "zip")}
    model, path = source_of(unconverted(weights, tmp_path), tmp_path)
    steps: list[str] = []
    folder = install(model, tmp_path / "m", source=path, progress=lambda step, *_: steps.append(step))
    assert list(dict.fromkeys(steps)) == ["unpack", "convert"]
    assert not {PICKLED, SAFETENSORS} & {each.name for each in folder.iterdir()}
    for name in ("model.onnx", "model.onnx_data", "model_int8.onnx", "model_int8.onnx_data", "conversion.json"):
        assert (folder / name).read_bytes() == (small_models / NER / name).read_bytes(), name
    assert usable_model(tmp_path / "m")
    assert verify(model, tmp_path / "m") == []


def test_weights_that_hold_code_are_refused_unrun(tmp_path: Path) -> None:
    hostile = torch_zip(torch_pickle(Call(os.system, f"touch {tmp_path / 'touched'}")), {})
    model, path = source_of(unconverted({PICKLED: hostile}, tmp_path), tmp_path)
    with pytest.raises(SuggesterError, match=r"Cannot convert the weights .* no tensor; nothing of it was") as error:
        install(model, tmp_path / "m", source=path)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "touched").exists()
    assert nothing_is_left(tmp_path / "m")


def test_a_stopped_conversion_leaves_nothing(tmp_path: Path) -> None:
    model, path = source_of(unconverted({SAFETENSORS: b""}, tmp_path), tmp_path)
    steps: list[str] = []
    with pytest.raises(InstallStopped):
        install(
            model,
            tmp_path / "m",
            source=path,
            progress=lambda step, *_: steps.append(step),
            is_cancelled=lambda: "convert" in steps,
        )
    assert nothing_is_left(tmp_path / "m")


KILLED_WHILE_CONVERTING = """
import os, pickle, signal, sys
from pathlib import Path
from annotator.suggest.models import install
def die(model, weights, folder, *_):
    (folder / "model.onnx").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
install._convert = die
model, source, models = pickle.load(sys.stdin.buffer)
install.install(model, models, source=source)
"""


def test_a_conversion_that_is_killed_leaves_no_model_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    model, path = source_of(unconverted({SAFETENSORS: b""}, tmp_path), tmp_path)
    models = tmp_path / "m"
    given = pickle.dumps((model, path, models))
    done = subprocess.run([sys.executable, "-c", KILLED_WHILE_CONVERTING], input=given, check=False)
    assert done.returncode == -signal.SIGKILL
    assert find_model(models) is None
    folder = install(model, models, source=path)
    assert usable_model(models)
    assert [each.name for each in folder.parent.iterdir()] == [folder.name]


@pytest.fixture
def older(tmp_path: Path) -> tuple[Model, Path]:
    """Return a model as an earlier version installed it, with weights for PyTorch, and the folder of all models."""
    files = unconverted({PICKLED: pickled(True)}, tmp_path)
    model = dataclasses.replace(told_of(files, b""), url="http://127.0.0.1:9/none", size=1000)
    folder = write_small_weights(tmp_path / "models" / NER)
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    (folder / MANIFEST).write_text(json.dumps({"name": model.name, "version": "9", "files": digests}))
    return model, tmp_path / "models"


def test_a_model_of_an_earlier_version_is_converted_without_a_download(
    older: tuple[Model, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    model, models = older
    monkeypatch.setattr(installer, "catalogue", lambda: (model,))
    (state,) = list_models(models)
    assert state.local
    assert str(state.problem) == (
        f"The model in {models / NER} is from an earlier version of this program. Convert it, without a download, "
        "with: annotator models install"
    )
    assert usable_model(models) is None
    assert verify(model, models) == [state.problem]
    install(model, models)
    assert usable_model(models)
    assert not (models / NER / SAFETENSORS).exists()
    assert verify(model, models) == []
    assert not list_models(models)[0].local


def test_a_damaged_model_of_an_earlier_version_is_downloaded_again(older: tuple[Model, Path]) -> None:
    model, models = older
    weights = models / NER / SAFETENSORS
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    with pytest.raises(SuggesterError, match="Cannot download"):
        fetched(model, models)
    assert weights.exists()


def test_the_model_of_camel_tools_is_converted_without_a_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = unconverted({PICKLED: pickled(False)}, tmp_path)
    model = dataclasses.replace(told_of(files, b""), url="http://127.0.0.1:9/none", size=1000)
    monkeypatch.setattr(installer, "catalogue", lambda: (model,))
    theirs = tmp_path / "camel" / "data" / NER
    theirs.mkdir(parents=True)
    for name, content in files.items():
        (theirs / name).write_bytes(content)
    (state,) = list_models(tmp_path / "m")
    assert (state.local, state.installed) == (True, False)
    assert usable_model(tmp_path / "m") is None
    install(model, tmp_path / "m")
    assert usable_model(tmp_path / "m")
    assert {path.name for path in theirs.iterdir()} == files.keys()
    (theirs / "vocab.txt").write_bytes(files["vocab.txt"][:-1] + b"?")
    with pytest.raises(SuggesterError, match="Cannot download"):
        fetched(model, tmp_path / "n")


def test_a_precision_is_chosen_and_kept_by_an_update(model: Model, tmp_path: Path) -> None:
    with pytest.raises(SuggesterError, match="not installed"):
        set_precision(model, Precision.INT8, tmp_path)
    folder = fetched(model, tmp_path)
    set_precision(model, Precision.INT8, tmp_path)
    fetched(model, tmp_path)
    found = usable_model(tmp_path)
    assert found is not None
    assert found.precision is Precision.INT8
    assert verify(model, tmp_path) == []
    set_precision(model, Precision.FP32, tmp_path)
    (folder / "conversion.json").write_text(
        json.dumps({"words": 100, "agreement": 0.98, "sizes": {"fp32": found_size(folder)}})
    )
    with pytest.raises(SuggesterError, match=r"int8 is not available .* only 98\.0% of the words"):
        set_precision(model, Precision.INT8, tmp_path)


def found_size(folder: Path) -> int:
    return sum((folder / name).stat().st_size for name in ("model.onnx", "model.onnx_data"))


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
    assert "int8 labels 99" in said
    assert json.loads(run("list", "--json")[1])[0]["precision"] == "fp32"
    assert run("set-precision", "int8") == (0, "ner-arabert uses int8 from now on.\n")
    assert json.loads(run("list", "--json")[1])[0]["precision"] == "int8"
    assert "is used, as before" in run("install", "--accept-licence")[1]
    assert run("verify")[0] == 0
    (tmp_path / NER / "tokenizer_config.json").unlink()
    assert run("verify")[0] == 1
    assert run("remove") == (0, "Removed ner-arabert.\n")
    assert run("remove") == (0, "ner-arabert is not installed.\n")
    code, said = run("verify")
    assert (code, said.count("\n")) == (2, 1)
    assert run("install", "gpt", "--accept-licence")[0] == 2
