"""Agreement of a project's annotators: whom it compares, and all measures against definitions that share no code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, pairwise, permutations
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

import pytest

from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.edit import CellKind, Edit, EditKind, Write
from annotator.domain.model.place import GOLD
from annotator.domain.model.span import Span
from annotator.domain.team.adjudication_state import voters
from annotator.errors import UserError
from annotator.services.team.agreement import (
    ACCEPTED,
    AgreementReport,
    PairAgreement,
    agreement_in,
    chosen_annotators,
    finished_or_begun,
    measure_agreement,
)
from annotator.services.team.agreement_places import PlaceFilter, find_places
from annotator.services.team.bootstrap import Estimate, draw_documents
from annotator.storage.project import Project
from annotator.team.differences import DifferenceKind
from tests.formats.marks import marked
from tests.services.corpus.corpora import add_annotation, make_project
from tests.services.corpus.corpora import finish as finish_document

WORDS = ["قال", "وزير", "الدفاع", "العراقي", "في", "بغداد", "وديالى", "إن", "قيادتهم", "باقية", "حتى", "اليوم"]
LABELS = ("LOC", "ORG", "PERS")
Given = dict[str, list[tuple[int, int, str]]]
"""The spans of each annotator in a document: first word, the one behind the last, label; none overlap."""
ARTICLE = marked("قال ⟦PERS|محمد⟧ في ⟦LOC|بغداد⟧ اليوم.\n⟦debris|شارك عبر ⟦PLATFORM|واتساب⟧⟧")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project in which two annotators gave one span each that is equal, and one that is not."""
    with make_project(tmp_path / "news.annot", [ARTICLE]) as made:
        add_annotation(made, ARTICLE.document.id, Annotation("x", Span(4, 8), "PERS", "a2"))
        add_annotation(made, ARTICLE.document.id, Annotation("y", Span(12, 23), "LOC", "a2"))
        yield made


def finish(project: Project, annotator: str) -> None:
    """Call the document done."""
    write = Write(ARTICLE.document.id, CellKind.STATUS, "", None, {"status": "done"})
    project.log.append(Edit(project.log.new_id(), annotator, ARTICLE.document.id, EditKind.STATUS, (write,)))


def by_voters(
    project: Project, ids: Sequence[str], people: Collection[str] = ()
) -> dict[tuple[str, str], PairAgreement]:
    """Return the agreement of each two voters, without intervals."""
    return agreement_in(project, ids, people, voters, draws=0).pairs


def test_two_who_worked_on_a_document_are_compared(project: Project) -> None:
    ((pair, found),) = by_voters(project, [*project.documents.ids()]).items()
    assert (pair, found.documents) == (("a1", "a2"), 1)
    assert (found.counts.both, found.counts.first, found.counts.second) == (1, 2, 2)
    assert found.f1 == pytest.approx(0.5)
    # قال محمد في بغداد اليوم . are six tokens: O P O L O O and O P O L l O.
    assert found.counts.tokens == 6
    assert found.kappa == pytest.approx((5 * 6 - 14) / (36 - 14))


def test_where_somebody_called_it_done_only_those_count(project: Project) -> None:
    finish(project, "a1")
    assert by_voters(project, [*project.documents.ids()]) == {}
    finish(project, "a3")
    assert list(by_voters(project, [*project.documents.ids()])) == [("a1", "a3")]


def test_only_some_people_or_documents_can_be_asked_for(project: Project) -> None:
    assert by_voters(project, []) == {}
    assert by_voters(project, [*project.documents.ids()], {"a1"}) == {}


def random_given(random: Random) -> Given:
    """Return what those who finished a document gave in it; those who agree take over most of the first's spans."""
    given: Given = {}
    for who in sorted(random.sample(["a1", "a2", "a3"], random.choice([1, 2, 2, 3]))):
        edges = sorted(random.sample(range(len(WORDS) + 1), random.randint(0, 7)))
        own = [(a, b, random.choice(LABELS)) for a, b in pairwise(edges) if random.random() < 0.6]
        first = next(iter(given.values()), None)
        given[who] = [*first[1:]] if first and random.random() < 0.6 else own
    return given


