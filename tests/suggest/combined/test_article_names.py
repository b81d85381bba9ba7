"""Names that an article as a whole suggests; the sentences are written for these tests."""

from __future__ import annotations

import pytest

from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import CLITIC_POLICIES, OUTSIDE
from annotator.resources import resource
from annotator.suggest.combined.article_names import ArticleNames
from annotator.suggest.starter.gazetteer import read_gazetteer

ORDINARY = frozenset(("مساعد",))


def suggestions(text: str, label: str, *surfaces: str, score: float = 0.9) -> list[Suggestion]:
    """Return suggestions for the first place of each surface."""
    starts = [text.index(surface) for surface in surfaces]
    return [
        Suggestion(Span(start, start + len(surface)), label, score, "starter", "1")
        for start, surface in zip(starts, surfaces, strict=True)
    ]


def completed(text: str, *people: str, others: list[Suggestion] | None = None) -> list[tuple[str, str]]:
    """Return what becomes of the people that are suggested in a text: (surface, label) by start."""
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", "LOC")
    found = names.complete(text, suggestions(text, "PERS", *people), others or [])
    assert all(one.suggester == "starter" and one.version == "1" for one in found)
    return [(one.span.of(text), one.label) for one in found]


def surfaces(text: str, *people: str, others: list[Suggestion] | None = None) -> list[str]:
    return [surface for surface, _ in completed(text, *people, others=others)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("التقى خالد بن سعود بن عبد الله السعود أمس", "خالد بن سعود", "خالد بن سعود بن عبد الله السعود"),
        ("وصل مبارك آل أبو راشد إلى المجلس", "مبارك", "مبارك آل أبو راشد"),
        ("أدلى سعيد أحمد الغامدي بشهادته", "سعيد أحمد", "سعيد أحمد الغامدي"),
        ("أوقف الحراس فهد أحمد إبراهيم عند البوابة", "إبراهيم", "فهد أحمد إبراهيم"),
        ("قُتل الشاب نايف غمهود الشمري في الحادث", "نايف", "نايف غمهود الشمري"),
        ("أعرب الشيخ حسين بن سعيد آل مشيط عن حزنه", "حسين بن سعيد آل", "حسين بن سعيد آل مشيط"),
    ],
)
def test_a_name_is_completed(text: str, part: str, whole: str) -> None:
    assert surfaces(text, part) == [whole]


def test_a_listed_name_that_is_an_ordinary_word_does_not_complete_one() -> None:
    assert surfaces("استقبل ماجد العتيبي مساعد الوزير", "ماجد العتيبي") == ["ماجد العتيبي"]
    assert surfaces("استقبل ماجد بن مساعد الوزير", "ماجد") == ["ماجد بن مساعد"]


def test_what_belongs_to_god_is_no_person() -> None:
    assert surfaces("صلوا في بيت الله ثم خرجوا", "بيت الله") == []
    assert surfaces("وصل عبد الله إلى هناك", "عبد الله") == ["عبد الله"]


def test_adjacent_parts_are_one_name() -> None:
    text = "شكر مدير المدرسة يوسف حمدان ماجد العتيبي على حضوره"
    assert surfaces(text, "يوسف حمدان", "ماجد العتيبي") == ["يوسف حمدان ماجد العتيبي"]
    assert surfaces("حضر يوسف حمدان، ماجد العتيبي", "يوسف حمدان", "ماجد العتيبي") == ["يوسف حمدان", "ماجد العتيبي"]


def test_ali_is_a_name_where_the_article_writes_on_differently() -> None:
    assert surfaces("زار علي عبدالله سالم المخيم على الحدود", "عبدالله سالم") == ["علي عبدالله سالم"]
    assert surfaces("اعتمد علي عبدالله سالم في ذلك", "عبدالله سالم") == ["عبدالله سالم"]


def test_ali_is_a_name_after_a_title() -> None:
    assert "علي عبدالله سالم" in surfaces("جمدت أموال الرئيس السابق علي عبدالله سالم أمس", "عبدالله سالم")
    assert "علي" not in " ".join(surfaces("أكد الوزير علي ضرورة الحوار ومعه فارس غانم", "فارس غانم"))


def test_a_name_after_a_title_counts_as_one_that_is_likely() -> None:
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", "LOC")
    text = "وقال العميد فارس غانم إن"
    found = names.complete(text, suggestions(text, "PERS", "فارس غانم", score=0.55), [])
    assert [(one.span.of(text), one.score) for one in found] == [("فارس غانم", 0.8)]


@pytest.mark.parametrize("suggester", ["grammar", "lexicon"])
def test_what_rules_and_lists_find_goes_on_as_a_name(suggester: str) -> None:
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", "LOC")
    text = "وقال نجيب المبروك الفيتوري إن"
    made = names.complete_proposals(text, {"starter": [], suggester: suggestions(text, "PERS", "نجيب المبروك")})
    assert [one.span.of(text) for one in made[suggester]] == ["نجيب المبروك الفيتوري"]


def test_what_describes_a_person_is_not_in_the_name() -> None:
    assert surfaces("وقائدان هما فارس غانم وآخر", "هما فارس غانم") == ["فارس غانم"]
    assert surfaces("حضر فارس غانم ابن عم المغدور", "فارس غانم") == ["فارس غانم"]
    assert surfaces("استنكر فارس غانم شيخ القبيلة الحادث", "فارس غانم شيخ") == ["فارس غانم"]
    assert surfaces("قال والد الوكيل إن ابنه بخير", "والد الوكيل") == []


