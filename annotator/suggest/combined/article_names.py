"""Names that an article as a whole suggests: completed personal names, kunyas, and surnames of people named before.

A suggester reads word by word, and may end a name too early or begin it too late: علي [عبدالله صالح], [يوسف بن سليمان]
بن عبد الله. Here parts of one name that are adjacent are joined, and بن, آل, عبد and listed names next to it are added.
A title directly before a person is proposed as one (الرئيس), and a kunya (أبو سياف) as a name. With a full name, its
surname alone is one, too. A person or place that is suggested with no other label is suggested wherever else the
article names it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.model.document import Token
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.tagset.tagset import OUTSIDE
from annotator.suggest.combined.candidates import Proposals
from annotator.suggest.starter.gazetteer import Gazetteer, fold
from annotator.text.tokenizer import tokenize


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


GRAMMAR = "grammar"
LEXICON = "lexicon"
STARTER = "starter"
"""The suggester whose names are completed: it knows people, and reads word by word."""
_COMPLETED = frozenset((STARTER, GRAMMAR, LEXICON))
"""The suggesters of which persons are completed: the names of all others stay as proposed."""

_SON = _keys("بن ابن بنت")
_CLAN = _keys("آل أبو أبي أبا بو")
_KUNYA = _keys("أبو أبي أبا")
_PRONOUNS = _keys("هو هي هما هم هن")
_MOTHER = frozenset(("أم", "ام"))
_SERVANT = fold("عبد")
_GOD = fold("الله")
_BEFORE_GOD = _keys("بيت عباد رسول رضي حفظه حفظهم رحمه رحمهم سبيل كتاب شاء إذن بإذن دين شرع حدود")
"""Words with which الله is no name: بيت الله."""
PEOPLE = frozenset(("given", "given+", "family", "family+"))
"""The kinds of personal names in the gazetteer."""
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل")
_COMMON_NAMES = frozenset(("given+", "family+"))
_OFFICES = _keys(
    "شيخ رئيس مدير وزير قائد زعيم نائب سفير مستشار متحدث ناطق عضو والد والدة شقيق نجل محافظ "
    "وكيل مفتي ولي عريف رقيب ملازم نقيب عقيد عميد لواء فريق جندي"
)
"""Words that begin a description of a person, so that no name ends with them."""

_BEFORE_NAME = _keys(
    "السابق السابقة الأسبق الراحل الراحلة المخلوع المعزول المتقاعد القيادي القيادية الأخصائي الأخصائية الاختصاصي "
    "الاختصاصية المدعو المدعوة المعارض المعارضة"
)
"""Words that a name follows, other than the cue words of the gazetteer."""

_TITLES = _keys(
    "الرئيس الرئيسة الملك الملكة الأمير الأميرة الشيخ الشيخة الدكتور الدكتورة البروفيسور الوزير الوزيرة السفير "
    "السفيرة القنصل النائب النائبة السيناتور القاضي القاضية المهندس المهندسة المحامي المحامية المستشار المستشارة "
    "الحاكم المحافظ اللواء العميد العقيد المقدم الرائد النقيب الملازم الرقيب العريف الفريق المشير الجنرال الكولونيل "
    "الأدميرال البابا البطريرك المطران القس الإمام السلطان العاهل"
)
"""Words that are the title of the person named after them."""
_NAMED_AFTER = _keys(
    "جامعة كلية معهد مدرسة مركز مكتبة مؤسسة مدينة حي شارع طريق جسر ميناء مطار قاعدة معسكر لواء مستشفى مسجد جامع ملعب "
    "استاد مجمع قصر جائزة كأس مهرجان"
)
"""Words after which a title and a person are the name of something else."""

_FREQUENT, _RARE = 4, 2
"""Decades of frequency (see Gazetteer): from one in 10,000 words on, a word is no name by itself; up to a few in a
million, an unlisted word may be one."""
_FEWEST_LETTERS = 4
_SHORTEST_NISBA = 5

_TITLE_SCORE = 0.85
_TITLED_SCORE = 0.8
_KUNYA_SCORE = 0.75
_SURNAME = 0.85
_REPEATED = 0.9
"""What a surname or another place of a name is worth, as a share of the score of the name that it comes from."""

_LIKELY = 0.5
"""The score from which a personal name is completed."""
_SURE = 0.75
"""The score from which a name counts for other places of the article."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A personal name: its first token, the one after its last, where it begins in the text, and its score."""

    first: int
    end: int
    start: int
    score: float


