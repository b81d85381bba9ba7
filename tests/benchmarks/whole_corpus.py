"""Time `annotator suggest` over a large corpus, and its memory: python -m tests.benchmarks.whole_corpus 20000 1 2

The first number is how many articles, the others with how many processes to run. The articles are mixed from sentences
of real ones, each as long as a real one, so that they are not near-duplicates of one another; every twentieth is one
that stood before, with another head.

--every 1000 prints, after so many answered articles, what the last of them took in one process: so growth shows before
the end. --seconds 1200 interrupts the command after so much processor time; a projection for the rest is left to you.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from annotator.domain.model.document import Document
from annotator.formats.base.record import Record
from annotator.services.importing.record_to_document import to_document
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.text.sentences import split_sentences
from tests.conftest import ROOT

ARTICLES = ROOT.parent / "shared" / "corpora" / "saudinewsnet" / "2015-08-08.json"
_RUN = """
import sys, resource, signal
from annotator.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # A shell ignores it in what it starts in the background.
try:
    main(sys.argv[1:])
finally:
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    used = sum(t for who in (0, resource.RUSAGE_CHILDREN) for t in resource.getrusage(who)[:2])
    told = f"{used:.0f} s of processor time; peak memory: writer {own // 1024} MB, largest process {peak // 1024} MB"
    print(told, flush=True)
"""


def articles(count: int) -> Iterator[Document]:
    """Yield so many articles."""
    chance = random.Random(1)
    real = json.loads(ARTICLES.read_text(encoding="utf-8"))
    sentences: list[str] = []
    lengths: list[int] = []
    for article in real:
        found = [sentence.span.of(article["content"]) for sentence in split_sentences(article["content"])]
        sentences += found
        lengths.append(len(found))
    texts: list[str] = []
    for number in range(count):
        if number % 20 == 19:
            text = f"بغداد - وكالات {texts[chance.randrange(len(texts))]}"
        else:
            text = "\n".join([f"خبر رقم {number}", *chance.choices(sentences, k=chance.choice(lengths))])
            texts = [*texts[-500:], text]
        made = to_document(Record(text, {"date": f"2015-08-{1 + number % 28:02}"}, str(number)))
        if isinstance(made, Document):
            yield made


def watch(process: subprocess.Popen[bytes], project: Path, every: int, seconds: float) -> None:
    """Print what the command took for every so many articles, and interrupt it after some seconds of processor time."""
    counted = "select count(*) from runs where suggester = 'combined'"
    print("  articles  s per 1,000  resident MB  file MB")
    last, before = 0, 0.0
    with closing(sqlite3.connect(f"file:{project}?mode=ro", uri=True)) as db:
        while process.poll() is None:
            time.sleep(1)
            done = db.execute(counted).fetchone()[0]
            try:
                fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                break
            used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            if last and done >= last + every:
                resident = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
                size = sum(file.stat().st_size for file in project.parent.glob(f"{project.name}*")) / 1e6
                rate = 1000 * (used - before) / (done - last)
                print(f"  {done:8,}  {rate:11.2f}  {resident:11.0f}  {size:7.0f}", flush=True)
            if done and (not last or done >= last + every):
                last, before = done, used
            if seconds and used > seconds:
                process.send_signal(signal.SIGINT)
                return


def main(count: int, processes: list[int], names: list[str], every: int = 0, seconds: float = 0) -> None:
    """Make a project, then run the command on a copy of it for each number of processes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.annot"
        began = time.monotonic()
        with Project.create(path, load_tagset("security")) as project:
            added = project.documents.add_many(articles(count))
        print(
            f"{added} articles, {path.stat().st_size / 1e6:.0f} MB, made in {time.monotonic() - began:.0f} s",
            flush=True,
        )
        for number in processes:
            copy = path.with_name("copy.annot")
            shutil.copy(path, copy)
            options = [option for name in names for option in ("--suggester", name)]
            command = ["suggest", str(copy), "--processes", str(number), *options]
            began = time.monotonic()
            with subprocess.Popen([sys.executable, "-c", _RUN, *command]) as process:
                if every:
                    watch(process, copy, every, seconds)
            took = time.monotonic() - began
            print(f"{number} processes: {took:.0f} s, exit status {process.returncode}", flush=True)
            began = time.monotonic()
            with Project.open(copy) as project:
                opened = time.monotonic() - began
                for order in ("imported", "newest", "entities", "uncertain", "new-names"):
                    slowest = _slowest_page(project, order, added)
                    print(f"  order {order}: slowest page {slowest * 1000:.0f} ms")
            print(f"  opened in {opened * 1000:.0f} ms; {copy.stat().st_size / 1e6:.0f} MB", flush=True)


def _slowest_page(project: Project, order: str, count: int) -> float:
    """Return the time of the slowest of some pages of an order, with the position of its first document, in seconds."""
    from annotator.domain.review.document_order import DocumentOrder

    slowest = 0.0
    for offset in (0, count // 2, max(0, count - 100)):
        began = time.monotonic()
        rows = project.documents.page(offset, 100, "nobody", 0.5, DocumentOrder(order))
        project.documents.position(rows[0].id, DocumentOrder(order))
        slowest = max(slowest, time.monotonic() - began)
    return slowest


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("processes", type=int, nargs="+")
    parser.add_argument(
        "--with", dest="names", action="append", default=[], help="a suggester; by default the default ones"
    )
    parser.add_argument("--every", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    arguments = parser.parse_args()
    main(arguments.articles, arguments.processes, arguments.names, arguments.every, arguments.seconds)
