"""Original texts and helpers for the tests of the article view."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.model.document import Document, Token, document_id
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.session import ReviewItem
from annotator.text.tokenizer import tokenize

TAGSET = Tagset(
    "test",
    (
        Label("LOC", {"ar": "مكان"}, {"light": "#1f7a3d", "dark": "#7fd69a"}),
        Label("ORG", {"ar": "منظمة"}, {"light": "#1f4e9a", "dark": "#8fb4f0"}),
    ),
)
SENTENCES = (
    "انتشرت القوات في كركوك وديالى وصلاح الدين، بحسب ما أعلنه مركز الإعلام الأمني أمس الخميس.",
    'BBC قالت إن طائرة F-16 حلّقت في 17 ابريل 2020 فوق "الموصل" (شمال العراق) عند 3.5 كم.',
    "قالَ المُتَحَدِّثُ: لأنّ الأمنَ لا يَتَجَزَّأ، فلا بدّ من التعـــاون الكامل",
    "١٧/٤/٢٠٢٠ «الأناضول» https://example.com/a?b=1 لِلْأَمْنِ 😀👩\u200d👧 نهاية",
    "محمد\u200cعلي\u200f (Reuters)\u00a0– 1,250 قتيلاً بنسبة 12% في باب المندب",
)


def make_document(text: str) -> Document:
    return Document(id=document_id(text), text=text)


def long_text(characters: int, *, paragraphs: bool = True) -> str:
    paragraph = " ".join(SENTENCES[:3]) + ("\n" if paragraphs else " ")
    return (paragraph * (characters // len(paragraph) + 1))[:characters]


def items_over(tokens: Sequence[Token], count: int) -> list[ReviewItem]:
    step = max(1, len(tokens) // count)
    items = []
    for number, token in enumerate(tokens[::step][:count]):
        suggested = number % 2 == 0
        items.append(ReviewItem(token.span, "LOC" if number % 3 else "ORG", suggested, f"key{number}", 0.8, "lexicon"))
    return items


def item(span: Span, label: str = "LOC", *, suggested: bool = True) -> ReviewItem:
    return ReviewItem(span, label, suggested, f"{span.start}:{span.end}:{label}", 0.9, "lexicon")


def words(text: str) -> list[Token]:
    return tokenize(text)
