"""Detect the encoding of a text file: Unicode, with or without a byte order mark, or an old Arabic code page."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path
from typing import TextIO

from charset_normalizer import from_bytes

from annotator.errors import InputError

_SAMPLE = 1 << 20  # bytes of a long file that decide its encoding
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like that of UTF-16, so it is tested first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC_CODE_PAGES = ["cp1256", "iso8859_6", "cp720"]
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_ARABIC = re.compile(r"[\s!-~«»–—‘’“”…،؛؟ء-غف-يً-ْپچژگک]+")
_PLAIN = re.compile(r"[\t\n\r -~\u00a0-\u00ff\u0600-\u06ff\u2000-\u206f\ufb50-\ufeff]")


def detect_encoding(data: bytes, *, whole: bool = True) -> str:
    """Return the name of the codec for the bytes; whole is False if they are only the beginning of a file.

    A byte order mark decides, then valid UTF-8, then charset-normalizer among the Arabic code pages. UTF-8 with a few
    damaged bytes is still utf-8. Raises InputError for what is not text; its message has no path.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    controls = len(_CONTROL.findall(data))
    if controls and len(data) >= 2:
        for codec in ("utf-16-le", "utf-16-be"):
            if _reads_as_text(data, codec, whole):
                return codec
    good, bad = _utf8_quality(data, whole)
    if (bad and 100 * controls > len(data)) or 10 * controls > len(data):
        raise InputError("binary file, not text. Save the text as .txt, .json, .jsonl or .csv.")
    if good >= 4 * bad:
        return "utf-8"
    best = from_bytes(data, cp_isolation=_ARABIC_CODE_PAGES).best()
    if best is not None:
        return best.encoding
    if _ARABIC.fullmatch(data.decode("cp1256")):  # too few words for charset-normalizer, but all of them Arabic
        return "cp1256"
    raise InputError("neither UTF-8 nor Windows-1256. Save it as UTF-8.")


def read_text(path: Path) -> str:
    """Return all characters of a file, with its line ends, without the byte order mark.

    Raises InputError if the file is damaged or not text, and OSError.
    """
    data = path.read_bytes()
    codec = detect_encoding(data)
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "damaged character on line {line} (byte {byte}). Correct it and save the file as UTF-8.",
            line=line,
            byte=error.start,
        ) from error


def open_text(path: Path) -> TextIO:
    """Open a file as text, with its line ends; the caller closes it.

    Damaged bytes become lone surrogates, which every later check refuses, so that they spoil one record and not the
    file. In UTF-16 and UTF-32 they raise UnicodeDecodeError. Raises InputError for what is not text, and OSError.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    codec = detect_encoding(sample, whole=len(sample) < _SAMPLE)
    errors = "strict" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return io.TextIOWrapper(path.open("rb"), encoding=codec, errors=errors, newline="")


def position(stream: TextIO) -> int:
    """Return how many bytes of the file behind a stream of open_text() have been read."""
    return stream.buffer.tell()


def _reads_as_text(data: bytes, codec: str, whole: bool) -> bool:
    """Return True if bytes without a mark decode as this UTF-16, with nearly all characters Arabic or ASCII."""
    even = data if whole else data[: len(data) // 2 * 2]
    try:
        text = even.decode(codec)
    except UnicodeDecodeError:
        return False
    return "\x00" not in text and 20 * len(_PLAIN.findall(text)) >= 19 * len(text)


def _utf8_quality(data: bytes, whole: bool) -> tuple[int, int]:
    """Return how many characters beyond ASCII the bytes have in UTF-8, and how many places are damaged."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data, final=whole)
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    return beyond - bad, bad
