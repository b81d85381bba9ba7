"""Time what a large project's labels cost: python -m tests.benchmarks.labels 100000

The number is how many articles, each with ten annotations of two annotators and thirty suggestions. With --log N it
times instead the upgrade of a project of an earlier version whose log has N edits. Times are CPU seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from annotator.domain.model.annotation import Annotator
from annotator.domain.model.document import Document
from annotator.domain.tagset.changes import MergeLabels
from annotator.services.project.tagset_preview import count_uses
from annotator.services.search.label_examples import label_in_use
from annotator.session import Session
from annotator.storage.file.clock import Clock
from annotator.storage.file.connection import APPLICATION_ID
from annotator.storage.file.migrations import migrations
from annotator.storage.project import Project
from annotator.storage.rows import document_to_row
from annotator.storage.tables.documents import insert_documents
from annotator.storage.tables.tagsets import load_tagset, tagset_to_json

T = TypeVar("T")

WORDS = ("قال", "العميد", "سالم", "الراوي", "إن", "القوات", "انتشرت", "في", "بغداد", "وكركوك", "والموصل", "بعد", "أمس")
PAYLOAD = (
    '[{{"after":{{"end":44,"label":"LOC","origin":"confirmed:lexicon","start":38}},"before":null,"cell":"annotation",'
    '"document":"{0}","key":"{1}"}},{{"after":{{"score":0.9,"suggester":"lexicon","verdict":"accepted","version":"1"}},'
    '"before":null,"cell":"verdict","document":"{0}","key":"38:44:LOC"}}]'
)
ARTICLE = (
    "insert into documents (id, stamp, length, title, source, url, author, external_id, newlines, regions, metadata, "
    "text) values (?, ?, ?, 't', '', '', '', '', '', '[]', '{}', ?)"
)


def timed(name: str, act: Callable[[], T]) -> T:
    """Do something, and print what it cost."""
    began = time.process_time()
    result = act()
    print(f"{name:<60}{time.process_time() - began:8.3f} s")
    return result


def articles(count: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield ids and texts."""
    for number in range(count):
        text = f"{number} " + " ".join(rng.choice(WORDS) for _ in range(250))
        yield hashlib.sha256(text.encode()).hexdigest()[:32], text


def fill(project: Project, count: int) -> None:
    """Fill a project, past the log: what is measured reads the state tables."""
    rng = random.Random(1)
    labels = [label.id for label in project.tagset.labels]
    for number in range(2):
        project.annotators.add(Annotator(f"p{number}", f"P{number}"))
    db, clock = project._connection.db, project._connection.clock
    made = list(articles(count, rng))
    annotations = (
        (document, f"p{n % 2}", uuid.UUID(int=rng.getrandbits(128)).hex, start, start + 6, label)
        for document, _ in made
        for n in range(10)
        for start, label in [(rng.randrange(1200), labels[min(14, int(rng.expovariate(0.4)))])]
    )
    with project.transaction():
        insert_documents(db, [document_to_row(Document(i, text, "t"), clock.new()) for i, text in made])
        db.conn.executemany(
            'insert into spans (document, annotator, key, start, "end", label, origin) '
            "values (?, ?, ?, ?, ?, ?, 'manual')",
            annotations,
        )
        runs = ((n, document, clock.new()) for n, (document, _) in enumerate(made))
        db.conn.executemany("insert into runs values (?, ?, 'lexicon', '1', ?, 30)", runs)
        proposed = ((n, k * 30, k * 30 + 5, rng.choice(labels)) for n in range(count) for k in range(30))
        db.conn.executemany("insert into suggestions values (?, ?, ?, ?, 0.9)", proposed)


def measure_labels(folder: Path, count: int) -> None:
    """Measure what the editor and the guidelines ask for."""
    with Project.create(folder / "large.annot", load_tagset("security")) as project:
        fill(project, count)
        for label in ("PERS", "LOC", "MISC"):
            found = timed(f"examples of {label} from the corpus", partial(label_in_use, project, label))
            print(f"    {found.annotations} annotations, {found.looked_at} looked at, {len(found.names)} names")
        timed("what every label is used for, for previews", lambda: count_uses(project))
        session = Session(project, Annotator("p0", "P0"))
        timed("a merge of two labels", lambda: session.change_tagset([MergeLabels("ORG", "PERS")]))
        timed("its undo", session.undo)


def measure_upgrade(folder: Path, edits: int) -> None:
    """Measure the upgrade of a long log."""
    path, clock = folder / "old.annot", Clock()
    with Database(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        migrations.apply(db, stop_before="0006_tagset")
        facts = {"id": uuid.uuid4().hex, "tagset": tagset_to_json(load_tagset("security"))}
        db.conn.executemany("insert into meta values (?, ?)", facts.items())
        db.execute("begin")
        db.execute("insert into annotators values ('me', 'me', ?)", [clock.new()])
        made = list(articles(1000, random.Random(1)))
        db.conn.executemany(ARTICLE, ((i, clock.new(), len(text), text) for i, text in made))
        confirmed = [(made[n % 1000][0], uuid.uuid4().hex) for n in range(edits)]
        rows = (
            (clock.new(), document, 1_700_000_000_000 + n, PAYLOAD.format(document, key))
            for n, (document, key) in enumerate(confirmed)
        )
        db.conn.executemany("insert into edits values (?, 'me', ?, 'confirm', null, ?, ?)", rows)
        # A file whose tables differ from its log counts as damaged.
        db.conn.executemany(
            "insert into annotations values (?, 'me', ?, 38, 44, 'LOC', 'confirmed:lexicon')", confirmed
        )
        verdicts = [(document,) for document in dict.fromkeys(document for document, _ in confirmed)]
        db.conn.executemany(
            "insert into verdicts values (?, 'me', '38:44:LOC', 'accepted', 'lexicon', '1', 0.9)", verdicts
        )
        db.execute("commit")
    print(f"{path.stat().st_size / 1e6:.0f} MB")
    timed(f"the upgrade of a log of {edits} edits", lambda: Project.open(path).close())


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=20_000)
    parser.add_argument("--log", type=int)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.log:
            measure_upgrade(Path(folder), asked.log)
        else:
            measure_labels(Path(folder), asked.articles)


if __name__ == "__main__":
    main()
