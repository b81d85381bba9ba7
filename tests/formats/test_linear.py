"""What a file can hold that was made to take long takes time with its length, and not with the square of it.

Each of these once took the square, some through a search that began anew at every character. The same is done for a
length and for four times that, and a square would be sixteen times as long.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.formats.base.record import Record
from annotator.formats.detect import detect_formats
from annotator.formats.registry import find_reader

WEBANNO = "#FORMAT=WebAnno TSV 3.3\n#T_SP=NamedEntity|value\n\n#Text=a\n1-1\t0-1\ta\t"
HOSTILE = {
    "a DOCTYPE of spaces": ("recognise", "<!DOCTYPE", " ", "", 16_000),
    "a value with a bracket": ("csv", WEBANNO, "a", "[\t\n", 40_000),
    "readings of one place": ("tei", "<TEI><text><app>", "<rdg>a</rdg>", "</app></text></TEI>", 3_000),
    "corrections of one place": ("tei", "<TEI><text><choice>", "<corr>a</corr>", "</choice></text></TEI>", 3_000),
    "lists of one item": ("html", "<html><body>", "<ul><li>خبر</li></ul>", "", 9_000),
}
MOST = 10
"""Times longer, where the file is four times as long."""


def duration(act: Callable[[], object]) -> float:
    """Return the processor time that something takes, the best of three."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        act()
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.long
@pytest.mark.parametrize("what", HOSTILE)
def test_four_times_as_much_takes_about_four_times_as_long(what: str, tmp_path: Path) -> None:
    name, opening, piece, closing, count = HOSTILE[what]
    path = tmp_path / "a.x"
    taken = []
    for times in (1, 4):
        path.write_text(opening + piece * (count * times) + closing, "utf-8")
        taken.append(
            duration(lambda: detect_formats(path) if name == "recognise" else list(find_reader(name).read(path)))
        )
    assert taken[1] < MOST * taken[0] + 0.2, taken


def test_a_value_of_webanno_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"{WEBANNO}LOC|X[\t\n", "utf-8")
    (record,) = find_reader("csv").read(tmp_path / "a.tsv")
    assert isinstance(record, Record)
    assert [entity.label for entity in record.annotations] == ["LOC"]
    assert record.annotation_problems == ("at 1-1 has an invalid value ('X[')",)


def test_spans_that_say_something_else_of_a_long_text_do_not_hold_it_each(tmp_path: Path) -> None:
    text, spans = "بغداد " * 100_000, 300
    span = f'{{"start": 0, "end": {len(text)}, "label": "X", "text": "حلب"}}'
    (tmp_path / "a.jsonl").write_text(f'{{"text": "{text}", "spans": [{", ".join([span] * spans)}]}}', "utf-8")
    tracemalloc.start()
    try:
        (record,) = find_reader("jsonl").read(tmp_path / "a.jsonl")
        assert tracemalloc.get_traced_memory()[1] < 20 * len(text)
    finally:
        tracemalloc.stop()
    assert isinstance(record, Record)
    assert len(record.annotation_problems) == spans
