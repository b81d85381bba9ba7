"""Plant slips in a labelled corpus and see where the check of labels ranks them: python -m tests.benchmarks.label_slips

The corpora are the first 300 articles in tests/data/security_articles and, if they are there, the development set of
ANERcorp and Wojood's public sample. 50 slips of 8 kinds are planted at random places, with a seed. A place that the
check reports is a hit if it overlaps a planted slip. Everything else that it reports counts as a false alarm, although
some of it are slips of the corpus itself. Hits among the first places are compared with the same places in random
order, and with reading the annotations in random order.

--show 30 prints the first cases of the corpus as it is, to be judged by hand. --copies 67 measures the speed on that
many copies of the corpus, each article with another last line.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.label_check.case import Case, CaseKind, CasePlace
from annotator.domain.model.annotation import Annotation, Annotator, Origin, OriginKind
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.label_map import LabelMap
from annotator.domain.model.span import Span
from annotator.services.evaluation.gold import read_gold
from annotator.services.label_check.boundaries import kind_words, titles
from annotator.services.label_check.check import KINDS, CheckRequest, LabelCheck, check_labels
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.context import context
from annotator.text.normalise import normalise_key
from tests.benchmarks.security_scores import original_articles
from tests.conftest import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
ME = Annotator("1" * 32, "سلمى")
SLIPS = 50
FIRST = (10, 25, 50, 100)
_COMMON = {"security": "المصدر الأمني", "camel": "المدينة", "wojood": "الناس"}
"""A common noun that is labelled as if it were a name."""

Labelled = tuple[Span, str]


@dataclass(frozen=True, slots=True)
class Article:
    """An article and its annotations by start."""

    document: Document
    labelled: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A planted slip: where it is, and of which kind."""

    document: str
    span: Span
    kind: str


def corpora() -> dict[str, tuple[str, Callable[[], list[Article]]]]:
    """Return the tagset and the reader of each corpus, by name."""
    return {
        "original": (
            "security",
            lambda: [Article(a.document, tuple(sorted(a.spans))) for a in original_articles()[:300]],
        ),
        "anercorp-dev": ("camel", lambda: _gold(CORPORA / "anercorp-dev" / "anercorp-dev.conll")),
        "wojood-sample": ("wojood", lambda: _gold(CORPORA / "wojood-sample" / "train.txt")),
    }


def _gold(path: Path) -> list[Article]:
    read = read_gold(path, LabelMap(), "conll").documents
    return [Article(d.document, tuple(sorted((a.span, a.label) for a in d.annotations))) for d in read]


def plant(articles: Sequence[Article], tagset: str, seed: int) -> tuple[list[Article], list[Slip]]:
    """Return articles with SLIPS slips, at most one for each annotation, and where they are."""
    rng = random.Random(seed)
    held = {a.document.id: list(a.labelled) for a in articles}
    texts = {a.document.id: a.document.text for a in articles}
    labels = sorted({label for a in articles for _, label in a.labelled})
    names = Counter(normalise_key(span.of(a.document.text)) for a in articles for span, _ in a.labelled)
    places = [(a.document.id, item) for a in articles for item in a.labelled]
    rng.shuffle(places)
    makers = _makers(rng, labels, names, _COMMON[tagset])
    wanted = [list(makers)[i % len(makers)] for i in range(SLIPS)]
    slips: list[Slip] = []
    touched: set[tuple[str, Labelled]] = set()
    for kind in wanted:
        for document, item in places:
            if (document, item) in touched or item not in held[document]:
                continue
            made = makers[kind](texts[document], item, held[document])
            if made is None:
                continue
            old, new = made
            others = [each for each in held[document] if each != old]
            if new and any(new[0].overlaps(span) for span, _ in others if not new[0].covers(span)):
                continue
            held[document] = sorted([*others, new] if new else others)
            touched |= {(document, item), *([(document, new)] if new else [])}
            slips.append(Slip(document, (new or item)[0], kind))
            break
    return [Article(a.document, tuple(held[a.document.id])) for a in articles], slips


Made = tuple[Labelled | None, Labelled | None]
"""The annotation that goes, and the one that comes."""


