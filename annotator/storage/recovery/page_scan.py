"""Read rows from the pages of an SQLite file one by one, without its B-trees.

A damaged interior page makes all pages below it unreachable for SQLite, although they are intact. See sections 1.6 and
2.1 of https://www.sqlite.org/fileformat2.html. Free pages are read as well, so use this only for rows that never change
and that can be recognised by themselves.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_TABLE_LEAF = 0x0D
_FILE_HEADER = 100
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""The bytes of an integer by its serial type."""
_LONGEST = 1 << 27  # bytes
_FLOAT, _ZERO, _ONE, _BLOB = 7, 8, 9, 12

SqliteValue = int | float | str | bytes | None


def scan_rows(path: Path, columns: int) -> Iterator[list[SqliteValue]]:
    """Yield each row with this number of columns on any page of a file.

    Rows with a text that is not UTF-8 are skipped.
    """
    with path.open("rb") as file:
        header = file.read(_FILE_HEADER)
        if len(header) < _FILE_HEADER:
            return
        (size,) = struct.unpack(">H", header[16:18])
        size = 65536 if size == 1 else size
        if size < 512 or size & (size - 1):
            size = 4096
        pages = _Pages(path, size, size - header[20])
        file.seek(0)
        number = 0
        while page := file.read(size):
            number += 1
            yield from _rows_on(page, _FILE_HEADER if number == 1 else 0, columns, pages)


class _Pages:
    """The pages of a file, for rows that continue on overflow pages.

    usable is the size of a page without reserved space.
    """

    def __init__(self, path: Path, size: int, usable: int) -> None:
        self._path = path
        self._size = size
        self.usable = usable

    def chain(self, first: int, length: int) -> bytes:
        """Return length bytes from a chain of overflow pages. Raises ValueError if it ends before that."""
        parts, left, following = [], length, first
        with self._path.open("rb") as file:
            while left > 0:
                if not following:
                    raise ValueError("the chain of pages ends")
                file.seek((following - 1) * self._size)
                page = file.read(self._size)
                if len(page) < self._size:
                    raise ValueError("the file ends")
                (following,) = struct.unpack(">I", page[:4])
                parts.append(page[4 : min(self.usable, left + 4)])
                left -= len(parts[-1])
        return b"".join(parts)


def _rows_on(page: bytes, start: int, columns: int, pages: _Pages) -> Iterator[list[SqliteValue]]:
    """Yield the rows on a page. start is the offset of its header, 100 on the first page."""
    if len(page) < start + 8 or page[start] != _TABLE_LEAF:
        return
    (count,) = struct.unpack(">H", page[start + 3 : start + 5])
    for cell in range(count):
        at = start + 8 + 2 * cell
        try:
            (place,) = struct.unpack(">H", page[at : at + 2])
            row = _record(_payload(page, place, pages), columns)
        except (ValueError, IndexError, struct.error):
            continue
        if row is not None:
            yield row


def _payload(page: bytes, place: int, pages: _Pages) -> bytes:
    """Return the record of a cell, including what is on overflow pages."""
    length, place = _varint(page, place)
    _, place = _varint(page, place)
    most = pages.usable - 35
    if length <= most:
        return page[place : place + length]
    least = (pages.usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (pages.usable - 4)
    here = here if here <= most else least
    (following,) = struct.unpack(">I", page[place + here : place + here + 4])
    if length > _LONGEST:
        raise ValueError("no row is so long")
    return page[place : place + here] + pages.chain(following, length - here)


def _record(payload: bytes, columns: int) -> list[SqliteValue] | None:
    """Return the values of a record, or None if it has another number of columns."""
    end, place = _varint(payload, 0)
    kinds = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
        if len(kinds) > columns:
            return None
    if len(kinds) != columns:
        return None
    values: list[SqliteValue] = []
    for kind in kinds:
        value, place = _decoded(payload, place, kind)
        values.append(value)
    if place > len(payload):
        raise ValueError("the record is cut short")
    return values


def _decoded(payload: bytes, place: int, kind: int) -> tuple[SqliteValue, int]:
    """Return the value of a serial type, and the offset of the next one."""
    if kind in _INTEGERS:
        end = place + _INTEGERS[kind]
        return int.from_bytes(payload[place:end], signed=True), end
    if kind == _FLOAT:
        return struct.unpack(">d", payload[place : place + 8])[0], place + 8
    if kind in (0, _ZERO, _ONE):
        return {0: None, _ZERO: 0, _ONE: 1}[kind], place
    if kind < _BLOB:
        raise ValueError("no such type")
    end = place + (kind - _BLOB) // 2
    if end > len(payload):
        raise ValueError("the record is cut short")
    return (payload[place:end].decode() if kind % 2 else payload[place:end]), end


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a big-endian integer of one to nine bytes with 7 bits each (8 in the ninth), and the offset after it."""
    value = 0
    for number in range(8):
        byte = data[place + number]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + number + 1
    return value << 8 | data[place + 8], place + 9