def text_of(number: int) -> tuple[str, list[Span]]:
    """Return the text of a document, which is its own, and where its words are."""
    text = " ".join([*WORDS, str(number)])
    ends = [m.span() for m in re.finditer(r"\S+", text)]
    return text, [Span(*each) for each in ends]


def random_project(path: Path, documents: list[Given]) -> Project:
    """Make a project in which annotators gave these spans, some accepted and some by hand, and finished them."""
    project = make_project(path)
    for number, given in enumerate(documents):
        text, places = text_of(number)
        document = Document(document_id(text), text, title=str(number))
        project.documents.add(document)
        for who, spans in given.items():
            for start, end, label in spans:
                origin = Origin(OriginKind.CONFIRMED, "lexicon") if start % 2 else Origin()
                span = Span(places[start].start, places[end - 1].end)
                add_annotation(project, document.id, Annotation(f"{who}{start}", span, label, who, origin))
            finish_document(project, document.id, who)
    return project


def iob2(spans: list[tuple[int, int, str]]) -> list[str]:
    """Return the tags of all words of a document, its number included."""
    tags = ["O"] * (len(WORDS) + 1)
    for start, end, label in spans:
        tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return tags


def ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def f1_of(pairs: list[tuple[set[Any], set[Any]]]) -> float | None:
    return ratio(2 * sum(len(a & b) for a, b in pairs), sum(len(a) + len(b) for a, b in pairs))


def overlap_f1_of(pairs: list[tuple[set[Any], set[Any]]]) -> float | None:
    def share(sides: list[tuple[set[Any], set[Any]]]) -> float:
        hits = [any(s < y and x < e and k == z for x, y, z in b) for a, b in sides for s, e, k in a]
        return sum(hits) / len(hits) if hits else 0.0

    if not any(a or b for a, b in pairs):
        return None
    one, other = share(pairs), share([(b, a) for a, b in pairs])
    return 2 * one * other / (one + other) if one + other else 0.0


def kappa_of(pairs: list[tuple[list[str], list[str]]]) -> float | None:
    both = [each for a, b in pairs for each in zip(a, b, strict=True)]
    observed = sum(a == b for a, b in both) / len(both)
    firsts, seconds = Counter(a for a, _ in both), Counter(b for _, b in both)
    chance = sum(firsts[tag] * seconds[tag] for tag in firsts) / len(both) ** 2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def fleiss_of(documents: list[list[list[str]]]) -> float | None:
    units = [Counter(unit) for each in documents for unit in zip(*each, strict=True)]
    raters = units[0].total()
    observed = mean(sum(n * (n - 1) for n in unit.values()) / (raters * (raters - 1)) for unit in units)
    totals = sum(units, Counter())
    chance = sum((n / totals.total()) ** 2 for n in totals.values())
    return None if chance == 1 else (observed - chance) / (1 - chance)


def alpha_of(documents: list[list[list[str]]]) -> float | None:
    units = [unit for each in documents for unit in zip(*each, strict=True)]
    values = [value for unit in units for value in unit]
    observed = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    totals = Counter(values)
    expected = sum(totals[a] * totals[b] for a, b in permutations(totals, 2)) / (len(values) - 1)
    return None if not expected else 1 - observed / expected


def measures_of(documents: list[Given], pair: tuple[str, str]) -> dict[str, float | None]:
    """Return all measures of two annotators over some documents by their definitions."""
    both = [(given[pair[0]], given[pair[1]]) for given in documents if given.keys() >= set(pair)]
    spans = [(set(a), set(b)) for a, b in both]
    given = [
        (start % 2, (start, end, label) in other)
        for a, b in spans
        for own, other in ((a, b), (b, a))
        for start, end, label in own
    ]
    accepted, by_hand = ([shared for odd, shared in given if odd == kind] for kind in (1, 0))
    shares = ratio(sum(accepted), len(accepted)), ratio(sum(by_hand), len(by_hand))
    return {
        "f1": f1_of(spans),
        "unlabelled_f1": f1_of([({s[:2] for s in a}, {s[:2] for s in b}) for a, b in spans]),
        "overlap_f1": overlap_f1_of(spans),
        "kappa": kappa_of([(iob2(a), iob2(b)) for a, b in both]),
        "accepted": shares[0],
        "by_hand": shares[1],
        "pull": None if shares[0] is None or shares[1] is None else shares[0] - shares[1],
    }


