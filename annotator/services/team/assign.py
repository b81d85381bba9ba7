"""Hand articles out to annotators, and take them back.

Articles that nobody has are handed out; those that somebody has marked as done without having been given them are not.
What an annotator has stays, unless nobody has begun it and the lead asks to share it out again.

One command makes one edit for each person whose articles change, so that a pack can hold the assignments of one person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from annotator.domain.model.annotation import Annotator, Role
from annotator.domain.model.edit import Edit, EditKind, assignment
from annotator.domain.team.shares import Divisible, ShareRule, Shares, ShareTerms, divide
from annotator.errors import UserError
from annotator.services.annotators import find_annotator
from annotator.services.document_metrics import group_repeats, is_up_to_date, measure_stale
from annotator.services.progress import Progress
from annotator.storage.project import Project
from annotator.storage.tables.assignments import AssignmentCount


@dataclass(frozen=True, slots=True)
class AssignRequest:
    """What to hand out: the people by name or id, and the terms as in ShareTerms.

    share_again includes the articles of these people that nobody has begun.
    """

    people: tuple[str, ...]
    overlap: Fraction = Fraction(0)
    by: ShareRule = ShareRule.BALANCED
    per_person: int | None = None
    seed: int = 0
    share_again: bool = False


@dataclass(frozen=True, slots=True)
class PersonalShare:
    """What changes for an annotator: documents given and taken by id. counts are those from before."""

    person: Annotator
    given: tuple[str, ...]
    taken: tuple[str, ...]
    counts: AssignmentCount = field(default_factory=AssignmentCount)

    @property
    def total(self) -> int:
        """Return how many documents the annotator has afterwards."""
        return self.counts.assigned + len(self.given) - len(self.taken)


@dataclass(frozen=True, slots=True)
class Assigned:
    """The result of handing out, or of a dry run.

    shares: in the order of the people. documents: how many were handed out, overlapping: how many of them to two
    people. divided: groups of near-duplicates that no share had room for. left: documents that nobody has yet.
    finished: documents that nobody has because they are finished already.
    """

    shares: tuple[PersonalShare, ...]
    documents: int
    overlapping: int
    divided: int
    left: int
    finished: int


@dataclass(frozen=True, slots=True)
class _State:
    """What a plan is based on: the log up to an edit, all documents, and who has, began and finished them."""

    latest: str | None
    documents: Sequence[Divisible]
    holders: Mapping[str, list[str]]
    begun: Mapping[str, list[str]]
    finished: Mapping[str, list[str]]
    counts: Mapping[str, AssignmentCount]

    @classmethod
    def of(cls, project: Project) -> _State:
        with project.read_transaction():
            table = project.assignments
            return cls(
                project.log.latest_id(),
                table.divisible(),
                table.by_document(),
                table.begun(),
                table.finished(),
                table.counts(),
            )


def find_near_duplicates(project: Project, progress: Progress | None = None) -> None:
    """Find near-duplicates among all articles, unless they are known; they are then handed out together."""
    if not is_up_to_date(project):
        measure_stale(project, progress)
        group_repeats(project)


def plan_assignment(project: Project, request: AssignRequest) -> Assigned:
    """Return what assign() would hand out, without writing anything. Raises UserError as assign() does."""
    return _plan(_State.of(project), _people(project, request), request)


def assign(project: Project, request: AssignRequest, lead: Annotator) -> Assigned:
    """Hand articles out in one transaction. Call find_near_duplicates() first.

    Raises UserError, and writes nothing, if lead is not a lead of the project, for an unknown or repeated name, an
    overlap with one person, or if no articles are left to hand out.
    """
    refuse_others(project, lead)
    people = _people(project, request)
    state = _State.of(project)
    found = _plan(state, people, request)
    with project.transaction():
        # Planning takes long, so it is done before other writers have to wait, and again only if one was faster.
        if project.log.latest_id() != state.latest:
            found = _plan(_State.of(project), people, request)
        _write(project, lead, found.shares)
    return found


def take_back(project: Project, names: Iterable[str], lead: Annotator) -> list[PersonalShare]:
    """Take the articles from annotators, by name or id, that they have not marked as done; return what was taken.

    Their work in these articles stays. Raises UserError, and takes nothing, if lead is not a lead of the project, or
    for an unknown or repeated name.
    """
    refuse_others(project, lead)
    people = distinct_annotators(project, names)
    with project.transaction():
        finished, counts = project.assignments.finished(), project.assignments.counts()
        shares = [
            PersonalShare(
                person,
                (),
                tuple(i for i in project.assignments.of(person.id) if person.id not in finished.get(i, ())),
                counts.get(person.id, AssignmentCount()),
            )
            for person in people
        ]
        _write(project, lead, shares)
    return shares


def refuse_others(project: Project, lead: Annotator) -> None:
    """Raise UserError if an annotator is not a lead of the project."""
    facts = project.team.facts()
    # In a project without a founder and without edits, the first edit makes its author the founder.
    has_lead = Role.LEAD in facts.roles.values()
    if has_lead and facts.role(lead.id) is not Role.LEAD:
        raise UserError("Only a lead of the project can hand out articles. {name} is not one.", name=lead.name)


def distinct_annotators(project: Project, names: Iterable[str]) -> list[Annotator]:
    """Return annotators by name or id. Raises UserError for an unknown or repeated one, and if none is named."""
    known = project.annotators.all()
    people = [find_annotator(known, name) for name in names]
    if not people:
        raise UserError("Nobody was chosen. Choose one annotator or more.")
    for person, count in Counter(people).items():
        if count > 1:
            raise UserError("{name} was named twice. Name everybody once.", name=person.name)
    return people


def _people(project: Project, request: AssignRequest) -> list[Annotator]:
    people = distinct_annotators(project, request.people)
    if not 0 <= request.overlap <= 1:
        raise UserError("The overlap is between 0% and 100%.")
    if request.overlap and len(people) < 2:
        raise UserError("An overlap needs two people, because the same articles go to both. Choose more people.")
    return people


def _plan(state: _State, people: Sequence[Annotator], request: AssignRequest) -> Assigned:
    ids = [person.id for person in people]
    free, again = _free(state), _not_begun(state, ids) if request.share_again else []
    chosen = {each.id: each for each in (*free, *again)}
    pool = [chosen[each.id] for each in state.documents if each.id in chosen]
    if not pool:
        raise UserError(
            "No articles are left to hand out: somebody has all of them, or has finished them. You can share out again "
            "those that nobody has begun."
        )
    before = {who: state.counts.get(who, AssignmentCount()).assigned for who in ids}
    kept = Counter(who for each in again for who in each.held)
    terms = ShareTerms(
        ids,
        request.overlap,
        request.by,
        request.per_person,
        request.seed,
        {who: count - kept[who] for who, count in before.items()},
    )
    found = divide(pool, terms, _near(state, chosen))
    return _assigned(state, people, found, again)


def _assigned(state: _State, people: Sequence[Annotator], found: Shares, again: Sequence[Divisible]) -> Assigned:
    shares = []
    for person in people:
        # Dictionaries as sets that keep the order.
        had = dict.fromkeys(each.id for each in again if person.id in each.held)
        gets = dict.fromkeys(found.of[person.id])
        given, taken = tuple(i for i in gets if i not in had), tuple(i for i in had if i not in gets)
        shares.append(PersonalShare(person, given, taken, state.counts.get(person.id, AssignmentCount())))
    places = sum(map(len, found.of.values()))
    finished = sum(each.id in state.finished and each.id not in state.holders for each in state.documents)
    return Assigned(
        tuple(shares),
        places - len(found.overlapping),
        len(found.overlapping),
        len(found.divided),
        len(found.left),
        finished,
    )


def _free(state: _State) -> list[Divisible]:
    """Return the documents that nobody has and nobody has finished. Those who began one get it if possible."""
    return [
        replace(each, held=tuple(state.begun.get(each.id, ()))[:1])
        for each in state.documents
        if each.id not in state.holders and each.id not in state.finished
    ]


def _not_begun(state: _State, people: Sequence[str]) -> list[Divisible]:
    """Return the documents that only these people have and nobody has begun or finished."""
    return [
        replace(each, held=tuple(state.holders[each.id]))
        for each in state.documents
        if each.id in state.holders
        and set(state.holders[each.id]) <= set(people)
        and each.id not in state.begun
        and each.id not in state.finished
    ]


def _near(state: _State, chosen: Mapping[str, Divisible]) -> dict[str, list[str]]:
    """Return who has other documents of each group of near-duplicates."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for each in state.documents:
        if each.id in state.holders and each.id not in chosen:
            near[each.group].extend(state.holders[each.id])
    return near


def _write(project: Project, lead: Annotator, shares: Iterable[PersonalShare]) -> None:
    """Write one edit for each person, in the open transaction."""
    project.annotators.add(lead)
    edits = []
    for share in shares:
        writes = [assignment(document, share.person.id, assigned=False) for document in share.taken]
        writes += [assignment(document, share.person.id) for document in share.given]
        if writes:
            edits.append(Edit("", lead.id, "", EditKind.ASSIGN, tuple(writes)))
    project.log.append_many(edits)
