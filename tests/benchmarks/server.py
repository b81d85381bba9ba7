"""Time a team that synchronises through a PostgreSQL server: python -m tests.benchmarks.server team --documents 2000

team: annotators who all synchronise at the same time, each in a process of its own with 100 new decisions, then again
until everybody has everything. load: a whole project to an empty server, and from it to an empty copy. growth: an
exchange of nothing and of 100 decisions while the server has more and more of them.

The server is one that the benchmark starts on this computer. Times are of the wall clock.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from annotator.domain.model.annotation import Annotator
from annotator.services.team.postgres_carrier import PostgresCarrier
from annotator.services.team.postgres_server import set_logins
from annotator.services.team.sync import SyncReport, sync
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.benchmarks.team import confirmations_of, peak_memory
from tests.benchmarks.whole_corpus import articles
from tests.postgres import Server, running_server

LEAD = Annotator("f" * 32, "هند")
EACH = 100
"""How many decisions an annotator has to send."""
_FILL = """
    insert into annotator.rows (project, kind, body)
    select %s, 'edits', json_build_object(
        'annotator', %s::text, 'document', %s::text, 'id', '0197' || lpad(to_hex(n / 65536), 4, '0') || '-'
        || lpad(to_hex(n %% 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'),
        'kind', 'note', 'payload', '[{"after":{"text":"' || n || '"},"before":null,"cell":"note","document":"'
        || %s || '","key":""}]', 'reverts', null, 'time', 1)::text
    from generate_series(%s::int, %s::int - 1) as n
"""
"""Notes on one article, as many as are wanted, with rising ids."""


def make_project(path: Path, documents: int) -> None:
    """Make a project with articles, and the lead."""
    with Project.create(path, load_tagset("security")) as project:
        project.annotators.add(LEAD)
        coming = articles(documents)
        while some := list(islice(coming, 500)):
            project.documents.add_many(some)


def exchange(path: Path, address: str, person: Annotator) -> SyncReport:
    """Synchronise one copy."""
    with Project.open(path, timeout=600.0) as project:
        return sync(project, PostgresCarrier(address), annotator=person)


def timed(act: Callable[[], SyncReport]) -> tuple[float, SyncReport]:
    """Return how many seconds an exchange takes, and its report."""
    began = time.perf_counter()
    report = act()
    return time.perf_counter() - began, report


def moved(report: SyncReport) -> int:
    """Return how many rows were sent and received."""
    return report.sent_rows + report.received.edits + report.received.documents + report.received.annotators


def _work(
    path: Path,
    address: str,
    person: Annotator,
    seed: int,
    rounds: list[multiprocessing.synchronize.Barrier],
    answers: multiprocessing.Queue[tuple[int, float, int]],
) -> None:
    """Exchange once in each round, when all others are ready too."""
    for number, barrier in enumerate(rounds):
        barrier.wait()
        seconds, report = timed(lambda: exchange(path, address, person))
        answers.put((number, seconds, moved(report)))


def team(server: Server, folder: Path, documents: int, people: int) -> Iterator[str]:
    """Let annotators synchronise at once; all begin with the same articles."""
    base = folder / "base.annot"
    make_project(base, documents)
    server.make_team(f"team{people}", hind="lead")
    database = f"team{people}"
    lead_address = server.url("hind", database)
    exchange(base, lead_address, LEAD)
    persons = [Annotator(f"{number:032x}", f"موسّم {number}") for number in range(people)]
    with Project.open(base) as project:
        name, ids = project.id, list(project.documents.ids())
        for person in persons:
            project.annotators.add(person)
    exchange(base, lead_address, LEAD)
    for number in range(people):
        server.execute(f"create role a{number} login in role {database}_annotator", database=database)
    set_logins(lead_address, name, [(person.id, f"a{number}") for number, person in enumerate(persons)])
    copies = []
    for number, person in enumerate(persons):
        address, copy = server.url(f"a{number}", database), folder / f"copy{number}.annot"
        shutil.copyfile(base, copy)
        chance = random.Random(number)
        with Project.open(copy) as project:
            with project._connection.transaction() as db:  # a copy that has synchronised with this login before
                db.execute("update meta set value = ? where name = 'carrier'", [address])
            some = confirmations_of(chance, person, chance.choices(ids, k=EACH))
            project.log.append_many(list(some))
        copies.append((copy, address, person, number))
    context = multiprocessing.get_context("fork")
    rounds = [context.Barrier(people + 1) for _ in range(2)]
    answers: multiprocessing.Queue[tuple[int, float, int]] = context.Queue()
    processes = [context.Process(target=_work, args=(*copy, rounds, answers)) for copy in copies]
    for process in processes:
        process.start()
    for number, what in enumerate(("send, and receive what is there", "receive the rest")):
        rounds[number].wait()
        began = time.perf_counter()
        found = [answers.get() for _ in processes]
        wall = time.perf_counter() - began
        rows = sum(count for _, _, count in found)
        slowest = max(seconds for _, seconds, _ in found)
        yield (
            f"{people} annotators, {documents:,} articles, {what}: all in step after {wall:.1f} s, the slowest "
            f"{slowest:.1f} s, {rows:,} rows, {rows / wall:,.0f} rows/s"
        )
    for process in processes:
        process.join()
    with Project.open(copies[0][0]) as project:
        assert sum(1 for _ in project.log.edits()) == people * EACH


def load(server: Server, folder: Path, documents: int, people: int) -> Iterator[str]:
    """Send a project with articles to an empty server, and receive it in an empty copy."""
    base, copy = folder / "load.annot", folder / "received.annot"
    make_project(base, documents)
    server.make_team("load", hind="lead")
    with Project.open(base) as project, Project.create_copy(copy, project, LEAD.id):
        pass
    for what, path in (("send", base), ("receive", copy)):
        used, before = time.process_time(), peak_memory()
        seconds, report = timed(partial(exchange, path, server.url("hind", "load"), LEAD))
        rows, used = moved(report), time.process_time() - used
        yield (
            f"{what} {rows:,} rows with {documents:,} articles: {seconds:.1f} s, {rows / seconds:,.0f} rows/s; "
            f"{used:.1f} s of processor time of the program, peak memory {before:.0f} MB before and "
            f"{peak_memory():.0f} MB after"
        )


def growth(server: Server, folder: Path, documents: int, people: int) -> Iterator[str]:
    """Fill the server with decisions, and exchange nothing and then 100 decisions."""
    base = folder / "growth.annot"
    make_project(base, 100)
    server.make_team("growth", hind="lead")
    address = server.url("hind", "growth")
    exchange(base, address, LEAD)
    with Project.open(base) as project:
        name, ids = project.id, list(project.documents.ids())
    filled = 0
    for size in (10_000, 100_000, 1_000_000):
        began = time.perf_counter()
        while filled < size:
            some = min(size, filled + 50_000)
            server.execute(_FILL, [name, LEAD.id, ids[0], ids[0], filled, some], user="hind", database="growth")
            filled = some
        filling = time.perf_counter() - began
        ((seq, last),) = server.execute(
            "select seq, kind || ' ' || key from annotator.rows order by seq desc limit 1", database="growth"
        )
        with Project.open(base) as project:  # as if this copy had received them
            marks = project.outbox.marks()
            project.outbox.mark({"server": marks["server"], "0": f"{seq} {last}"}, marks.keys() - {"server", "0"})
        nothing, _ = timed(lambda: exchange(base, address, LEAD))
        with Project.open(base) as project:
            project.log.append_many(list(confirmations_of(random.Random(size), LEAD, ids)))
        some_seconds, report = timed(lambda: exchange(base, address, LEAD))
        carrier = PostgresCarrier(address)
        carrier.check(lambda: None)
        began = time.perf_counter()
        read = sum(len(page.rows) for page in carrier.arrivals(name, {}, lambda _: None, lambda *_: None))
        reading = time.perf_counter() - began
        carrier.close()
        (stored,) = server.execute("select pg_total_relation_size('annotator.rows')", database="growth")[0]
        assert isinstance(stored, int)
        yield (
            f"{size:,} decisions, {stored / 1e6:,.0f} MB: nothing new {nothing * 1000:.0f} ms, {report.sent_edits} "
            f"sent {some_seconds * 1000:.0f} ms; filled in {filling:.1f} s; all {read:,} rows read without merging in "
            f"{reading:.1f} s"
        )


PARTS: Mapping[str, Callable[[Server, Path, int, int], Iterator[str]]] = {"team": team, "load": load, "growth": growth}


def main(part: str, documents: int, people: int) -> None:
    """Run a part on a server of its own."""
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        for said in PARTS[part](server, Path(folder), documents, people):
            print(f"{part}: {said}; load of the machine {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=10)
    arguments = parser.parse_args()
    main(arguments.part, arguments.documents, arguments.people)