def _makers(
    rng: random.Random, labels: Sequence[str], names: Counter[str], common: str
) -> dict[str, Callable[[str, Labelled, Sequence[Labelled]], Made | None]]:
    """Return what makes a slip of each kind from an annotation; None if it does not fit."""

    def before(text: str, span: Span, allowed: Callable[[str], bool]) -> Span | None:
        words = text[: span.start].split(" ")
        word = words[-2] if len(words) > 1 and not words[-1] else ""
        key = normalise_key(word)
        return Span(span.start - 1 - len(word), span.end) if word and "\n" not in word and allowed(key) else None

    def relabelled(_: str, item: Labelled, __: Sequence[Labelled]) -> Made | None:
        return item, (item[0], rng.choice([label for label in labels if label != item[1]]))

    def removed(text: str, item: Labelled, _: Sequence[Labelled]) -> Made | None:
        return (item, None) if names[normalise_key(item[0].of(text))] > 2 else None

    def clitic(text: str, item: Labelled, _: Sequence[Labelled]) -> Made | None:
        start, end = item[0]
        fits = start and text[start - 1] in "وبلف" and (start < 2 or not text[start - 2].isalnum())
        return (item, (Span(start - 1, end), item[1])) if fits else None

    def title(text: str, item: Labelled, _: Sequence[Labelled]) -> Made | None:
        span = before(text, item[0], lambda key: key in titles()) if item[1] == "PERS" else None
        return (item, (span, item[1])) if span else None

    def kind_word(text: str, item: Labelled, _: Sequence[Labelled]) -> Made | None:
        span = before(text, item[0], lambda key: key in kind_words()) if item[1] in ("LOC", "GPE") else None
        return (item, (span, item[1])) if span else None

    def quotation(text: str, item: Labelled, _: Sequence[Labelled]) -> Made | None:
        start, end = item[0]
        fits = start and text[start - 1] in '"«“' and text[end : end + 1] in ('"', "»", "”")
        return (item, (Span(start - 1, end + 1), item[1])) if fits else None

    def edge(text: str, item: Labelled, _: Sequence[Labelled]) -> Made | None:
        start, end = item[0]
        return (item, (Span(start, end + 1), item[1])) if text[end : end + 1] in (" ", "،", ".", ",") else None

    def common_noun(text: str, item: Labelled, held: Sequence[Labelled]) -> Made | None:
        found = text.find(common.split()[0])
        if found < 0 or any(span.overlaps(Span(found, found + len(common))) for span, _ in held):
            return None
        return None, (Span(found, found + len(common.split()[0])), item[1])

    return {
        "relabelled": relabelled,
        "removed": removed,
        "clitic": clitic,
        "title": title,
        "kind word": kind_word,
        "quotation": quotation,
        "edge": edge,
        "common noun": common_noun,
    }


def write_project(path: Path, articles: Iterable[Article], tagset: str) -> None:
    """Make a project of articles, all finished by one annotator."""
    with Project.create(path, load_tagset(tagset), founder=ME) as project, project.bulk_writing():
        edits = []
        with project.transaction():
            for article in articles:
                project.documents.add(article.document)
                edits.append(_edit(article))
        for start in range(0, len(edits), 500):
            project.log.append_many(edits[start : start + 500])


def _edit(article: Article) -> Edit:
    name = article.document.id
    writes = [Write(name, CellKind.STATUS, "", None, {"status": "done"})]
    for number, (span, label) in enumerate(article.labelled):
        value = Annotation("", span, label, ME.id, Origin(OriginKind.IMPORTED)).to_value()
        writes.append(Write(name, CellKind.ANNOTATION, f"{name[:12]}{number:08}", None, value))
    return Edit("", ME.id, name, EditKind.IMPORT, tuple(writes))


