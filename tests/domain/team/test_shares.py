"""Documents are divided exactly, near-duplicates together."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from random import Random
from statistics import mean

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.domain.team.shares import Divisible, ShareRule, Shares, ShareTerms, divide, overlap_size

PEOPLE = tuple("ABCDEFGHIJ")


def _case(seed: int) -> tuple[list[Divisible], ShareTerms]:
    """Return documents, some in groups, and terms; sometimes documents are held already."""
    random = Random(seed)
    people = PEOPLE[: random.randint(1, 10)]
    held = random.random() < 0.3
    documents = [
        Divisible(
            f"{number}-{member}",
            f"{number}-0",
            source=random.choice(["", "س", "ن"]),
            date=random.choice(["", "2024-01-01", "2024-02-01"]),
            length=random.randint(0, 5000),
            held=tuple(random.sample((*people, "Z"), random.randint(0, min(2, len(people))))) if held else (),
        )
        for number in range(random.choice([0, 1, 3, 10, 60, 200]))
        for member in range(random.choice([1, 1, 1, 2, 3, 9]))
    ]
    percent = random.choice([0, 10, 20, 50, 100, random.randint(0, 100)]) if len(people) > 1 else 0
    terms = ShareTerms(
        people,
        Fraction(percent, 100),
        random.choice(list(ShareRule)),
        random.choice([None, None, random.randint(0, 40)]),
        random.randint(0, 5),
        {who: random.randint(0, 100) for who in people if random.random() < 0.5},
    )
    return documents, terms


cases = st.integers(0, 2**32).map(_case)


def _documents(count: int) -> list[Divisible]:
    return [Divisible(f"d{number}", f"d{number}") for number in range(count)]


@settings(max_examples=1000)
@example((_documents(2), ShareTerms("AB", Fraction(1))))
@given(cases)
def test_shares_and_overlap_are_exact(case: tuple[list[Divisible], ShareTerms]) -> None:
    """Shares differ by at most one, each document goes to one person or, exactly the overlap, to two."""
    documents, terms = case
    shares = divide(documents, terms)

    sizes = [len(shares.of[who]) for who in terms.people]
    assert list(shares.of) == list(terms.people)
    assert max(sizes) - min(sizes) <= 1
    times = Counter(name for ids in shares.of.values() for name in ids)
    assert all(len(set(ids)) == len(ids) for ids in shares.of.values())
    assert {name for name, count in times.items() if count == 2} == set(shares.overlapping)
    assert set(times.values()) <= {1, 2}
    assert len(shares.overlapping) == overlap_size(len(times), terms.overlap) == round(terms.overlap * len(times))
    assert set(times) | set(shares.left) == {each.id for each in documents}
    assert not set(times) & set(shares.left)
    if terms.per_person is None:
        assert not shares.left
    else:
        assert max(sizes) <= terms.per_person
        more = len(times) + 1
        fits = more + overlap_size(more, terms.overlap) <= terms.per_person * len(terms.people)
        assert not shares.left or not fits
    assert shares == divide(documents, terms)
    order = [each.id for each in documents]
    assert all(list(ids) == sorted(ids, key=order.index) for ids in shares.of.values())


@settings(max_examples=300)
@given(cases)
def test_who_had_fewer_gets_the_one_more(case: tuple[list[Divisible], ShareTerms]) -> None:
    """If shares differ, nobody with the larger one had more before than somebody with the smaller one."""
    documents, terms = case
    shares = divide(documents, terms)
    sizes = {who: len(ids) for who, ids in shares.of.items()}
    large = [terms.before.get(who, 0) for who in sizes if sizes[who] == max(sizes.values())]
    small = [terms.before.get(who, 0) for who in sizes if sizes[who] < max(sizes.values())]
    assert not small or max(large) <= min(small)


@settings(max_examples=300)
@given(cases)
def test_a_group_with_room_is_never_divided(case: tuple[list[Divisible], ShareTerms]) -> None:
    """With enough single or overlapping documents, only groups larger than a share are divided."""
    documents, terms = case
    terms = ShareTerms(terms.people, terms.overlap, ShareRule.BALANCED, seed=terms.seed)
    shares = divide(documents, terms)
    sizes = Counter(each.group for each in documents)
    largest = max(sizes.values(), default=1)
    loose = sum(size == 1 for size in sizes.values()) + len(shares.overlapping)
    if loose >= (largest - 1) * len(terms.people):
        share = min(map(len, shares.of.values()))
        assert all(sizes[group] > share for group in shares.divided)


@pytest.mark.parametrize("by", ShareRule)
def test_groups_stay_together_in_a_corpus(by: ShareRule) -> None:
    """In 2,000 documents with 200 groups of near-duplicates, none is divided."""
    random = Random(7)
    documents = [
        Divisible(
            f"{number}-{member}",
            f"{number}-0",
            random.choice("abcdef"),
            f"20{random.randint(10, 24)}-01-01",
            random.randint(200, 9000),
        )
        for number in range(1400)
        for member in range(random.randint(2, 6) if number % 7 == 0 else 1)
    ]
    shares = divide(documents, ShareTerms(PEOPLE, Fraction(1, 5), by))
    assert shares.divided == ()
    if by is ShareRule.BALANCED:
        lengths = {each.id: each.length for each in documents}
        totals = [sum(lengths[name] for name in ids) for ids in shares.of.values()]
        assert max(totals) - min(totals) < 0.1 * mean(totals)


def test_equal_shares_come_before_whole_groups() -> None:
    """Three pairs for two people: one pair must be divided."""
    documents = [Divisible(f"{n}-{m}", f"{n}-0") for n in range(3) for m in range(2)]
    shares = divide(documents, ShareTerms("AB"))
    assert [len(ids) for ids in shares.of.values()] == [3, 3]
    assert len(shares.divided) == 1


def test_a_run_of_dates_or_sources_for_each() -> None:
    """By date, each person gets a period; undated documents come last."""
    days = ["2024-01-03", "", "2024-01-01", "2024-01-02", "2024-01-04", "2024-01-05"]
    documents = [Divisible(f"d{n}", f"d{n}", date=day, source="ab"[n % 2]) for n, day in enumerate(days)]
    assert divide(documents, ShareTerms("AB", by=ShareRule.DATE)).of == {
        "A": ("d0", "d2", "d3"),
        "B": ("d1", "d4", "d5"),
    }
    assert divide(documents, ShareTerms("AB", by=ShareRule.SOURCE)).of == {
        "A": ("d0", "d2", "d4"),
        "B": ("d1", "d3", "d5"),
    }


@pytest.mark.parametrize("by", ShareRule)
def test_later_near_duplicates_go_to_who_has_the_others(by: ShareRule) -> None:
    """A document whose near-duplicate C has already goes to C."""
    documents = [*_documents(9), Divisible("new", "old")]
    shares = divide(documents, ShareTerms("ABC", by=by), {"old": ["C"]})
    assert "new" in shares.of["C"]


def test_documents_that_may_move_stay_if_there_is_room() -> None:
    """When D joins, A, B and C keep three quarters of what they have, and D gets the rest."""
    documents = [Divisible(f"d{n}", f"d{n}", held=("ABC"[n % 3],)) for n in range(120)]
    shares = divide(documents, ShareTerms("ABCD"))
    assert [len(ids) for ids in shares.of.values()] == [30, 30, 30, 30]
    for who in "ABC":
        assert all("ABC"[int(name[1:]) % 3] == who for name in shares.of[who])


def test_overlap_that_is_there_is_kept() -> None:
    """Documents that two people have stay overlapping, with the same two."""
    documents = [Divisible(f"d{n}", f"d{n}", held=("A", "B") if n < 10 else ("AB"[n % 2],)) for n in range(50)]
    shares = divide(documents, ShareTerms("AB", Fraction(1, 5)))
    assert set(shares.overlapping) == {f"d{n}" for n in range(10)}


def test_all_pairs_of_people_share_about_as_many_documents() -> None:
    """200 overlapping documents of 5 people make 20 for each of the 10 pairs."""
    shares = divide(_documents(1000), ShareTerms("ABCDE", Fraction(1, 5)))
    people: defaultdict[str, set[str]] = defaultdict(set)
    for who, ids in shares.of.items():
        for name in ids:
            people[name].add(who)
    pairs = Counter(frozenset(people[name]) for name in shares.overlapping)
    assert len(pairs) == 10
    assert all(15 <= count <= 25 for count in pairs.values())


def test_another_seed_gives_other_shares() -> None:
    """The seed chooses which documents overlap, and the sample."""
    documents = _documents(100)
    chosen = [divide(documents, ShareTerms("AB", Fraction(1, 5), per_person=20, seed=seed)) for seed in (1, 1, 2)]
    assert chosen[0] == chosen[1] != chosen[2]
    assert isinstance(chosen[0], Shares)


@pytest.mark.parametrize(
    "terms",
    [ShareTerms(""), ShareTerms("AA"), ShareTerms("A", Fraction(1, 2)), ShareTerms("AB", Fraction(2))],
)
def test_impossible_terms_are_refused(terms: ShareTerms) -> None:
    """Without people, with a repeated one, or with an overlap that cannot be, there are no shares."""
    with pytest.raises(ValueError, match=r"people|person"):
        divide(_documents(4), terms)


@pytest.mark.parametrize("seed", range(5))
def test_all_pairs_share_the_same_number_if_that_is_possible(seed: int) -> None:
    shares = divide(_documents(60), ShareTerms("ABC", Fraction(1, 4), seed=seed))
    held = {name: [who for who in "ABC" if name in shares.of[who]] for name in shares.overlapping}
    assert Counter(map(tuple, held.values())) == {("A", "B"): 5, ("A", "C"): 5, ("B", "C"): 5}


def test_what_an_earlier_person_has_too_much_of_stays_in_the_runs_of_the_others() -> None:
    """Nobody after B has the documents of A, so B gets the next ones and C the last."""
    documents = [Divisible(f"d{n}", f"d{n}", date=f"2024-01-0{n + 1}", length=9 - n, held=("A",)) for n in range(6)]
    assert divide(documents, ShareTerms("ABC", by=ShareRule.DATE)).of == {
        "A": ("d0", "d1"),
        "B": ("d2", "d3"),
        "C": ("d4", "d5"),
    }
