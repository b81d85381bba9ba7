"""Time what a team does, in seconds of processor time and peak memory: python -m tests.benchmarks.team agreement

Ten people and 2,000 articles by default, mixed from sentences of real ones. Each part runs in a process of its own on
a copy of one project. Each article was finished by --each people, who agree on most of about 25 spans.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from annotator.domain.model.annotation import Annotation, Annotator, Origin, OriginKind, Role
from annotator.domain.model.document import Document
from annotator.domain.model.edit import CellKind, Edit, EditKind, VerdictValue, Write, assignment
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.stopwatch import WorkInterval
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.tokenizer import tokenize
from tests.benchmarks.whole_corpus import articles

PEOPLE = [Annotator(f"{number:032x}", f"موسّم {number}") for number in range(1, 11)]
SPANS = 25
_LABELS = ("LOC", "ORG", "PERS", "ARMED", "EVENT")


def make_team_project(path: Path, documents: int, each: int) -> None:
    """Make a project in which ten people have finished documents, each document by some of them."""
    chance = random.Random(1)
    with Project.create(path, load_tagset("security")) as project:
        for person in PEOPLE:
            project.annotators.add(person)
        coming = articles(documents)
        while some := list(islice(coming, 200)):
            project.documents.add_many(some)
            edits = [edit for document in some for edit in _work(chance, document, each)]
            project.log.append_many(edits)


def _work(chance: random.Random, document: Document, each: int, people: Sequence[Annotator] = PEOPLE) -> Iterator[Edit]:
    """Yield the work of some of the people on a document: one edit for each person."""
    words = [token for token in tokenize(document.text) if token.text.isalpha()]
    chosen = chance.sample(range(len(words)), min(SPANS, len(words)))
    truth = [(words[number].span, chance.choice(_LABELS), chance.random() < 0.7) for number in sorted(chosen)]
    for person in sorted(chance.sample(people, each), key=lambda person: person.id):
        writes = []
        for number, (span, label, suggested) in enumerate(truth):
            luck = chance.random()
            if luck < 0.08:
                continue
            given = chance.choice(_LABELS) if luck < 0.16 else label
            place = Span(span.start + 1, span.end) if 0.16 < luck < 0.2 and len(span) > 2 else span
            origin = Origin(OriginKind.CONFIRMED, "lexicon") if suggested else Origin()
            made = Annotation(f"{person.id[-4:]}{number:04}", place, given, person.id, origin)
            writes.append(Write(document.id, CellKind.ANNOTATION, made.id, None, made.to_value()))
        writes.append(Write(document.id, CellKind.STATUS, "", None, {"status": "done"}))
        yield Edit("", person.id, document.id, EditKind.IMPORT, tuple(writes))


def agreement(path: Path) -> str:
    """Measure all pairs with intervals."""
    from annotator.services.team.agreement import measure_agreement

    with Project.open(path) as project:
        found = measure_agreement(project)
    f1 = found.overall.measures["f1"]
    return (
        f"{len(found.pairs)} pairs, {found.overall.documents} documents, F1 {f1.value:.3f} ({f1.low:.3f}-{f1.high:.3f})"
    )


def add_decisions(path: Path) -> None:
    """Let two people decide 20 suggestions in each article within 40 days, and hand it out to them."""
    chance = random.Random(2)
    day_ms, today = 86_400_000, 20_000
    with Project.open(path) as project:
        ids = list(project.documents.ids())
        by_day: dict[int, list[Edit]] = defaultdict(list)
        spent: dict[str, list[WorkInterval]] = defaultdict(list)
        for number, document in enumerate(ids):
            day = today + number * 40 // len(ids)
            for person in chance.sample(PEOPLE, 2):
                spent[person.id].append(
                    WorkInterval(document, day * day_ms + number, chance.randrange(60_000, 300_000))
                )
                by_day[day].append(Edit("", person.id, "", EditKind.ASSIGN, (assignment(document, person.id),)))
                for place in range(20):
                    verdict = "accepted" if chance.random() < 0.7 else "rejected"
                    decided: VerdictValue = {"verdict": verdict, "suggester": "lexicon", "version": "1", "score": 0.8}
                    write = Write(document, CellKind.VERDICT, f"{place}:{place + 1}:LOC", None, decided)
                    kind = EditKind.CONFIRM if verdict == "accepted" else EditKind.REJECT
                    by_day[day].append(Edit("", person.id, document, kind, (write,)))
        for day, edits in by_day.items():
            edits.sort(key=lambda edit: edit.annotator)
            with patch("annotator.storage.log.log.wall_ms", lambda day=day: day * day_ms):
                project.log.append_many(edits)
        for who, intervals in spent.items():
            project.time_spent.add(who, intervals)


def progress(path: Path) -> str:
    """Count the progress of everybody, and compare them."""
    from annotator.services.team.team_progress import count_progress, with_agreement

    with Project.open(path) as project:
        began = time.process_time()
        counted = count_progress(project)
        counting = time.process_time() - began
        found = with_agreement(project, counted)
    pace = found.team.pace
    return f"{counting:.1f} s of it to count {pace.decided:,} decisions, {len(found.people)} annotators"


def progress_page(path: Path) -> str:
    """Open the page of progress, and draw the articles with the states of everybody."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from annotator.session import Session
    from annotator.ui.team.progress_page import ProgressPage

    _app = QApplication(sys.argv[:1])  # kept, or Qt would end at once
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        page = ProgressPage()
        page.resize(1280, 800)
        page.tabs.setCurrentIndex(1)
        page.show()
        page.grab()
        began = time.process_time()
        page.begin(session)
        page.grab()
        shown = time.process_time() - began
        page.end()
        return f"{page.articles.row_total():,} articles x {len(PEOPLE)} annotators shown after {shown * 1000:.0f} ms"


