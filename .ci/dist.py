"""Build the stand-alone program and what people install: make dist, or python .ci/dist.py in its environment.

On Linux it makes build/dist/annotator-VERSION-linux-MACHINE.tar.xz and, if dpkg-deb is there, a Debian package. On
Windows it makes a zip, on macOS a zip of the application; neither has been run yet.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from annotator import __version__
from annotator.services.qt_probe import LIBRARIES, WINDOW_LIBRARIES

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
OUT = BUILD / "dist"
PROGRAM = BUILD / "pyinstaller" / "annotator"
DESKTOP = ROOT / "resources" / "desktop"
SHARE = {
    "annotator.desktop": "applications/annotator.desktop",
    "annotator.metainfo.xml": "metainfo/annotator.metainfo.xml",
    "annotator-mime.xml": "mime/packages/annotator.xml",
    "annotator.svg": "icons/hicolor/scalable/apps/annotator.svg",
    "application-x-annotator.svg": "icons/hicolor/scalable/mimetypes/application-x-annotator.svg",
}
COMPLETIONS = {
    "bash": "bash-completion/completions/annotator",
    "zsh": "zsh/vendor-completions/_annotator",
    "fish": "fish/vendor_completions.d/annotator.fish",
}
_SUGGESTIONS = ("--include-suggestions",)
FORMATS = {
    "conll": (),
    "csv": _SUGGESTIONS,
    "gate": _SUGGESTIONS,
    "json": _SUGGESTIONS,
    "jsonl": _SUGGESTIONS,
    "tei": _SUGGESTIONS,
    "webanno": (),
}
"""The formats in which the program and its source are compared, and their options."""
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def main() -> None:
    """Build everything that this system can build."""
    OUT.mkdir(parents=True, exist_ok=True)
    draw_icon(256, BUILD / "annotator.png")
    build_program()
    if sys.platform == "linux" and shutil.which("strip"):
        strip_symbols()
    compare_with_source()
    name = f"annotator-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"
    if sys.platform != "linux":
        folder = PROGRAM.with_suffix(".app") if sys.platform == "darwin" else PROGRAM
        made = [Path(shutil.make_archive(str(OUT / name), "zip", folder.parent, folder.name))]
    else:
        made = [pack_tar(name)]
        if shutil.which("dpkg-deb"):
            made.append(pack_deb())
    for path in made:
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e6:.1f} MB")


def build_program() -> None:
    """Run PyInstaller. Its result does not depend on the home folder or the time."""
    command = [
        sys.executable,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level=WARN",
        str(ROOT / ".ci" / "annotator.spec"),
    ]
    command += ["--distpath", str(PROGRAM.parent), "--workpath", str(BUILD / "pyinstaller-work")]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "1"})


def strip_symbols() -> None:
    """Remove the symbols for debuggers from Python itself and from modules that were not stripped by their builders.

    Libraries in the wheels of numpy and others would break: their builders have changed them after linking.
    """
    for pattern in ("libpython*", "python3*/lib-dynload/*.so", "pycrfsuite/*.so", "yaml/*.so", "regex/*.so"):
        for path in (PROGRAM / "_internal").glob(pattern):
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)


def compare_with_source() -> None:
    """Import, suggest and export with the program and with its source; raise SystemExit if any file differs.

    A file or module that PyInstaller did not collect is missing only when it is used.
    """
    data = ROOT / "tests" / "data"
    articles = [ROOT / "resources" / "samples", data / "page.html", *sorted((data / "export").glob("golden*"))]
    commands = [["new", "news.annot", "--annotator", "Salma"]]
    commands += [["import", "news.annot", "--as-suggestions", *map(str, articles)], ["suggest", "news.annot"]]
    for format in FORMATS:
        options = ["--format", format, "--documents", "all"]
        commands.append(["export", "news.annot", f"news.{format}", *options, *FORMATS[format]])
    folders = []
    for program in ([sys.executable, "-m", "annotator"], [str(PROGRAM / "annotator")]):
        folder = BUILD / "compare" / str(len(folders))
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        names = {"ANNOTATOR_CONFIG": "config", "ANNOTATOR_BACKUPS": "backups", "XDG_DATA_HOME": "data"}
        environment = os.environ | {variable: str(folder / name) for variable, name in names.items()}
        for command in commands:
            done = subprocess.run([*program, *command], cwd=folder, env=environment, check=False)
            if done.returncode not in (0, 1):
                raise SystemExit(f"{program} failed: {' '.join(command)}")
        folders.append(folder)
    made = {path.name for folder in folders for path in folder.glob("news.*") if path.suffix[1:] in FORMATS}
    different = [name for name in sorted(made) if len({_read(folder / name) for folder in folders}) > 1]
    if different or len(made) < len(FORMATS):
        raise SystemExit(f"What the program writes differs from what its source writes: {different}")
    print(f"The program writes the same as its source in {len(made)} formats.")


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def draw_icon(size: int, path: Path) -> None:
    """Draw the icon of the program as a square PNG."""
    from PySide6.QtGui import QGuiApplication, QIcon

    app = QGuiApplication.instance() or QGuiApplication([])
    path.parent.mkdir(parents=True, exist_ok=True)
    if not QIcon(str(DESKTOP / "annotator.svg")).pixmap(size, size).save(str(path)):
        raise SystemExit(f"Cannot draw {path}.")
    del app


def write_share(share: Path) -> None:
    """Write the files that desktops and shells look for: menu entry, icons, file type, manual pages, completions."""
    for source, target in SHARE.items():
        (share / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DESKTOP / source, share / target)
    for size in SIZES:
        draw_icon(size, share / f"icons/hicolor/{size}x{size}/apps/annotator.png")
    for shell, target in COMPLETIONS.items():
        script = subprocess.run([PROGRAM / "annotator", "completion", shell], check=True, capture_output=True).stdout
        (share / target).parent.mkdir(parents=True, exist_ok=True)
        (share / target).write_bytes(script)
    write_manual_pages(share / "man" / "man1")
    (share / "doc" / "annotator").mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", share / "doc" / "annotator" / "copyright")


def write_manual_pages(folder: Path) -> None:
    """Write a manual page for each command from its help."""
    from click_man.core import write_man_pages

    from annotator.cli import main as command

    folder.mkdir(parents=True, exist_ok=True)
    write_man_pages("annotator", command, version=__version__, target_dir=str(folder))
    for page in folder.glob("*.1"):
        subprocess.run(["gzip", "-9n", str(page)], check=True)


def pack_tar(name: str) -> Path:
    """Pack the program with its share/ folder, which install.sh of a user or administrator may copy."""
    share = PROGRAM / "share"
    shutil.rmtree(share, ignore_errors=True)
    write_share(share)
    path = OUT / f"{name}.tar.xz"
    with tarfile.open(path, "w:xz", preset=6) as archive:
        archive.add(PROGRAM, name, filter=_owned_by_root)
    return path


def _owned_by_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def pack_deb() -> Path:
    """Make a Debian package with the program in /usr/lib/annotator and its share/ folder in /usr/share."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    library = tree / "usr" / "lib" / "annotator"
    shutil.copytree(PROGRAM, library, symlinks=True, ignore=shutil.ignore_patterns("share"))
    shutil.copytree(PROGRAM / "share", tree / "usr" / "share", dirs_exist_ok=True)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "annotator").symlink_to("../lib/annotator/annotator")
    architecture = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    control = {
        "Package": "annotator",
        "Version": __version__,
        "Architecture": architecture.strip(),
        "Maintainer": "The annotator developers <nobody@localhost>",
        "Installed-Size": str(size // 1024),
        "Depends": ", ".join(dependencies(library)),
        "Section": "editors",
        "Priority": "optional",
        "Description": "label named entities in Arabic news\n"
        " A right-to-left editor with suggestions, one key per decision,\n"
        " and exports in the formats of named entity recognition.",
    }
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text("".join(f"{k}: {v}\n" for k, v in control.items()), encoding="utf-8")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    path = OUT / f"annotator_{__version__}_{architecture.strip()}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(path)], check=True)
    return path


def dependencies(library: Path) -> list[str]:
    """Return the Debian packages of the shared libraries that the program needs and does not bring."""
    brought = {path.name for path in library.rglob("*.so*")}
    missing = {package for name, package in (LIBRARIES | WINDOW_LIBRARIES).items() if name not in brought}
    # Without its configuration, the library that finds fonts complains.
    return [f"libc6 (>= {needed_libc(library)})", "fontconfig-config", *sorted(missing)]


def needed_libc(library: Path) -> str:
    """Return the newest version of glibc that a symbol in any of the files needs, as "2.38"."""
    found = {(2, 17)}
    for path in library.rglob("*"):
        if path.is_file() and not path.is_symlink() and (".so" in path.name or path.name == "annotator"):
            versions = re.findall(rb"GLIBC_(\d+)\.(\d+)", path.read_bytes())
            found.update((int(major), int(minor)) for major, minor in versions)
    return ".".join(map(str, max(found)))


if __name__ == "__main__":
    main()