def bounds(values: list[float | None]) -> tuple[float | None, float | None]:
    """Return the 2.5th and 97.5th percentiles, interpolated."""
    defined = sorted(value for value in values if value is not None)
    if not defined:
        return None, None
    found = []
    for level in (0.025, 0.975):
        at = level * (len(defined) - 1)
        low = defined[int(at)]
        found.append(low + (at - int(at)) * (defined[min(int(at) + 1, len(defined) - 1)] - low))
    return found[0], found[1]


def same(estimate: Estimate, value: float | None, drawn: list[float | None]) -> None:
    """Check a measure and its interval."""
    assert estimate.value == (value if value is None else pytest.approx(value, abs=1e-12))
    low, high = bounds(drawn) if value is not None else (None, None)
    assert (estimate.low, estimate.high) == (
        low if low is None else pytest.approx(low, abs=1e-12),
        high if high is None else pytest.approx(high, abs=1e-12),
    )


@pytest.mark.parametrize("seed", range(4))
def test_every_measure_and_interval_is_what_its_definition_says(tmp_path: Path, seed: int) -> None:
    random, draws = Random(seed), 40
    documents = [random_given(random) for _ in range(24)]
    with random_project(tmp_path / "p.annot", documents) as project:
        found = agreement_in(project, [*project.documents.ids()], draws=draws)
    compared = [given for given in documents if len(given) > 1]
    assert found.overall.documents == len(compared) == found.alpha.documents

    def drawn(some: list[Given]) -> list[list[Given]]:
        times = draw_documents(len(some), draws).tolist()
        return [[given for given, n in zip(some, row, strict=True) for _ in range(n)] for row in times]

    for pair, agreement in found.pairs.items():
        own = [given for given in compared if given.keys() >= set(pair)]
        assert agreement.documents == len(own)
        each = [measures_of(some, pair) for some in drawn(own)]
        for name, value in measures_of(own, pair).items():
            same(agreement.measures[name], value, [some[name] for some in each])
    by_tags = [[iob2(spans) for spans in given.values()] for given in compared]
    drawn_tags = [[[iob2(spans) for spans in given.values()] for given in some] for some in drawn(compared)]
    same(found.alpha.estimate, alpha_of(by_tags), [alpha_of(some) for some in drawn_tags])
    raters = found.fleiss.raters
    assert found.fleiss.documents == max(Counter(map(len, compared)).values())
    own = [given for given in compared if len(given) == raters]
    by_tags = [[iob2(spans) for spans in given.values()] for given in own]
    drawn_tags = [[[iob2(spans) for spans in given.values()] for given in some] for some in drawn(own)]
    same(found.fleiss.estimate, fleiss_of(by_tags), [fleiss_of(some) for some in drawn_tags])
    _check_all_pairs(found, compared, drawn(compared))


def _check_all_pairs(found: AgreementReport, compared: list[Given], drawn: list[list[Given]]) -> None:
    def pairs_of(some: list[Given], label: str = "") -> list[tuple[set[Any], set[Any]]]:
        kept = [[{s for s in spans if label in ("", s[2])} for spans in given.values()] for given in some]
        return [pair for each in kept for pair in combinations(each, 2)]

    same(found.overall.measures["f1"], f1_of(pairs_of(compared)), [f1_of(pairs_of(some)) for some in drawn])
    for label in LABELS:
        own = found.labels[label]
        same(own.f1, f1_of(pairs_of(compared, label)), [f1_of(pairs_of(some, label)) for some in drawn])
        # Precision and recall of the overlap depend on who is first, so only the sum of both orders is compared.
        assert own.overlap_f1.value == pytest.approx(overlap_f1_of(pairs_of(compared, label)), abs=1e-12)
    assert found.overall.counts.overlap_f1 == pytest.approx(overlap_f1_of(pairs_of(compared)), abs=1e-12)
    places = sum(len(a | b) for a, b in pairs_of(compared))
    paired = found.overall.kinds.total() - found.overall.kinds[DifferenceKind.ONE_SIDE]
    assert found.overall.confusion.total() == places - paired
    for document, given in zip(found.documents, compared, strict=True):
        assert document.annotators == len(given)
        assert document.counts.f1 == f1_of(pairs_of([given]))