def adjudication_queue(path: Path) -> str:
    """List the differences of the project, with their words and kinds."""
    from annotator.services.team.adjudicate import difference_queue

    with Project.open(path) as project:
        began = time.process_time()
        next(difference_queue(project))
        first = time.process_time() - began
        documents, found = 0, 0
        for _, queued in difference_queue(project):
            documents += 1
            found += len(queued)
    return f"{found:,} differences in {documents:,} articles; the first after {first:.1f} s"


def adjudication(path: Path) -> str:
    """Open an article of the queue, settle one difference, and settle the same everywhere."""
    from annotator.session.adjudication import AdjudicationSession

    with Project.open(path) as project:
        session = AdjudicationSession(project, _lead(project))
        began = time.process_time()
        session.open_next()
        opened = time.process_time() - began
        began = time.process_time()
        session.take()
        taken = time.process_time() - began
        began = time.process_time()
        change = session.settle_everywhere()
        places = len(change.documents) if change else 0
        everywhere = time.process_time() - began
        return (
            f"open the next article {opened * 1000:.0f} ms, take a lane {taken * 1000:.0f} ms, settle in {places} "
            f"articles {everywhere:.1f} s"
        )


def settle_majority(path: Path) -> str:
    """Settle what more than half gave, and look for gold that is outdated."""
    from annotator.services.team.adjudicate import SettleRule, settle_by_rule

    with Project.open(path) as project:
        report = settle_by_rule(project, _lead(project), SettleRule.MAJORITY)
        began = time.process_time()
        outdated = len(list(project.gold.in_question()))
        looked = time.process_time() - began
    return (
        f"{report.documents:,} articles and {report.differences:,} differences settled; {looked:.1f} s of it to find "
        f"{outdated} in question"
    )


def _lead(project: Project) -> Annotator:
    roles = project.team.facts().roles
    return next(person for person in PEOPLE if roles.get(person.id) is Role.LEAD)


def remove_work(path: Path) -> None:
    """Make the project again with the same number of articles, suggestions, and no work."""
    with Project.open(path) as project:
        documents = project.documents.count()
    path.unlink()
    make_team_project(path, documents, 0)
    chance = random.Random(3)
    with Project.open(path) as project:
        for group in project.documents.groups(project.documents.ids()):
            answers = []
            for document in group:
                words = [token.span for token in tokenize(document.text)]
                for name in ("starter", "lexicon", "memory"):
                    chosen = sorted(chance.sample(words, min(SPANS, len(words))))
                    found = [Suggestion(span, chance.choice(_LABELS), chance.random(), name, "1") for span in chosen]
                    answers.append((document.id, name, "1", found))
            project.suggestions.replace_many(answers)