class ArticleNames:
    """Completes personal names and adds further ones, with the starter's gazetteer."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        ordinary: Container[str],
        person: str | None,
        place: str | None = None,
        clitics: str = OUTSIDE,
        title: str | None = None,
    ) -> None:
        """Take the labels of people, places and titles in the tagset, None for one that it lacks, and its policy.

        ordinary has the folded words that are listed as names, but are mostly none in news.
        """
        self._gazetteer = gazetteer
        self._ordinary = ordinary
        self._person = person
        self._title = title
        self._repeated = frozenset((person, place))
        self._inside = clitics != OUTSIDE

    def complete_proposals(self, text: str, proposals: Proposals) -> Proposals:
        """Return the proposals with those of the starter and the persons of grammar and lexicon completed, and titles.

        Without the starter they are as they were. A person on whom two other suggesters agree is not completed.
        """
        if STARTER not in proposals:
            return proposals
        agreed = self._agreed(proposals)
        completed = {**proposals}
        for name in (GRAMMAR, LEXICON):
            if name in proposals:
                completed[name] = self.extend(text, tuple(proposals[name]))
        others = (s for name, found in completed.items() if name != STARTER for s in found)
        completed[STARTER] = self.complete(text, tuple(proposals[STARTER]), others)
        for name in _COMPLETED & proposals.keys() if agreed else ():
            completed[name] = self._as_agreed(completed[name], proposals[name], agreed)
        if GRAMMAR in completed and self._title is not None:
            every = [s for found in completed.values() for s in found]
            completed[GRAMMAR] = [*completed[GRAMMAR], *self.titles(text, every)]
        return completed

    def _agreed(self, proposals: Proposals) -> list[Span]:
        """Return the spans that two suggesters, whose names are not completed, think likely to be persons."""
        counts = Counter(
            s.span
            for name in proposals.keys() - _COMPLETED
            for s in proposals[name]
            if s.label == self._person and s.given >= _LIKELY
        )
        return [span for span, count in counts.items() if count > 1]

    def _as_agreed(
        self, completed: Iterable[Suggestion], proposed: Iterable[Suggestion], agreed: Sequence[Span]
    ) -> list[Suggestion]:
        """Return completed suggestions, with persons that overlap an agreed one only as they were proposed for it."""
        own = [s for s in proposed if s.label == self._person and s.span in agreed]
        rest = (s for s in completed if s.label != self._person or not any(map(s.span.overlaps, agreed)))
        return sorted((*rest, *own), key=lambda s: s.span)

    def titles(self, text: str, found: Sequence[Suggestion]) -> list[Suggestion]:
        """Return suggestions for the titles directly before people that are suggested, if nothing else has them."""
        people = {s.span: s for s in found if s.label == self._person and s.given >= _LIKELY}
        if not people or self._title is None:
            return []
        reader = _Reader(text, self._gazetteer, self._ordinary, found)
        return [
            person._replace(span=title, label=self._title, score=_TITLE_SCORE, suggester=GRAMMAR)
            for span, person in sorted(people.items())
            if (title := reader.title_before(span, inside=self._inside)) is not None
        ]

    def extend(self, text: str, found: Sequence[Suggestion]) -> list[Suggestion]:
        """Return suggestions in which each person's name goes on as far as the words after it are names."""
        people = [s for s in found if s.label == self._person]
        if not people:
            return list(found)
        reader = _Reader(text, self._gazetteer, self._ordinary, [s for s in found if s.label != self._person])
        rest = [s for s in found if s.label != self._person]
        return sorted((*rest, *(s._replace(span=reader.extended(s.span)) for s in people)), key=lambda s: s.span)

    def complete(self, text: str, found: Sequence[Suggestion], others: Iterable[Suggestion]) -> list[Suggestion]:
        """Return a suggester's suggestions with personal names completed and names added, by start.

        others has the suggestions of other suggesters for the same text.
        """
        every = [*found, *others]
        if not every:
            return []
        reader = _Reader(text, self._gazetteer, self._ordinary, [s for s in every if s.label != self._person])
        people = [s for s in found if s.label == self._person and s.given >= _LIKELY]
        completed = [s for s in found if s not in people]
        pattern = (people or every)[0]
        if self._person is not None:
            names = reader.merged(name for s in people for name in reader.completed(s))
            names += [name for name in reader.titled() if not _overlaps(name, names)]
            names += [name for name in reader.kunyas() if not _overlaps(name, names)]
            names += [name for name in reader.surnames(names) if not _overlaps(name, names)]
            completed += [
                pattern._replace(
                    span=Span(
                        reader.tokens[name.first].start if self._inside else name.start, reader.tokens[name.end - 1].end
                    ),
                    label=self._person,
                    score=round(name.score, 4),
                    suggester=found[0].suggester if found else pattern.suggester,
                )
                for name in names
            ]
        completed += (s for s in reader.repeated([*completed, *others], pattern) if s.label in self._repeated)
        return sorted(completed, key=lambda s: s.span)