def library(name: str) -> Any:
    """Return a module that make interop installs; skip the test without it."""
    return pytest.importorskip(name, reason=f"{name} is not installed; make interop runs this test")


@pytest.mark.parametrize("seed", range(3))
def test_the_measures_of_a_project_are_those_of_five_libraries(tmp_path: Path, seed: int) -> None:
    seqeval, scheme, nervaluate = map(library, ("seqeval.metrics", "seqeval.scheme", "nervaluate"))
    sklearn, rater = map(library, ("sklearn.metrics", "statsmodels.stats.inter_rater"))
    krippendorff, numpy = map(library, ("krippendorff", "numpy"))
    random = Random(seed)
    documents = [random_given(random) for _ in range(30)]
    with random_project(tmp_path / "p.annot", documents) as project:
        found = agreement_in(project, [*project.documents.ids()], draws=0)
    for pair, agreement in found.pairs.items():
        both = [[given[who] for who in pair] for given in documents if given.keys() >= set(pair)]
        tags = [[iob2(spans[side]) for spans in both] for side in (0, 1)]
        f1 = seqeval.f1_score(*tags, mode="strict", scheme=scheme.IOB2, average="micro", zero_division=0)
        assert agreement.f1 == pytest.approx(float(f1), abs=1e-12)
        flat = [[tag for document in side for tag in document] for side in tags]
        assert agreement.kappa == pytest.approx(float(sklearn.cohen_kappa_score(*flat)), abs=1e-12)
        sides = [
            [[{"label": k, "start": s, "end": e - 1} for s, e, k in spans[side]] for spans in both] for side in (0, 1)
        ]
        theirs = nervaluate.Evaluator(*sides, tags=list(LABELS), loader="dict").evaluate()["overall"]
        assert agreement.counts.unlabelled_f1 == pytest.approx(theirs["exact"].f1, abs=1e-12)
    by_tags = [[iob2(spans) for spans in given.values()] for given in documents if len(given) > 1]
    names = sorted({tag for document in by_tags for own in document for tag in own})
    codes = {tag: float(code) for code, tag in enumerate(names)}
    values = [
        [codes[tag] for tag in unit] + [numpy.nan] * (3 - len(unit))
        for document in by_tags
        for unit in zip(*document, strict=True)
    ]
    alpha = krippendorff.alpha(reliability_data=numpy.array(values).T, level_of_measurement="nominal")
    assert found.alpha.estimate.value == pytest.approx(float(alpha), abs=1e-12)
    units = [unit for each in by_tags if len(each) == found.fleiss.raters for unit in zip(*each, strict=True)]
    fleiss = rater.fleiss_kappa([[unit.count(name) for name in names] for unit in units])
    assert found.fleiss.estimate.value == pytest.approx(float(fleiss), abs=1e-12)


def test_only_documents_that_both_finished_count_unless_more_is_asked_for(project: Project) -> None:
    ids = [*project.documents.ids()]
    with pytest.raises(UserError, match="no article was marked as done by two annotators"):
        measure_agreement(project)
    assert list(agreement_in(project, ids, rule=finished_or_begun).pairs) == [("a1", "a2")]
    finish(project, "a1")
    finish(project, "a3")
    assert list(measure_agreement(project).pairs) == [("a1", "a3")]
    assert list(measure_agreement(project, rule=finished_or_begun).pairs) == [("a1", "a2"), ("a1", "a3"), ("a2", "a3")]
    assert list(measure_agreement(project, ("a1", "a2"), finished_or_begun).pairs) == [("a1", "a2")]


