"""Near-duplicates: the same story in other clothes is found, another story is not."""

from __future__ import annotations

import json
import random
import re
from hashlib import sha256
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.span import Span
from annotator.text.duplicates.near_duplicates import find_near_duplicates
from annotator.text.duplicates.reprints import PERMUTATIONS, find_reprints, fingerprint
from annotator.text.normalise import normalise

WORDS = "قال مصدر أمني إن قوة من الجيش نفذت عملية في قضاء الحويجة جنوب كركوك وأسفرت عن مقتل عدد"


def story(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS.split(), k=length))


def document(text: str, debris: tuple[int, int] | None = None) -> Document:
    regions = (Region(Span(*debris), RegionKind.DEBRIS),) if debris else ()
    return Document(document_id(text), text, regions=regions)


def repeats(*texts: str) -> dict[int, int]:
    prints = [(str(n), fingerprint(document(text))) for n, text in enumerate(texts)]
    return {int(later): int(first) for later, first in find_reprints(prints).items()}


def test_a_story_with_another_head_and_tail_is_the_same_story() -> None:
    body = story(1)
    other_spelling = body.replace("أ", "ا").replace("قوة", "قُوّة").replace("الجيش", "الجيـــش")
    assert repeats(body, story(2), f"بغداد - وكالات {body}", f"{other_spelling} انتهى") == {2: 0, 3: 0}


def test_other_stories_in_the_same_words_are_other_stories() -> None:
    assert repeats(*(story(seed) for seed in range(30))) == {}


def test_debris_makes_no_story_alike() -> None:
    shared = "شارك هذا الخبر على مواقع التواصل " * 30
    texts = [f"{shared}{story(seed, 40)}" for seed in (1, 2)]
    whole = [fingerprint(document(text)) for text in texts]
    assert find_reprints([("a", whole[0]), ("b", whole[1])]) == {}
    cut = [fingerprint(document(text, (0, len(shared)))) for text in texts]
    bare = [fingerprint(document(story(seed, 40))) for seed in (1, 2)]
    assert cut == bare


def test_fingerprints_are_those_that_projects_on_disk_hold() -> None:
    # Made with datasketch 1.10: MinHash(64, seed=1).update_batch(shingles).
    made = fingerprint(document(story(1)))
    assert len(made) == 256
    assert made[:16].hex() == "bfa6f501ee549e0040169900ac23a700"
    assert sha256(made).hexdigest() == "e3c138cd6ae798cfc6a6a40e7e4957a2bda1cbc348a324af922007b4db352896"


def test_texts_without_words_repeat_nothing() -> None:
    assert fingerprint(document("…")) == b""
    assert repeats("…", "!", "؟؟") == {}


def test_short_texts_repeat_only_what_says_the_same() -> None:
    assert repeats("بغداد 1", "بغداد 2", "بَغداد 1.") == {2: 0}


@given(st.text(max_size=60), st.text(max_size=60))
def test_fingerprints_are_a_function_of_the_text_and_every_group_has_a_first(one: str, other: str) -> None:
    texts = [t.encode("utf-8", "ignore").decode() for t in (one, other)]
    prints = [fingerprint(document(text)) for text in (*texts, *texts)]
    assert prints[:2] == prints[2:]
    found = find_reprints([(str(n), p) for n, p in enumerate(prints)])
    assert not set(found.values()) & found.keys()
    for n in (0, 1):
        assert not prints[n] or str(n + 2) in found


def test_wire_stories_in_a_days_papers_are_found(corpora: Path) -> None:
    articles = json.loads((corpora / "saudinewsnet" / "2015-08-08.json").read_text(encoding="utf-8"))[:400]
    prints = [(str(n), fingerprint(document(a["content"]))) for n, a in enumerate(articles)]
    found = find_reprints(prints)
    assert 5 <= len(found) <= 100

    def shingles(n: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", normalise(articles[int(n)]["content"]).text)
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    for later, first in found.items():
        a, b = shingles(later), shingles(first)
        assert len(a & b) / len(a | b) > 0.5


def test_articles_are_alike_from_seven_tenths_of_their_values_on() -> None:
    def print_(same: int) -> bytes:
        """Return a fingerprint whose first values are those of the first article."""
        values = np.arange(PERMUTATIONS, dtype="<u4")
        values[same:] += 1000
        return values.tobytes()

    # 45 of 64 values are the least that is not below .7.
    prints = [("first", print_(PERMUTATIONS)), ("alike", print_(45)), ("other", print_(44))]
    assert find_reprints([prints[0], prints[1]]) == {"alike": "first"}
    assert find_reprints([prints[0], prints[2]]) == {}
    assert dict(find_near_duplicates(prints[:2])) == {"first": ["alike"], "alike": ["first"]}
    assert dict(find_near_duplicates([prints[0], prints[2]])) == {}