@pytest.mark.parametrize(
    ("text", "kunya"),
    [
        ("وكان القيادي أبو دجانة الحلبي في الموقع", "أبو دجانة الحلبي"),
        ("نُقلت رسالة لأبي حفص عبر وسيط", "أبي حفص"),
        ("سُلّمت ام سياف إلى الحكومة", "ام سياف"),
    ],
)
def test_a_kunya_is_a_name(text: str, kunya: str) -> None:
    place = suggestions(text, "ORG", text.split()[0])
    assert (kunya, "PERS") in completed(text, others=place)


def test_a_place_that_looks_like_a_kunya_is_none() -> None:
    text = "افتتح المعرض في أبو ظبي اليوم"
    assert surfaces(text, others=suggestions(text, "LOC", "أبو ظبي")) == []


def test_a_name_after_a_title_or_colon() -> None:
    assert surfaces("أسماء الجرحى\n1. الجندي: أحمد موسى علي العنزي.\nأصيب سالم", "سالم") == [
        "أحمد موسى علي العنزي",
        "سالم",
    ]


def test_a_full_name_licenses_its_surname() -> None:
    text = "الدمخي يرد. حضر ناصر الدمخي الجلسة، وأكد الدمخي أن القرار له، والدمخي محق"
    assert surfaces(text, "ناصر الدمخي") == ["الدمخي", "ناصر الدمخي", "الدمخي", "الدمخي"]
    assert surfaces("حضر ناصر المصري، وأكد المصري ذلك", "ناصر المصري") == ["ناصر المصري"]


def test_a_name_has_one_label_in_an_article() -> None:
    text = "في بلدة القديح. وشهدت القديح هدوءا"
    assert completed(text, others=suggestions(text, "LOC", "القديح")) == [("القديح", "LOC")]
    both = [*suggestions(text, "LOC", "القديح"), *suggestions(text, "ORG", "القديح")]
    assert completed(text, others=both) == []
    assert completed(text, others=suggestions(text, "LOC", "القديح", score=0.6)) == []
    assert completed(text, others=suggestions(text, "ORG", "القديح")) == []


def test_clitics_are_inside_if_the_tagset_wants_them() -> None:
    text = "حضر ناصر الدمخي والدمخي محق، ووصل سالم ووليد"
    (inside,) = set(CLITIC_POLICIES) - {OUTSIDE}
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", clitics=inside)
    found = names.complete(text, suggestions(text, "PERS", "ناصر الدمخي", "سالم", "ووليد"), [])
    assert [one.span.of(text) for one in found] == ["ناصر الدمخي", "والدمخي", "سالم", "ووليد"]


def test_without_a_label_for_people_only_repeated_names_are_added() -> None:
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, None, "LOC")
    text = "في بلدة القديح قال أبو حفص. وشهدت القديح هدوءا"
    place = suggestions(text, "LOC", "القديح")
    assert [one.span.of(text) for one in names.complete(text, [], place)] == ["القديح"]
    assert names.complete("", [], []) == []


def test_a_name_on_which_two_other_suggesters_agree_is_not_completed() -> None:
    text = "التقى الوزير جون كيري هيمن عليه الصمت"
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", "LOC")
    starter = suggestions(text, "PERS", "جون كيري")
    assert [s.span.of(text) for s in names.complete_proposals(text, {"starter": starter})["starter"]] == [
        "جون كيري هيمن"
    ]
    others = {name: [s._replace(suggester=name) for s in starter] for name in ("network", "stacked")}
    assert names.complete_proposals(text, {"starter": starter, **others}) == {"starter": starter, **others}


def test_proposals_without_the_starter_stay_as_they_are() -> None:
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", "LOC")
    text = "زار فهد أحمد إبراهيم المصنع"
    proposals = {"lexicon": suggestions(text, "PERS", "إبراهيم")}
    assert names.complete_proposals(text, proposals) is proposals
    more = names.complete_proposals(text, {**proposals, "starter": suggestions(text, "PERS", "إبراهيم")})
    assert more["lexicon"] == proposals["lexicon"]
    assert [one.span.of(text) for one in more["starter"]] == ["فهد أحمد إبراهيم"]


@pytest.mark.parametrize(
    ("text", "person", "title"),
    [
        ("قال الرئيس باراك أوباما أمس", "باراك أوباما", ["الرئيس"]),
        ("التقى بالرئيس باراك أوباما أمس", "باراك أوباما", ["الرئيس"]),
        ("رسالة للرئيس باراك أوباما أمس", "باراك أوباما", ["لرئيس"]),
        ("قال الرئيس: باراك أوباما هنا", "باراك أوباما", []),
        ("قال صديقي باراك أوباما أمس", "باراك أوباما", []),
        ("في مركز الملك عبد الله أمس", "عبد الله", []),
    ],
)
def test_a_title_before_a_person(text: str, person: str, title: list[str]) -> None:
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", "LOC", title="TITLE")
    found = names.complete_proposals(text, {"starter": suggestions(text, "PERS", person), "grammar": []})
    assert [one.span.of(text) for one in found["grammar"] if one.label == "TITLE"] == title


def test_a_title_within_a_name_is_none() -> None:
    text = "في جامعة الملك فهد بن سعود أمس"
    names = ArticleNames(read_gazetteer(resource("models", "starter")), ORDINARY, "PERS", "LOC", title="TITLE")
    university = suggestions(text, "ORG", "جامعة الملك فهد بن سعود")
    found = names.complete_proposals(text, {"starter": suggestions(text, "PERS", "فهد بن سعود"), "grammar": university})
    assert found["grammar"] == university
