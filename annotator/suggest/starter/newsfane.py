"""NewsFANE, the starter's training corpus, read as natural text with the project's classes.

The corpus splits off clitics, omits hamza, and has 50 fine classes. Here و ف ب ل are joined to the next word and
pronouns to the previous one. A word of kind (صحيفة, شركة, مدينة) stays outside the name, as in ANERcorp and the CAMeL
Tools model. A country's team is the country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.domain.corpus.iob import OUTSIDE, decode_iob2, encode_iob2
from annotator.errors import InputError
from annotator.suggest.starter.gazetteer import Gazetteer, fold, stems

Tagged = list[tuple[str, str]]
"""The words of a sentence, each with its IOB2 tag."""

_BEFORE = frozenset(["و", "ف", "ب", "ل"])
_BEHIND = frozenset(["ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ني"])
_WORD = re.compile("[\u0621-\u064a]{2,}")
_ARABIC = re.compile("[\u0621-\u064a]+")

# The corpus writes لال for every لل, also where ل is the word's own first letter.
_OWN_LAM = tuple(
    "الال" + rest[1:]
    for rest in (
        *("لبناني", "لاعب", "لغ", "لاتيني", "لاجي", "لاجئ", "ليبرال"),
        *("لوح", "لقيط", "لواء", "ليل", "لحظ", "لجن", "لقاء"),
    )
)

_CLASSES = {
    "PERS": "Politician Athlete Artist Other_PER Religious_PER Scientist Businessperson Engineer Lawyer Police",
    "LOC.nation": "Nation",
    "LOC.city": "Population-Center State-or-Province County-or-District",
    "LOC.region": "GPE-Cluster Continent",
    "LOC.nature": "Water-Body Land-Region-Natural",
    "ORG.body": "Non-Governmental Entertainment Religious_ORG",
    "ORG.sports": "Sports",
    "ORG.media": "Media",
    "ORG.state": "Government",
    "ORG.school": "Educational Medical-Science",
    "ORG.company": "Commercial",
    "FAC": "Building-Grounds Path Airport Subarea-Facility",
    "GROUP": "Group",
    "WORK": "Book Movie",
}
_CLASS = {fine: name for name, all_fine in _CLASSES.items() for fine in all_fine.split()}

KIND_WORDS = {
    name: frozenset(map(fold, words.split()))
    for name, words in {
        "ORG.media": "صحيفة جريدة مجلة قناة شبكة وكالة إذاعة",
        "ORG.company": "شركة مجموعة",
        "ORG.sports": "نادي منتخب فريق",
        "LOC.city": "مدينة بلدة قرية محافظة ولاية منطقة إقليم قطاع مقاطعة إمارة",
        "LOC.nature": "نهر بحيرة جبل جبال",
        "LOC.nation": "دولة",
    }.items()
}
_MAY_BE_A_COUNTRY = frozenset(["Sports", "Medical-Science", "Educational", "Commercial", "Media"])
_QUOTES = frozenset('"«')
_CREDITS = frozenset(map(fold, ("الفرنسية", "الأوروبية")))
"""Adjectives that name a news agency in picture credits, and nothing elsewhere."""


def read(path: Path) -> list[Tagged]:
    """Return the sentences as written; raises InputError with the number of a malformed line."""
    sentences: list[Tagged] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        parts = line.split()
        if not parts:
            sentences.append([])
        elif len(parts) == 2:
            sentences[-1].append((parts[0], parts[1]))
        else:
            raise InputError(
                "{path}: line {number} is not a word and a tag. Is this the NewsFANE file?", number=number, path=path
            )
    return [sentence for sentence in sentences if sentence]


def natural(sentence: Tagged) -> Tagged:
    """Return a sentence with the clitics joined to their words; the word's tag counts for both."""
    joined: Tagged = []
    clitics, their_tag = "", OUTSIDE
    for i, (word, tag) in enumerate(sentence):
        if word in _BEFORE and _goes_on(sentence[i + 1 : i + 3]):
            their_tag = their_tag if clitics else tag
            clitics += word
        elif clitics:
            article = clitics[-1] == "ل" and word.startswith("ال")
            begins = their_tag.startswith("B-") and tag.startswith("I-")
            joined.append((clitics + (word[1:] if article else word), their_tag if begins else tag))
            clitics = ""
        elif word in _BEHIND and joined and _ARABIC.fullmatch(joined[-1][0]) and not tag.startswith("B-"):
            joined[-1] = (_open(joined[-1][0]) + word, joined[-1][1])
        else:
            joined.append((word, tag))
    return [(_with_lam(word), tag) for word, tag in joined]


def _goes_on(behind: Tagged) -> bool:
    """Return True if a word follows a clitic, perhaps after another clitic."""
    words = [word for word, _ in behind]
    if len(words) == 2 and words[0] in _BEFORE:
        del words[0]
    return bool(words) and _WORD.fullmatch(words[0]) is not None


def _open(word: str) -> str:
    """Return a word as written before a pronoun: حارة becomes حارت."""
    if word.endswith("ة"):
        return word[:-1] + "ت"
    if word.endswith("ى"):
        return word[:-1] + ("ا" if len(word) > 3 else "ي")
    return word


def _with_lam(word: str) -> str:
    """Restore a word's own lam: الالبناني becomes اللبناني."""
    return "الل" + word[4:] if word.startswith(_OWN_LAM) else word


def relabelled(sentence: Tagged, gazetteer: Gazetteer) -> Tagged:
    """Return a natural sentence with the project's classes instead of the corpus's."""
    words = [word for word, _ in sentence]
    entities = list(_entities(words, [tag for _, tag in sentence], gazetteer))
    return list(zip(words, encode_iob2(len(words), entities), strict=True))


def _entities(words: Sequence[str], tags: Sequence[str], gazetteer: Gazetteer) -> Iterator[tuple[int, int, str]]:
    """Yield the entities with a class of ours, without words of kind before them."""
    for first, end, fine in decode_iob2(tags):
        name = _CLASS.get(fine)
        if fine in _MAY_BE_A_COUNTRY and end - first <= 2 and _is_country(words[first:end], gazetteer):
            name = "LOC.nation"
        if name == "ORG.media" and end - first == 1 and fold(words[first]) in _CREDITS:
            continue
        if name is not None:
            yield _behind_kind(words, first, end, name), end, name


def _is_country(words: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Return True if one or two words are a country's name, with or without clitics."""
    keys = [fold(word) for word in words]
    if len(keys) == 1:
        return any("country" in gazetteer.words.get(form, ()) for form in (keys[0], *stems(keys[0])))
    return any((first, end) == (0, len(keys)) and "country" in kinds for first, end, kinds in gazetteer.find(keys))


def _behind_kind(words: Sequence[str], first: int, end: int, name: str) -> int:
    """Return where the name itself begins: after a word of kind and a quotation mark."""
    key = fold(words[first])
    if end - first < 2 or not KIND_WORDS.get(name, frozenset()) & {key, *stems(key)}:
        return first
    first += 1
    while first < end - 1 and words[first] in _QUOTES:
        first += 1
    return first