def hand_out(path: Path) -> None:
    """Hand the articles out to all ten, a fifth of them to two people."""
    from annotator.services.team.assign import AssignRequest, assign, find_near_duplicates

    remove_work(path)
    with Project.open(path) as project:
        find_near_duplicates(project)
        assign(project, AssignRequest(tuple(person.id for person in PEOPLE), Fraction(1, 5)), PEOPLE[0])


def label_in_packs(path: Path) -> None:
    """Hand out, write a blind pack for each person, and let them finish all their articles."""
    from annotator.services.team.pack import PackRequest, make_packs

    hand_out(path)
    chance = random.Random(4)
    with Project.open(path) as project:
        packs = make_packs(project, [person.id for person in PEOPLE], f"{path}-packs", PackRequest(blind=True))
    for pack in packs:
        with Project.open(pack.path) as project:
            for group in project.documents.groups(project.assignments.of(pack.person.id)):
                edits = [edit for document in group for edit in _work(chance, document, 1, [pack.person])]
                project.log.append_many(edits)


def assign_articles(path: Path) -> str:
    """Look for near-duplicates and hand all articles out."""
    from annotator.services.team.assign import AssignRequest, assign, find_near_duplicates

    with Project.open(path) as project:
        began = time.process_time()
        find_near_duplicates(project)
        looked = time.process_time() - began
        request = AssignRequest(tuple(person.id for person in PEOPLE), Fraction(1, 5))
        found = assign(project, request, PEOPLE[0])
        sizes = [len(share.given) for share in found.shares]
    return (
        f"{looked:.1f} s of it to look for near-duplicates; {min(sizes)} to {max(sizes)} articles for each, "
        f"{found.overlapping} for two, {found.divided} groups divided"
    )


def pack(path: Path) -> str:
    """Write a blind pack for each person."""
    from annotator.services.team.pack import PackRequest, make_packs

    with Project.open(path) as project:
        packs = make_packs(project, [person.id for person in PEOPLE], f"{path}-packs", PackRequest(blind=True))
    sizes = [each.path.stat().st_size / 1e6 for each in packs]
    shutil.rmtree(f"{path}-packs")
    return f"{len(packs)} packs of {min(sizes):.1f} to {max(sizes):.1f} MB, {packs[0].documents} articles in the first"


def merge(path: Path) -> str:
    """Merge the packs of ten people, who finished all their articles, into the project."""
    from annotator.services.project.merge_copies import merge_copies

    packs = sorted(Path(f"{path}-packs").iterdir())
    with Project.open(path) as project:
        report = merge_copies(project, packs)
    return f"{report.edits} edits from {len(packs)} packs"


def add_confirmations(path: Path) -> None:
    """Let ten people confirm 50 suggestions in each article, each in an edit of its own."""
    chance = random.Random(3)
    with Project.open(path) as project:
        for number, document in enumerate(project.documents.ids()):
            project.log.append_many(list(_confirmations(chance, document, number)))


def _confirmations(chance: random.Random, document: str, number: int) -> Iterator[Edit]:
    for place in range(50):
        yield _confirmation(chance, PEOPLE[(number + place) % len(PEOPLE)], document, place)


def confirmations_of(chance: random.Random, person: Annotator, documents: Sequence[str]) -> Iterator[Edit]:
    """Yield a decision of somebody on each of some documents, given by id."""
    for number, document in enumerate(documents):
        yield _confirmation(chance, person, document, number % 50)


