"""Sentences lose nothing and end where a reader would stop."""

from __future__ import annotations

import pytest
from hypothesis import given

from annotator.text.characters import LINE_END
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize
from tests.text.strategies import any_texts


def sentences(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in split_sentences(text)]


@given(any_texts)
def test_sentences_cover_every_character_but_spaces_and_are_made_of_whole_tokens(text: str) -> None:
    tokens = tokenize(text)
    starts, ends = {t.span.start for t in tokens}, {t.span.end for t in tokens}
    covered: list[int] = []
    for sentence in split_sentences(text, tokens):
        assert sentence.span.start in starts and sentence.span.end in ends
        assert not LINE_END.search(sentence.span.of(text))
        covered.extend(i for i in range(sentence.span.start, sentence.span.end) if not text[i].isspace())
    assert covered == [i for i, char in enumerate(text) if not char.isspace()]


@given(any_texts)
def test_tokens_given_or_not_make_no_difference(text: str) -> None:
    assert split_sentences(text, tokenize(text)) == split_sentences(text)


@pytest.mark.parametrize(
    "expected",
    [
        ["انتهى الهجوم.", "وأضاف المسؤول:", "نعم"],
        ["هل تأتي؟", "نعم!", "ربما…", "لا"],
        ["ارتفع العدد 3.5 في المئة.", "ثم نزل ٣٫٥."],
        ["نشر على www.example.org/a.b أمس.", "وحذف."],
        ["قال د. محمد علي إن م. أحمد غاب.", "وحضر أ.د. سعيد."],
        ["العنوان ص.ب. 123 بغداد.", "انتهى"],
        ["زار الـU.S. أمس."],
        ["عام 1990 م.", "وفي عام 1991 م."],
        ["لم يعد...", "وسكت"],
        ["السعودية.. مقتل ثلاثة.", "انتهى"],
        ["1. القوات العراقية.", "2. القوات الأخرى."],
        ["قال (!) ذلك.", "وسأل (؟) عنه."],
        ['قال "جاء الجيش. ثم ذهب. وانتهى الأمر" وسكت.', "وانصرف."],
        ['وسأل: "هل تأتي؟".', "وقال «ستة. سبعة.»", "ثم مضى."],
        ["وأضاف (بيان رقم 3. الصادر أمس) ذلك.", "نعم"],
        ['قال لـ"العربي الجديد"، إن "القوات. تقدمت".', "نعم"],
        ['قال "داعش". ', "وهاجم"],
        ["كتب “نعم. لا.”", "ومضى."],
    ],
)
def test_a_line_of_sentences_is_cut_where_it_should_be(expected: list[str]) -> None:
    assert sentences(" ".join(s.strip() for s in expected)) == _told_apart([s.strip() for s in expected])


def _told_apart(expected: list[str]) -> list[str]:
    """A colon ends nothing: what follows one belongs to the same sentence."""
    joined: list[str] = []
    for sentence in expected:
        if joined and joined[-1].endswith(":"):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return joined


def test_a_full_stop_without_a_space_behind_it_ends_a_sentence() -> None:
    assert sentences("انتهى الهجوم.وأضاف المسؤول") == ["انتهى الهجوم.", "وأضاف المسؤول"]


def test_an_unbalanced_quotation_does_not_swallow_the_rest() -> None:
    assert sentences('"لم يغلق. ثانية.\nثالثة. "رابعة. خامسة"') == [
        '"لم يغلق.',
        "ثانية.",
        "ثالثة.",
        '"رابعة. خامسة"',
    ]
    assert sentences("«لم يغلق. ثانية. (ثالثة. رابعة") == ["«لم يغلق.", "ثانية.", "(ثالثة.", "رابعة"]


@pytest.mark.parametrize("end", ["\n", "\n\n", "\u2028", "\u2029", "\x85", "\r\n", "\v"])
def test_every_kind_of_line_end_closes_a_sentence_even_inside_a_quotation(end: str) -> None:
    assert sentences(f'"أول{end}ثان"') == ['"أول', 'ثان"']


def test_empty_and_blank_texts_have_no_sentences() -> None:
    assert split_sentences("") == split_sentences(" \n\u00a0") == []
