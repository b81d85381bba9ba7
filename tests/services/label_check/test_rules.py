"""What each rule of the check finds, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.domain.label_check.case import CaseKind, LabelRule
from annotator.domain.model.place import GOLD
from annotator.services.label_check.check import KINDS, CheckRequest, check_labels
from annotator.services.search.match import PatternError
from annotator.session import Session
from tests.services.label_check.projects import ME, OTHER, add, cases, make_project, places

_MANY = [f"في اليوم {day} وصل الوفد إلى [LOC الموصل] ثم غادر [LOC الموصل] ليلاً." for day in range(9)]
"""Articles in which a name is labelled throughout."""

FOUND: dict[CaseKind, tuple[Sequence[str], list[tuple[str, str, str]]]] = {
    CaseKind.MISSED: ([*_MANY, "وشهدت الموصل هدوءاً."], [("الموصل", "", "LOC الموصل")]),
    CaseKind.EXTRA: (
        [*(f"قال مصدر في المدينة رقم {n}." for n in range(9)), "غادر [LOC المدينة] فجراً."],
        [("المدينة", "LOC", "")],
    ),
    CaseKind.CLITIC: ([*_MANY, "قرب [LOC كركوك] وب[LOC الموصل] جنود، و[LOC كركوك]", "سار [LOC بكركوك] ركب"], []),
    CaseKind.TITLE: (
        [*(f"قال العميد [PERS سالم {n}]." for n in "أبتثجحخ"), "وصل [PERS العميد سالم د] فجراً."],
        [("العميد سالم د", "PERS", "PERS سالم د")],
    ),
    CaseKind.KIND_WORD: (
        [*(f"وصل إلى مدينة [LOC حمص] في {n} آذار." for n in range(8)), "في [LOC مدينة حمص] هدوء."],
        [("مدينة حمص", "LOC", "LOC حمص")],
    ),
    CaseKind.QUOTATION: (
        [*(f'نقلت "[MEDIA صدى {n}]" الخبر.' for n in "أبتثجحخ"), 'وذكرت [MEDIA "الغد"] ذلك.'],
        [('"الغد"', "MEDIA", "MEDIA الغد")],
    ),
    CaseKind.EDGE: (
        ["غادر [LOC دمشق ]صباحاً.", "زار [LOC حم]ص.", "حركة [ARMED حماس (غزة)]، وقال [PERS طارق م.] ذلك"],
        [("دمشق ", "LOC", "LOC دمشق"), ("حم", "LOC", "LOC حمص")],
    ),
    CaseKind.SINGLE: ([*_MANY * 1, *(f"[LOC أ{n}] " * 5 for n in range(9)), "[MISC حلب]"], [("حلب", "MISC", "")]),
    CaseKind.COUNTER_EXAMPLE: (
        ["وسلّمت [ORG الوزارة] الوثائق.", "نشرت [MEDIA فيسبوك] صوراً"],
        [("الوزارة", "ORG", ""), ("فيسبوك", "MEDIA", "PLATFORM فيسبوك")],
    ),
}


@pytest.mark.parametrize("kind", FOUND, ids=lambda kind: kind.value)
def test_a_rule_finds_its_slip_and_no_other(kind: CaseKind, tmp_path: Path) -> None:
    texts, wanted = FOUND[kind]
    with make_project(tmp_path / "p.annot", texts) as project:
        found = [place for case in cases(project, kind) for place in places(case, project)]
        if kind is CaseKind.CLITIC:
            assert found == [("بكركوك", "LOC", "LOC كركوك")]
        else:
            assert sorted(found) == sorted(wanted)


def test_a_word_that_looks_like_its_lemma_without_hamza_is_another_word(tmp_path: Path) -> None:
    texts = ["تحدث [TITLE إمام] المسجد.", *(f"وقف أمام الباب {n}." for n in range(9))]
    with make_project(tmp_path / "p.annot", texts) as project:
        assert cases(project, CaseKind.EXTRA, CaseKind.MISSED) == []


def test_the_rules_of_the_project_are_checked(tmp_path: Path) -> None:
    texts = [
        "تبنى [ORG تنظيم القاعدة] الهجوم وتنظيم القاعدة",
        "نفت [MEDIA وسائل إعلام محلية] ذلك، [ARMED تنظيم القاعدة]",
    ]
    with make_project(tmp_path / "p.annot", texts) as project:
        session = Session(project, ME)
        for rule in (LabelRule("a", "تنظيم القاعدة", "ARMED"), LabelRule("b", "وسائل إعلام \\w+")):
            session.change_rule(rule)
        first, second = cases(project, CaseKind.RULE)
        assert (first.name, first.agreeing) == ("تنظيم القاعدة", 1)
        assert places(first, project) == [
            ("تنظيم القاعدة", "ORG", "ARMED تنظيم القاعدة"),
            ("تنظيم القاعدة", "", "ARMED تنظيم القاعدة"),
        ]
        assert places(second, project) == [("وسائل إعلام محلية", "MEDIA", "")]
        session.undo()
        assert [case.name for case in cases(project, CaseKind.RULE)] == ["تنظيم القاعدة"]
        session.change_rule(LabelRule("c", "("))
        with pytest.raises(PatternError):
            cases(project, CaseKind.RULE)


def test_only_finished_articles_of_the_annotator_are_checked(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", _MANY) as project:
        add(project, "مرّ بـ[ORG الموصل] بعد الظهر", OTHER)
        add(project, "عاد إلى [ORG الموصل] في المساء", done=False)
        result = check_labels(project, CheckRequest(ME.id, KINDS))
        assert (result.documents, result.unfinished, list(result.cases)) == (9, 1, [])
        result = check_labels(project, CheckRequest(ME.id, include_unfinished=True))
        assert (result.documents, [case.kind for case in result.cases]) == (10, [CaseKind.LABELS])
        assert check_labels(project, CheckRequest(OTHER.id)).documents == 1
        assert check_labels(project, CheckRequest(GOLD)).documents == 0
        assert check_labels(project, CheckRequest("nobody")).documents == 0


@pytest.mark.long
def test_a_model_that_has_not_seen_an_article_finds_its_slip(tmp_path: Path) -> None:
    from tests.benchmarks.label_slips import corpora

    _, read = corpora()["original"]
    articles = read()[:60]
    with make_project(tmp_path / "p.annot", ()) as project:
        for article in articles:
            text, at = "", 0
            for span, label in article.labelled:
                wrong = "ATTACK" if label == "DATE" and article is articles[0] else label
                text += article.document.text[at : span.start] + f"[{wrong} {span.of(article.document.text)}]"
                at = span.end
            add(project, text + article.document.text[at:])
        found = cases(project, CaseKind.MODEL)
        assert any(case.labels == ("DATE", "ATTACK") for case in found)