def _confirmation(chance: random.Random, person: Annotator, document: str, place: int) -> Edit:
    span = Span(place * 20, place * 20 + chance.randrange(3, 15))
    label, suggester = chance.choice(_LABELS), chance.choice(("lexicon", "starter"))
    verdict: VerdictValue = {
        "verdict": "accepted",
        "suggester": suggester,
        "version": "1",
        "score": round(chance.random(), 4),
    }
    made = Annotation(
        f"{chance.getrandbits(128):032x}", span, label, person.id, Origin(OriginKind.CONFIRMED, suggester)
    )
    return Edit(
        "",
        person.id,
        document,
        EditKind.CONFIRM,
        (
            Write(document, CellKind.VERDICT, f"{span.start}:{span.end}:{label}", None, verdict),
            Write(document, CellKind.ANNOTATION, made.id, None, made.to_value()),
        ),
    )


def sync(path: Path) -> str:
    """Send everything to an empty folder, receive it in an empty copy, then exchange 200 edits, and then nothing."""
    from annotator.services.team.shared_folder import SharedFolder
    from annotator.services.team.sync import sync as exchange

    said = []
    folder, copy = path.with_name("shared"), path.with_name("received.annot")
    shutil.rmtree(folder, ignore_errors=True)
    copy.unlink(missing_ok=True)
    folder.mkdir()
    with Project.open(path) as project, Project.create_copy(copy, project, PEOPLE[0].id) as other:

        def timed(name: str, of: Project) -> None:
            began, used = time.perf_counter(), time.process_time()
            report = exchange(of, SharedFolder(folder))
            moved = report.sent_edits + report.received.edits
            took = f"{time.process_time() - used:.2f} s of processor time, {time.perf_counter() - began:.2f} s"
            said.append(f"{name} {moved:,} edits {took}")

        timed("send", project)
        size = sum(file.stat().st_size for file in folder.iterdir())
        said.append(f"{len(list(folder.iterdir()))} files, {size / 1e6:.1f} MB")
        timed("receive", other)
        ids = list(project.documents.ids())
        chance = random.Random(4)
        project.log.append_many([edit for one in ids[:4] for edit in _confirmations(chance, one, 0)])
        timed("send", project)
        timed("receive", other)
        timed("exchange", other)
    return "; ".join(said)


PREPARATIONS: Mapping[str, Callable[[Path], None]] = {
    "assign": remove_work,
    "pack": hand_out,
    "merge": label_in_packs,
    "progress": add_decisions,
    "progress page": add_decisions,
    "sync": add_confirmations,
}
"""What a project needs for a part, besides finished work; it is not timed."""
PARTS: Mapping[str, Callable[[Path], str]] = {
    "sync": sync,
    "assign": assign_articles,
    "pack": pack,
    "merge": merge,
    "progress": progress,
    "progress page": progress_page,
    "agreement": agreement,
    "adjudication queue": adjudication_queue,
    "adjudication": adjudication,
    "settle majority": settle_majority,
}


def _run(part: str, path: Path) -> None:
    """Run a part in this process, and print its figures as JSON."""
    began, used = time.perf_counter(), time.process_time()
    said = PARTS[part](path)
    figures = {"cpu": time.process_time() - used, "wall": time.perf_counter() - began}
    print(json.dumps({**figures, "megabytes": peak_memory(), "said": said}))


def peak_memory() -> float:
    """Return the peak memory of this process in MB.

    ru_maxrss would include what the process that started it had then, as Linux keeps it across exec.
    """
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def main(parts: Sequence[str], documents: int, each: int) -> None:
    """Make a project, then run each part on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder) / "team.annot", Path(folder) / "copy.annot"
        make_team_project(path, documents, each)
        print(f"{documents} articles, each by {each} of ten; {path.stat().st_size / 1e6:.0f} MB", flush=True)
        for part in parts:
            shutil.copy(path, copy)
            if part in PREPARATIONS:
                PREPARATIONS[part](copy)
            command = [sys.executable, "-m", "tests.benchmarks.team", "--run", str(copy), part]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{part}: {found['cpu']:.1f} s of processor time, {found['wall']:.1f} s, peak "
                f"{found['megabytes']:.0f} MB; {found['said']}",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="+", choices=PARTS)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--each", type=int, default=10, help="how many people finished each article")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        _run(arguments.parts[0], arguments.run)
    else:
        main(arguments.parts, arguments.documents, arguments.each)