def check(articles: Sequence[Article], tagset: str, kinds: frozenset[CaseKind] = KINDS) -> tuple[LabelCheck, float]:
    """Return what the check finds in articles, and the seconds that it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.annot"
        write_project(path, articles, tagset)
        with Project.open(path) as project:
            began = time.perf_counter()
            found = check_labels(project, CheckRequest(ME.id, kinds, nice=0))
            return found, time.perf_counter() - began


def _flat(cases: Iterable[Case]) -> Iterator[tuple[Case, CasePlace]]:
    """Yield each place once, in the order of its first case."""
    seen: set[tuple[str, Span]] = set()
    for case in cases:
        for place in case.places:
            if (place.document, place.span) not in seen:
                seen.add((place.document, place.span))
                yield case, place


def _hit(place: CasePlace, slips: Sequence[Slip]) -> Slip | None:
    return next((s for s in slips if s.document == place.document and s.span.overlaps(place.span)), None)


def measure(name: str, articles: Sequence[Article], tagset: str, seed: int, kinds: frozenset[CaseKind]) -> None:
    """Print what is found of planted slips."""
    planted, slips = plant(articles, tagset, seed)
    result, seconds = check(planted, tagset, kinds)
    places = [place for _, place in _flat(result.cases)]
    hits = [_hit(place, slips) for place in places]
    found = {slip for slip in hits if slip}
    first: dict[Slip, int] = {}
    for rank, slip in enumerate(hits, 1):
        if slip:
            first.setdefault(slip, rank)
    total = sum(len(a.labelled) for a in planted)
    print(f"\n{name}: {len(articles)} articles, {total} annotations, seed {seed}, {seconds:.1f} s")
    print(f"cases {len(result.cases)}, places {len(places)}, slips found {len(found)} of {len(slips)}, ", end="")
    print(f"false alarms {sum(slip is None for slip in hits)}")
    by_kind, planted_kinds = Counter(s.kind for s in found), Counter(s.kind for s in slips)
    print("found by kind: " + ", ".join(f"{kind} {by_kind[kind]}/{count}" for kind, count in planted_kinds.items()))
    print("ranks of the first five hits: " + ", ".join(map(str, sorted(first.values())[:5])))
    for most in FIRST:
        ranked_hits = len({slip for slip in hits[:most] if slip})
        shuffled = len(found) * min(1.0, most / max(1, len(places)))
        reading = len(slips) * most / total
        print(f"among the first {most}: {ranked_hits}; the same places shuffled {shuffled:.1f}; reading {reading:.1f}")


def show(articles: Sequence[Article], tagset: str, most: int, kinds: frozenset[CaseKind]) -> None:
    """Print the first cases of a corpus as it is."""
    texts = {a.document.id: a.document.text for a in articles}
    result, seconds = check(articles, tagset, kinds)
    print(f"{len(result.cases)} cases, {seconds:.1f} s: {dict(Counter(c.kind.value for c in result.cases))}")
    for number, case in enumerate(result.cases[:most], 1):
        head = f"{number}. {case.kind.value} {case.score:.2f} {' '.join(case.labels)} [{case.name}]"
        print(f"{head} places {len(case.places)} agreeing {case.agreeing}")
        for place in case.places[:3]:
            line = context(texts[place.document], place.span, 45)
            at = line.keyword
            marked = f"{line.line[: at.start]}[{line.word}]{line.line[at.end :]}" if at else line.line
            fix = place.fix
            wanted = f"{fix.label} «{fix.span.of(texts[place.document])}»" if fix and fix.label else "nothing"
            print(f"    {place.label or '-'} -> {wanted}: {marked}")
        for example in case.examples[:2]:
            line = context(texts[example.document], example.span, 30)
            at = line.keyword
            marked = f"{line.line[: at.start]}[{line.word}]{line.line[at.end :]}" if at else line.line
            print(f"      as in {example.label or '-'}: {marked}")


def copies(articles: Sequence[Article], count: int) -> list[Article]:
    """Return copies of articles that differ in their last line."""
    made = []
    for number in range(count):
        for article in articles:
            text = f"{article.document.text}\nنسخة {number}"
            made.append(Article(Document(document_id(text), text), article.labelled))
    return made


def main() -> None:
    """Print the measures of the chosen corpora."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", choices=list(corpora()), action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--model", action="store_true", help="look for disagreement with the model, too")
    parser.add_argument("--only", type=CaseKind, action="append", default=[])
    options = parser.parse_args()
    kinds = frozenset(options.only) or (KINDS | {CaseKind.MODEL} if options.model else KINDS)
    for name, (tagset, read) in corpora().items():
        if options.corpus and name not in options.corpus:
            continue
        articles = read()
        if options.show:
            show(articles, tagset, options.show, kinds)
        elif options.copies:
            many = copies(articles, options.copies)
            result, seconds = check(many, tagset, kinds)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            rate = len(many) / seconds
            print(
                f"{name}: {len(many)} articles, {result.annotations} annotations: {seconds:.0f} s, {rate:.0f}/s, ",
                end="",
            )
            print(f"peak {peak:.0f} MiB with the making of the project")
        else:
            measure(name, articles, tagset, options.seed, kinds)


if __name__ == "__main__":
    main()