def test_one_document_has_no_interval(project: Project) -> None:
    found = measure_agreement(project, rule=finished_or_begun)
    assert found.overall.measures["f1"] == Estimate(0.5)
    assert found.alpha.estimate.low is None


def test_nobody_and_unknown_names_are_refused(project: Project) -> None:
    with pytest.raises(UserError, match="No annotator called Ali"):
        chosen_annotators(project, ["Omar", "Ali"])
    with pytest.raises(UserError, match="Omar is named twice"):
        chosen_annotators(project, ["Omar", "a2"])
    with pytest.raises(UserError, match="Omar alone cannot be compared"):
        chosen_annotators(project, ["Omar"])
    assert chosen_annotators(project, ["Omar", "a1"]) == ("a1", "a2")
    assert chosen_annotators(project, []) == ("a1", "a2", "a3")


def test_progress_can_stop_the_work(project: Project) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_agreement(project, rule=finished_or_begun, progress=stop)


def settle(project: Project, document: str, spans: dict[str, str]) -> None:
    """Settle a document with these spans and labels, "start:end" and label."""
    writes = [
        Write(document, CellKind.GOLD, key, None, {"label": label, "by": "a3", "rests": {}})
        for key, label in {**spans, "": ""}.items()
    ]
    project.log.append(Edit(project.log.new_id(), "a3", document, EditKind.SETTLE, tuple(writes)))


def test_each_annotator_is_compared_with_what_was_settled(project: Project) -> None:
    document = ARTICLE.document.id
    settle(project, document, {"4:8": "PERS", "12:17": "", "0:3": "ORG"})
    with pytest.raises(UserError, match="There is nobody to compare"):
        measure_agreement(project)
    finish(project, "a1")
    found = measure_agreement(project)
    assert (found.pairs, found.documents, found.annotators) == ({}, [], ("a1",))
    assert found.overall.f1 is None
    ((who, against),) = found.gold.items()
    # a1 gave PERS and LOC; gold has PERS and ORG.
    assert (who, against.documents) == ("a1", 1)
    assert against.f1 == pytest.approx(0.5)
    assert against.confusion == {("PERS", "PERS"): 1, ("LOC", ""): 1, ("", "ORG"): 1}
    finish(project, "a2")
    found = measure_agreement(project)
    assert (list(found.gold), list(found.pairs)) == (["a1", "a2"], [("a1", "a2")])
    assert found.alpha.documents == 1
    places = find_places(project, PlaceFilter(pair=("a1", GOLD)))
    assert [(place.span, [given.label for given in place.given]) for place in places] == [
        (Span(0, 3), ["", "ORG"]),
        (Span(12, 17), ["LOC", ""]),
    ]
    assert chosen_annotators(project, ["a1"]) == ("a1",)


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_has_as_many_places_as_it_counts(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    with random_project(tmp_path / "p.annot", [random_given(random) for _ in range(12)]) as project:
        found = agreement_in(project, [*project.documents.ids()], draws=0)

        def count(**wanted: Any) -> int:
            return len(find_places(project, PlaceFilter(**wanted)))

        assert count() == found.overall.kinds.total()
        for document in found.documents:
            assert count(document=document.document) == sum(document.kinds.values())
        for pair, agreement in found.pairs.items():
            assert count(pair=pair) == agreement.kinds.total()
            for kind in DifferenceKind:
                assert count(pair=pair, kinds=[kind]) == agreement.kinds[kind]
            for labels, places in agreement.confusion.items():
                assert count(pair=pair, labels=labels) == places
            counts = agreement.counts
            assert count(pair=pair, origins=ACCEPTED) <= counts.accepted - counts.shared_accepted
        for labels, places in found.overall.confusion.items():
            assert count(labels=labels) == places
        for label in LABELS:
            sums = found.labels[label].counts
            assert count(label=label) <= sums.first + sums.second - 2 * sums.both
            assert bool(count(label=label)) == (sums.first + sums.second > 2 * sums.both)
