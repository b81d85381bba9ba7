"""Simulated power cuts: what a disk may hold if the power fails while a program runs.

strace records what the program asks of the system: writes, renames, removals, and what it has brought to the disk with
fsync. The record is played to a model of a file system that promises no more than POSIX and a journal do:

- What was written to a file since its last fsync may be lost, whole or in part, in any order, torn at any sector.
- A new name, a rename or a removal may be lost until its folder is brought to the disk. The journal keeps their order,
  and no rename is halfway done. The name may reach the disk without what was written to the file.

A cut may come after any call. What the program had printed before it, it has acknowledged.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
"""Bytes of which a disk writes all or none."""

AT_END = 3
"""How many cuts come after everything was printed."""

_CALLS = (
    "open,openat,creat,close,lseek,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,sendfile,copy_file_range,fallocate,sync_file_range"
)
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)(<.*>)?")
_HALF = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_REST = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_DESCRIPTOR = re.compile(r"^(?:AT_FDCWD|\d+)<(.*)>$")
_NUMBER = re.compile(r"^(\d+)<")
_TEXT = re.compile(r'^"((?:\\x[0-9a-f]{2})*)"$')


@dataclass
class File:
    """A file: what it holds, what the disk holds, and what was asked for in between."""

    now: bytearray = field(default_factory=bytearray)
    disk: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """(place, what was written there), or (size, None) where the file was cut or made longer."""

    def write(self, place: int, data: bytes) -> None:
        """Write some bytes."""
        _put(self.now, place, data)
        self.pending.append((place, data))

    def resize(self, size: int) -> None:
        """Give the file another size."""
        _resize(self.now, size)
        self.pending.append((size, None))

    def sync(self) -> None:
        """Bring the file to the disk."""
        self.disk[:] = self.now
        self.pending.clear()

    def after_cut(self, rng: random.Random) -> bytes:
        """Return what the disk may hold."""
        found = bytearray(self.disk)
        way = rng.choice(("nothing", "all", "beginning", "some", "torn"))
        until = rng.randint(0, len(self.pending)) if way == "beginning" else len(self.pending)
        for place, data in self.pending[:until]:
            if way == "nothing" or (way in ("some", "torn") and rng.random() < 0.4):
                continue
            if data is None:
                _resize(found, place)
            elif way == "torn":
                for at in range(0, len(data), SECTOR):
                    if rng.random() < 0.7:
                        _put(found, place + at, data[at : at + SECTOR])
            else:
                _put(found, place, data)
        return bytes(found)


@dataclass
class Folder:
    """A folder: its names now, and on the disk."""

    now: dict[str, File | Folder] = field(default_factory=dict)
    disk: dict[str, File | Folder] = field(default_factory=dict)


Step = list[tuple[Folder, str, "File | Folder | None"]]
"""What one call changes: in each folder a name that is given to something, or taken away."""


def _put(held: bytearray, place: int, data: bytes) -> None:
    """Write bytes at a place, with zeros before it if there is a gap."""
    if len(held) < place:
        _resize(held, place)
    held[place : place + len(data)] = data


def _resize(held: bytearray, size: int) -> None:
    """Cut the bytes, or add zeros."""
    del held[size:]
    held.extend(bytes(size - len(held)))


class Disk:
    """The model of a folder with all that is in it."""

    def __init__(self, root: Path) -> None:
        """Begin with what is in the folder now, all of it on the disk."""
        self._root = root
        self._top = self._read(root)
        self._steps: list[Step] = []

    def _read(self, path: Path) -> Folder:
        """Return a folder as it is."""
        found = Folder()
        for entry in path.iterdir():
            if entry.is_dir():
                found.now[entry.name] = self._read(entry)
            else:
                content = entry.read_bytes()
                found.now[entry.name] = File(bytearray(content), bytearray(content))
        found.disk.update(found.now)
        return found

    def find(self, path: str) -> File | Folder | None:
        """Return what has a path now, None if nothing does or if it lies outside."""
        if path == str(self._root):
            return self._top
        place = self._parent(path)
        return place[0].now.get(place[1]) if place else None

    def _parent(self, path: str) -> tuple[Folder, str] | None:
        """Return the folder in which a path is, and its name there; None for one that lies outside."""
        if not path.startswith(f"{self._root}/"):
            return None
        *folders, name = path.removeprefix(f"{self._root}/").split("/")
        at = self._top
        for folder in folders:
            inner = at.now.get(folder)
            if not isinstance(inner, Folder):
                return None
            at = inner
        return at, name

    def name(self, *changes: tuple[str, File | Folder | None]) -> None:
        """Give names, or take them away, in one step."""
        step: Step = []
        for path, node in changes:
            if place := self._parent(path):
                folder, name = place
                step.append((folder, name, node))
                _enter(folder.now, name, node)
        if step:
            self._steps.append(step)

    def sync_folder(self, folder: Folder) -> None:
        """Bring the names in a folder to the disk."""
        left = []
        for step in self._steps:
            if any(changed is folder for changed, _, _ in step):
                _apply(step)
            else:
                left.append(step)
        self._steps = left

    def after_cut(self, rng: random.Random, out: Path) -> None:
        """Write a folder that holds what the disk may hold."""
        until = rng.choice((0, rng.randint(0, len(self._steps)), len(self._steps)))
        names: dict[int, dict[str, File | Folder]] = {}
        for step in self._steps[:until]:
            for folder, name, node in step:
                _enter(names.setdefault(id(folder), dict(folder.disk)), name, node)
        contents: dict[int, bytes] = {}

        def write(folder: Folder, path: Path) -> None:
            """Write a folder."""
            path.mkdir()
            for name, node in names.get(id(folder), folder.disk).items():
                if isinstance(node, Folder):
                    write(node, path / name)
                else:
                    if id(node) not in contents:
                        contents[id(node)] = node.after_cut(rng)
                    (path / name).write_bytes(contents[id(node)])

        write(self._top, out)


def _apply(step: Step) -> None:
    """Bring a step to the disk."""
    for folder, name, node in step:
        _enter(folder.disk, name, node)


def _enter(names: dict[str, File | Folder], name: str, node: File | Folder | None) -> None:
    """Give a name to something, or take it away."""
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


@dataclass(frozen=True)
class Call:
    """A call of the system: who called, what, with which arguments, and the result."""

    pid: str
    name: str
    arguments: list[str]
    result: int
    opened: str = ""


def _calls(record: Path) -> Iterator[Call]:
    """Yield the calls that succeeded; one that another thread interrupted comes when it is finished."""
    halves: dict[str, str] = {}
    with record.open(encoding="ascii") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if half := _HALF.match(line):
                halves[half[1]] = half[2]
                continue
            if rest := _REST.match(line):
                line = f"{rest[1]} {halves.pop(rest[1], '')}{rest[2]}"
            if (found := _LINE.match(line)) and int(found[4]) >= 0:
                opened = _decode(found[5][1:-1]) if found[5] else ""
                yield Call(found[1], found[2], found[3].split(", "), int(found[4]), opened)


def _decode(text: str) -> str:
    """Return a text in which strace has written each byte as its number."""
    return _bytes(text).decode("utf-8", "surrogateescape") if "\\x" in text else text


def _bytes(text: str) -> bytes:
    """Return the bytes that strace has written as numbers."""
    return bytes.fromhex(text.replace("\\x", ""))


class Player:
    """Plays the calls of a record to a disk."""

    def __init__(self, disk: Disk) -> None:
        """Begin with the disk as it was before the program started."""
        self._disk = disk
        self._places: dict[tuple[str, str], int] = {}
        self.printed = b""

    def play(self, call: Call) -> None:
        """Do one call."""
        do = getattr(self, f"_{call.name}", None)
        if do:
            do(call)

    def _described(self, argument: str) -> str:
        """Return the path of an open file or folder."""
        found = _DESCRIPTOR.match(argument)
        return _decode(found[1]) if found else ""

    def _path(self, argument: str, folder: str = "") -> str:
        """Return an absolute path from an argument, and the folder that another argument says it is relative to."""
        found = _TEXT.match(argument)
        path = _bytes(found[1]).decode("utf-8", "surrogateescape") if found else ""
        return path if path.startswith("/") else f"{self._described(folder)}/{path}"

    def _file(self, argument: str) -> File | None:
        """Return the file of a descriptor, None for one that lies elsewhere or has no name any more."""
        node = self._disk.find(self._described(argument))
        return node if isinstance(node, File) else None

    def _key(self, call: Call, argument: str) -> tuple[str, str]:
        """Return what identifies a descriptor of a process."""
        number = _NUMBER.match(argument)
        return call.pid, number[1] if number else argument

    def _open(self, call: Call) -> None:
        self._opened(call, self._path(call.arguments[0], f"AT_FDCWD<{call.opened.rpartition('/')[0]}>"), 1)

    def _openat(self, call: Call) -> None:
        self._opened(call, self._path(call.arguments[1], call.arguments[0]), 2)

    def _opened(self, call: Call, path: str, flags: int) -> None:
        """Open a file, which may be made or emptied by it."""
        path = call.opened or path
        node = self._disk.find(path)
        asked = call.arguments[flags]
        if node is None and "O_CREAT" in asked:
            node = File()
            self._disk.name((path, node))
        elif isinstance(node, File) and "O_TRUNC" in asked and node.now:
            node.resize(0)
        at_end = len(node.now) if isinstance(node, File) and "O_APPEND" in asked else 0
        self._places[call.pid, str(call.result)] = at_end

    def _lseek(self, call: Call) -> None:
        self._places[self._key(call, call.arguments[0])] = call.result

    def _write(self, call: Call) -> None:
        data = self._data(call.arguments[1])[: call.result]
        if call.arguments[0].startswith("1<"):
            self.printed += data
        self._write_on(call, call.arguments[0], data)

    def _write_on(self, call: Call, descriptor: str, data: bytes) -> None:
        """Write where the last writing ended."""
        key = self._key(call, descriptor)
        place = self._places.get(key, 0)
        self._places[key] = place + len(data)
        if file := self._file(descriptor):
            file.write(place, data)

    def _pwrite64(self, call: Call) -> None:
        if file := self._file(call.arguments[0]):
            file.write(int(call.arguments[3]), self._data(call.arguments[1])[: call.result])

    def _data(self, argument: str) -> bytes:
        found = _TEXT.match(argument)
        assert found, f"the record does not hold what was written: {argument[:80]}"
        return _bytes(found[1])

    def _writev(self, call: Call) -> None:
        assert not self._file(call.arguments[0]), "no program of ours writes so"

    _pwritev = _fallocate = _writev

    def _sendfile(self, call: Call) -> None:
        out, source = call.arguments[:2]
        if self._file(out):
            key = self._key(call, source)
            given = call.arguments[2].strip("[]")
            place = int(given) if given.isdigit() else self._places.get(key, 0)
            node = self._disk.find(self._described(source))
            content = bytes(node.now) if isinstance(node, File) else Path(self._described(source)).read_bytes()
            self._write_on(call, out, content[place : place + call.result])
            if not given.isdigit():
                self._places[key] = place + call.result

    def _copy_file_range(self, call: Call) -> None:
        assert not self._file(call.arguments[2]), "no program of ours copies so"

    def _fsync(self, call: Call) -> None:
        node = self._disk.find(self._described(call.arguments[0]))
        if isinstance(node, Folder):
            self._disk.sync_folder(node)
        elif node:
            node.sync()

    _fdatasync = _fsync

    def _ftruncate(self, call: Call) -> None:
        if file := self._file(call.arguments[0]):
            file.resize(int(call.arguments[1]))

    def _rename(self, call: Call) -> None:
        self._renamed(self._path(call.arguments[0]), self._path(call.arguments[1]))

    def _renameat(self, call: Call) -> None:
        old_folder, old, new_folder, new = call.arguments[:4]
        self._renamed(self._path(old, old_folder), self._path(new, new_folder))

    _renameat2 = _renameat

    def _renamed(self, old: str, new: str) -> None:
        node = self._disk.find(old)
        self._disk.name((old, None), (new, node))

    def _link(self, call: Call) -> None:
        self._disk.name((self._path(call.arguments[1]), self._disk.find(self._path(call.arguments[0]))))

    def _linkat(self, call: Call) -> None:
        old_folder, old, new_folder, new = call.arguments[:4]
        self._disk.name((self._path(new, new_folder), self._disk.find(self._path(old, old_folder))))

    def _unlink(self, call: Call) -> None:
        self._disk.name((self._path(call.arguments[0]), None))

    _rmdir = _unlink

    def _unlinkat(self, call: Call) -> None:
        self._disk.name((self._path(call.arguments[1], call.arguments[0]), None))

    def _mkdir(self, call: Call) -> None:
        self._disk.name((self._path(call.arguments[0]), Folder()))

    def _mkdirat(self, call: Call) -> None:
        self._disk.name((self._path(call.arguments[1], call.arguments[0]), Folder()))


@dataclass(frozen=True)
class Cut:
    """A folder as it may be after a power cut, and the lines that the program had printed before."""

    number: int
    folder: Path
    printed: list[str]


def why_not() -> str:
    """Return why power cuts cannot be simulated here, "" if they can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(["strace", "-f", "-e", "trace=openat", "true"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "strace may not watch a process here"


def power_cuts(command: Sequence[str], folder: Path, out: Path, count: int, seed: int, cwd: Path) -> Iterator[Cut]:
    """Run a command that works in a folder, and yield the folder as power cuts at random moments may leave it.

    The cuts are made in out, which is not in the folder, and are for the caller to remove. Some more come at the end,
    after everything was printed.
    """
    disk = Disk(folder)
    record = out / "record"
    strace = ["strace", "-f", "-qq", "-y", "-xx", "-s", "1000000000", "--seccomp-bpf", "-e", f"trace={_CALLS}"]
    subprocess.run(
        [*strace, "-e", "signal=none", "-o", str(record), *command], cwd=cwd, check=True, capture_output=True
    )
    rng = random.Random(seed)
    player = Player(disk)
    calls = [call for call in _calls(record) if _matters(call, folder)]
    changes = [number for number, call in enumerate(calls, 1) if call.name not in ("close", "lseek")]
    moments = set(rng.sample(changes, min(count, len(changes))))
    for number, call in enumerate(calls, 1):
        player.play(call)
        for again in range(AT_END if number == len(calls) else number in moments):
            into = out / f"cut-{number}-{again}"
            disk.after_cut(rng, into)
            yield Cut(number, into, player.printed.decode().splitlines())


def _matters(call: Call, folder: Path) -> bool:
    """Return whether a call concerns a folder or what the program prints, but for the opening of what is only read."""
    if call.name.startswith("open") and not any("O_WRONLY" in each or "O_RDWR" in each for each in call.arguments):
        return False
    coded = "".join(f"\\x{byte:02x}" for byte in str(folder).encode())
    is_there = any(coded in argument or str(folder) in argument for argument in call.arguments[:4])
    return is_there or str(folder) in call.opened or (call.name == "write" and call.arguments[0].startswith("1<"))
