"""Maps of labels: two ways to write one, and what is said of a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.model.label_map import LabelMap
from annotator.errors import InputError
from annotator.formats.base.label_map_file import read_label_map


def test_a_label_without_another_name_stays_unless_all_others_go() -> None:
    few, all_others = LabelMap({"PER": "PERS", "MISC": None}), LabelMap({"PER": "PERS", "*": None})
    assert [few.get(label) for label in ("PER", "MISC", "LOC")] == ["PERS", None, "LOC"]
    assert [all_others.get(label) for label in ("PER", "MISC", "LOC")] == ["PERS", None, None]


@pytest.mark.parametrize(
    "content",
    [
        '{"PER": "PERS", "MISC": null, "X": ""}',
        "# from\tto\r\nPER\tPERS\r\n\r\nMISC\t-\r\nX\t\r\n",
        "\ufeffPER \t PERS\nMISC\t\nX\t-",
    ],
)
def test_a_map_is_json_or_a_table(tmp_path: Path, content: str) -> None:
    path = tmp_path / "map"
    path.write_text(content, "utf-8", newline="")
    assert read_label_map(path) == LabelMap({"PER": "PERS", "MISC": None, "X": None})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"PER": ', "is not valid JSON"),
        ('{"PER": 1}', 'maps "PER" to 1'),
        ("PER PERS", "line 1: 'PER PERS' is not a label, a tab and a label"),
        ("A\tB\nPER\tPERS\tx", "line 2"),
        ("\tPERS", "line 1"),
        ("A\tB\nA\tC", "line 2: A is mapped twice"),
    ],
)
def test_a_bad_map_is_one_sentence(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "map.tsv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        read_label_map(path)
    assert reason in str(caught.value) and str(path) in str(caught.value)


def test_a_map_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Label map not found"):
        read_label_map(tmp_path / "none")
    with pytest.raises(InputError, match="Cannot read"):
        read_label_map(tmp_path)
