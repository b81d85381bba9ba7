"""Time import and export beside Label Studio and doccano: python -m tests.benchmarks.beside_others 2000

The articles are mixed from sentences of the samples, each about 3,100 characters long with 27 spans. Every program
takes in the same articles in a format of its own, and is timed without its start: ours by what the commands call, the
others by what their servers call for a request (they are installed by make interop; one that is not is left out).
Seconds are the wall clock's and the processor's; peak is the largest memory of the process in MB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer
from annotator.resources import resource
from annotator.text.sentences import split_sentences
from annotator.text.tokenizer import tokenize
from tests.conftest import ROOT

PROGRAMS = Path(__file__).parent / "programs"
LENGTH = 3_100
SPANS = 27
LABELS = ("PERS", "LOC", "ORG", "MISC")
_OURS = """
import json, resource, sys, time
from pathlib import Path
from annotator.domain.model.annotation import Annotator
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from tests.services.exporting.requests import export_as
from annotator.services.importing.importer import import_paths
from annotator.services.importing.annotations import ImportTarget

took = {}
def timed(what, work):
    began, used = time.perf_counter(), time.process_time()
    work()
    took[what] = [time.perf_counter() - began, time.process_time() - used]

with Project.create(Path("ours.annot"), load_tagset("camel")) as project:
    timed("import", lambda: import_paths(project, [sys.argv[1]], target=ImportTarget(Annotator("salma", "Salma"))))
    timed("json", lambda: export_as(project, Path("out.jsonl"), "jsonl", include_debris=True))
    timed("conll", lambda: export_as(project, Path("out.conll"), "conll", include_debris=True))
took["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(took))
"""


def articles(count: int) -> Iterator[AnnotatedDocument]:
    """Yield so many articles with their spans, which do not overlap and stand on whole words."""
    chance = random.Random(1)
    sentences: list[str] = []
    for path in sorted(resource("samples").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        sentences += [sentence.span.of(text) for sentence in split_sentences(text)]
    for number in range(count):
        parts = [f"خبر رقم {number}"]
        while sum(map(len, parts)) < LENGTH:
            parts.append(chance.choice(sentences))
        text = "\n".join(parts)
        words = [token for token in tokenize(text) if token.text.isalpha()]
        annotations: list[Annotation] = []
        for first in sorted(chance.sample(range(0, len(words) - 3, 3), SPANS)):
            span = Span(words[first].start, words[first + chance.randrange(3)].end)
            annotations.append(Annotation(f"{number}-{first}", span, chance.choice(LABELS), "salma"))
        yield AnnotatedDocument(Document(document_id(text), text), tuple(annotations))


def run(python: Path | str, script: list[str], folder: Path) -> dict[str, list[float]]:
    """Run a program in a folder and return what it tells on its last line."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/doccano.sqlite3",
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "COLLECT_ANALYTICS": "0",
        "LATEST_VERSION_CHECK": "0",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(ROOT) if python == sys.executable else "",
    }
    done = subprocess.run([python, *script], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    told: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return told


def main(count: int, rounds: int, only: str | None) -> None:
    """Print what each program, or the only one asked for, took: the shortest of some rounds."""
    runs: dict[str, tuple[Path | str, str, list[str]]] = {"ours": (sys.executable, "jsonl", ["-c", _OURS])}
    for name in ("label-studio", "doccano"):
        own = ROOT / f".venv-{name}" / "bin" / "python"
        if own.exists():
            runs[name] = (own, name, [str(PROGRAMS / f"time_{name.replace('-', '_')}.py")])
        else:
            print(f"{name} is not installed; run: make interop")
    runs = {name: each for name, each in runs.items() if only in (None, name)}
    with tempfile.TemporaryDirectory() as root:
        for name, (python, format_, script) in runs.items():
            writer = find_writer(format_)
            source = Path(root) / f"{name}{writer.suffix}"
            list(writer.write(articles(count), source, WriteOptions(include_debris=True)))
            best: dict[str, list[float]] = {}
            for number in range(rounds):
                folder = Path(root) / f"{name}-{number}"
                folder.mkdir()
                told = run(python, [*script, str(source)], folder)
                peak = told.pop("peak")
                best = {what: min(best.get(what, seconds), seconds) for what, seconds in told.items()}
            told_all = ", ".join(f"{what} {wall:.2f} s ({used:.2f} s)" for what, (wall, used) in best.items())
            print(f"{name}: {told_all}, peak {peak} MB", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=2000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", choices=("ours", "label-studio", "doccano"))
    arguments = parser.parse_args()
    main(arguments.articles, arguments.rounds, arguments.only)