class _Reader:
    """One article: its tokens and what is known about each."""

    def __init__(self, text: str, gazetteer: Gazetteer, ordinary: Container[str], named: Iterable[Suggestion]) -> None:
        """Named has the suggestions that are no people."""
        self.tokens: list[Token] = tokenize(text)
        self._text = text
        self._gazetteer = gazetteer
        self._ordinary = ordinary
        self._starts = [token.start for token in self.tokens]
        self._keys = [fold(token.text) for token in self.tokens]
        self._named: set[int] = set()
        for suggestion in named:
            self._named.update(range(*self._range(suggestion.span)))
        self._writes_on = any(token.text == "على" for token in self.tokens)

    def completed(self, suggestion: Suggestion) -> Iterator[_Name]:
        """Yield a suggested person with the words added or removed that belong to the name or do not."""
        first, end = self._range(suggestion.span)
        start = suggestion.span.start
        while end - first > 1 and self._is_no_beginning(first):
            first += 1
            start = self.tokens[first].start
        if end - first > 1 and self._keys[end - 1] in _OFFICES:
            end -= 1
        while end - first > 1 and self._keys[first].removeprefix("ال") in _OFFICES:
            first += 1
            start = self.tokens[first].start
        if end - first == 1 and self._keys[first].removeprefix("ال") in _OFFICES:
            return
        if self._keys[end - 1] == _GOD and self._keys[first] in _BEFORE_GOD:
            return
        if self._begins(first, start):
            first, start = self._left(first)
        if self._keys[end - 1] in _CLAN and self._joined(end) and self._is_word(end):
            end += 1
        end = self._right(end)
        score = suggestion.given
        if end - first > 1 and start == self._starts[first] and first and self._is_titled(first):
            score = max(score, _TITLED_SCORE)
        yield _Name(first, end, start, score)

    def extended(self, span: Span) -> Span:
        """Return the span of a person's name with the words after it that belong to the name."""
        _, end = self._range(span)
        return Span(span.start, max(span.end, self.tokens[self._right(end) - 1].end))

    def merged(self, names: Iterable[_Name]) -> list[_Name]:
        """Return the names by start, those that overlap or are adjacent as one."""
        kept: list[_Name] = []
        for name in sorted(names, key=lambda name: (name.first, -name.end)):
            last = kept[-1] if kept else None
            if last is not None and (name.first < last.end or self._goes_on(last, name)):
                kept[-1] = _Name(last.first, max(last.end, name.end), last.start, max(last.score, name.score))
            else:
                kept.append(name)
        return kept

    def _is_no_beginning(self, number: int) -> bool:
        """Return True for what is before the name proper: a mark, a pronoun, ابن of ابن عم."""
        key = self._keys[number]
        return not key.isalpha() or key in _PRONOUNS or (key in _SON and not self._goes_on_as_lineage(number))

    def _goes_on_as_lineage(self, number: int) -> bool:
        """Return True if a name can follow بن: it is no frequent word, as in ابن عم المغدور."""
        return number + 1 < len(self.tokens) and (
            self._keys[number] != "ابن"
            or self._is_name(number + 1)
            or self._is_listed(number + 1)
            or self._gazetteer.frequency.get(self._keys[number + 1], 0) < _FREQUENT - 1
        )

    def titled(self) -> Iterator[_Name]:
        """Yield names of two listed words and more after a title or a colon: العريف: مشعل علي."""
        for i in range(1, len(self.tokens) - 1):
            before = self._text[max(0, self.tokens[i].start - 2) : self.tokens[i].start]
            titled = before == ": " or self._is_titled(i)
            if titled and i not in self._named and (self._is_name(i) or self._is_common_name(i)):
                end = self._right(i + 1)
                if end == i + 1 and before != ": " and self._joined(end) and self._is_rare(end):
                    end += 1
                if end - i > 1:
                    yield _Name(i, end, self._starts[i], _TITLED_SCORE)

    def title_before(self, span: Span, *, inside: bool) -> Span | None:
        """Return the title directly before a person, None if there is none or it is within a name."""
        first, _ = self._range(span)
        if not self._joined(first) or first - 1 in self._named or span.start != self._starts[first]:
            return None
        if first > 1 and self._gazetteer.stem(self._keys[first - 2]) in _NAMED_AFTER:
            return None
        token, key = self.tokens[first - 1], self._keys[first - 1]
        for clitic, hidden in (("", ""), ("و", ""), ("ف", ""), ("ب", ""), ("ل", "ا")):
            if key.startswith(clitic) and hidden + key[len(clitic) :] in _TITLES:
                return Span(token.start if inside else token.start + len(clitic), token.end)
        return None

    def _goes_on(self, last: _Name, name: _Name) -> bool:
        """Return True if only a space is between two names."""
        return name.first == last.end and self._joined(last.end) and self._begins(name.first, name.start)

    def _begins(self, first: int, start: int) -> bool:
        """Return True if no clitic is before a name, whether it is in the span or not."""
        return start == self._starts[first] and self._gazetteer.stem(self._keys[first]) == self._keys[first]

    def kunyas(self) -> Iterator[_Name]:
        """Yield the kunyas: أبو or أم and a word that is not known as part of another name."""
        for i, token in enumerate(self.tokens[:-1]):
            key = self._gazetteer.stem(self._keys[i])
            if key not in _KUNYA and token.text not in _MOTHER:
                continue
            if {i, i + 1} & self._named or not self._joined(i + 1) or not self._is_word(i + 1):
                continue
            frequency = self._gazetteer.frequency.get(self._keys[i + 1], 0)
            if frequency < _FREQUENT or (token.text not in _MOTHER and self._is_listed(i + 1)):
                yield _Name(i, self._right(i + 2), token.end - len(key), _KUNYA_SCORE)

    def surnames(self, names: Sequence[_Name]) -> Iterator[_Name]:
        """Yield the places of the surnames of full names, also before these, as in a headline."""
        scores: dict[str, float] = {}
        for name in names:
            key = self._keys[name.end - 1]
            if name.end - name.first > 1 and name.score >= _SURE and self._is_telling(key):
                scores.setdefault(key, name.score)
        for i, own in enumerate(self._keys):
            for length in (0, 1) if own[:1] in ("و", "ف", "ب", "ل") else (0,):
                score = scores.get(own[length:])
                if score is not None and i not in self._named:
                    yield _Name(i, i + 1, self._starts[i] + length, score * _SURNAME)
                    break

    def repeated(self, suggestions: Iterable[Suggestion], pattern: Suggestion) -> Iterator[Suggestion]:
        """Yield suggestions for other places of names that are suggested with one label only."""
        labels: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        covered: set[int] = set()
        for s in suggestions:
            first, end = self._range(s.span)
            covered.update(range(first, end))
            if s.span.start == self._starts[first]:
                own = labels[tuple(self._keys[first:end])]
                own[s.label] = max(own.get(s.label, 0.0), s.given)
        telling: dict[str, list[tuple[tuple[str, ...], str, float]]] = defaultdict(list)
        for keys, scores in labels.items():
            ((label, score), *rest) = scores.items()
            if not rest and score >= _SURE and (len(keys) > 1 or self._is_telling(keys[0])):
                telling[keys[0]].append((keys, label, score))
        for i, key in enumerate(self._keys):
            for keys, label, score in sorted(telling.get(key, ()), key=lambda item: -len(item[0])):
                end = i + len(keys)
                if tuple(self._keys[i:end]) == keys and covered.isdisjoint(range(i, end)):
                    covered.update(range(i, end))
                    span = Span(self._starts[i], self.tokens[end - 1].end)
                    yield pattern._replace(span=span, label=label, score=round(score * _REPEATED, 4))

    def _left(self, first: int) -> tuple[int, int]:
        """Return the first token of the name to which a token belongs, and where the name begins in the text."""
        start = self._starts[first]
        while first and self._joined(first) and first - 1 not in self._named:
            key, token = self._keys[first - 1], self.tokens[first - 1]
            if key in _SON and first > 1 and self._joined(first - 1) and self._is_name(first - 2):
                first -= 2
            elif (
                key in _CLAN
                or key == _SERVANT
                or (self._is_name(first - 1) and not key.startswith("ال"))
                or (self._is_listed(first - 1) and self._is_rare(first - 1))
                or self._is_between(first - 1)
            ):
                first -= 1
            else:
                if token.text.startswith("و") and self._names_people(key[1:]) and not self._names_people(key):
                    return first - 1, token.start + 1
                break
            start = self._starts[first]
        return first, start

    def _right(self, end: int) -> int:
        """Return the end of the name that goes on after a token."""
        lineage = False
        while self._joined(end):
            key = self._keys[end]
            if (
                (key in _SON or key in _CLAN or key == _SERVANT)
                and self._joined(end + 1)
                and self._is_word(end + 1)
                and self._goes_on_as_lineage(end)
            ):
                end += 1 if self._keys[end + 1] in _CLAN or self._keys[end + 1] == _SERVANT else 2
                lineage = True
            elif end not in self._named and (
                self._is_name(end) or self._is_nisba(end) or (lineage and self._is_family(key))
            ):
                end += 1
            elif (
                self._is_rare(end)
                and self._joined(end + 1)
                and end + 1 not in self._named
                and (self._is_name(end + 1) or self._is_nisba(end + 1))
            ):
                end += 2
            else:
                break
        return end

    def _joined(self, number: int) -> bool:
        """Return True if only a space separates a token from the one before."""
        return 0 < number < len(self.tokens) and self._text[self.tokens[number - 1].end : self._starts[number]] in (
            " ",
            "\u00a0",
        )

    def _is_word(self, number: int) -> bool:
        return self._keys[number].isalpha() and len(self._keys[number]) > 1

    def _is_name(self, number: int) -> bool:
        """Return True if a word is a personal name where one is expected.

        علي is one after another name, or if the article writes على otherwise.
        """
        if self.tokens[number].text == "علي":
            return self._writes_on or (
                self._joined(number) and (self._names_people(self._keys[number - 1]) or self._is_titled(number))
            )
        return self._names_people(self._keys[number])

    def _names_people(self, key: str) -> bool:
        kinds = PEOPLE.intersection(self._gazetteer.words.get(key, ()))
        if not kinds or key in self._gazetteer.cues or key in _OFFICES | _PRONOUNS or key in self._ordinary:
            return False
        return self._gazetteer.frequency.get(key, 0) < _FREQUENT + (1 if kinds & _COMMON_NAMES else -2)

    def _is_titled(self, number: int) -> bool:
        """Return True if the word before is one that a person's name follows."""
        return self._joined(number) and ("person" in self._cues(number - 1) or self._keys[number - 1] in _BEFORE_NAME)

    def _is_common_name(self, number: int) -> bool:
        """Return True if many people bear a name, however frequent the word is."""
        key = self._keys[number]
        return key not in self._ordinary and not _COMMON_NAMES.isdisjoint(self._gazetteer.words.get(key, ()))

    def _is_between(self, number: int) -> bool:
        """Return True if a rare word before a name follows another name or a title."""
        return (
            self._is_rare(number)
            and self._joined(number)
            and (self._is_name(number - 1) or ("person" in self._cues(number - 1) and self._is_definite(number - 1)))
        )

    def _is_rare(self, number: int) -> bool:
        """Return True if a word is so rare that it may be a name between names."""
        key = self._keys[number]
        return (
            number not in self._named
            and self._is_word(number)
            and not key.startswith(_ARTICLES)
            and not key.endswith("ا")
            and key not in self._ordinary
            and self._gazetteer.stem(key) == key
            and self._gazetteer.frequency.get(key, 0) <= _RARE
            and key not in _OFFICES
            and not self._gazetteer.cues.get(key)
        )

    def _is_definite(self, number: int) -> bool:
        return self._keys[number].startswith(_ARTICLES)

    def _cues(self, number: int) -> tuple[str, ...]:
        return self._gazetteer.cues.get(self._keys[number], ())

    def _is_listed(self, number: int) -> bool:
        return not PEOPLE.isdisjoint(self._gazetteer.words.get(self._keys[number], ()))

    def _is_nisba(self, number: int) -> bool:
        """Return True if a word has the form of a surname (الشهراني, عسيري), and is no frequent word.

        Nationalities have the same form, and are not taken for surnames.
        """
        key = self._keys[number]
        if not self._is_telling(key, _FREQUENT) or not self.tokens[number].text.endswith("ي"):
            return False
        if key.startswith("ال"):
            return len(key) >= _SHORTEST_NISBA + 1
        governs = self._joined(number + 1) and self._is_definite(number + 1)  # موفدي الأمم
        return len(key) >= _SHORTEST_NISBA and self._is_rare(number) and not governs

    def _is_family(self, key: str) -> bool:
        """Return True if a word is a personal name with an article, as in محمد بن سليمان السليمان."""
        return key.startswith("ال") and self._is_telling(key) and self._names_people(key[2:])

    def _is_telling(self, key: str, limit: int = _RARE + 1) -> bool:
        """Return True if a word is a name wherever the article has it: a listed one, or one rarer than the limit."""
        gazetteer = self._gazetteer
        kinds = gazetteer.words.get(key, ())
        if not PEOPLE.isdisjoint(kinds):
            limit = _FREQUENT
        return (
            len(key) >= _FEWEST_LETTERS
            and key.isalpha()
            and gazetteer.frequency.get(key, 0) < limit
            and "nationality" not in kinds
            and key not in gazetteer.cues
            and key not in self._ordinary
        )

    def _range(self, span: Span) -> tuple[int, int]:
        """Return the numbers of the first token of a span and of the one after its last."""
        first = bisect_left(self._starts, span.start + 1) - 1
        return max(first, 0), bisect_left(self._starts, span.end)


def _overlaps(name: _Name, others: Iterable[_Name]) -> bool:
    return any(name.first < other.end and other.first < name.end for other in others)
