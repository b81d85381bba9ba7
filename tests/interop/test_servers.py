"""doccano and Label Studio import what we write, and we read what is in their databases then: the same spans.

Each has an environment of its own, for they ask for other versions of the same packages.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.formats.base.record import Entity, Record
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_reader, find_writer
from tests.conftest import ROOT
from tests.interop.conftest import DOCUMENTS

PROGRAMS = Path(__file__).parent / "programs"
VERSIONS = {"doccano": "1.8.4", "label-studio": "1.23.2"}


def imported(
    name: str, documents: Sequence[AnnotatedDocument], folder: Path, options: WriteOptions
) -> list[dict[str, Any]]:
    """Write documents, have a server import the file, and return what its database holds of each; skip without it."""
    python = ROOT / f".venv-{name}" / "bin" / "python"
    if not python.exists():
        pytest.skip(f"{name} is not installed; run: make interop")
    print(f"{name} {VERSIONS[name]}")
    writer = find_writer(name)
    path = folder / f"out{writer.suffix}"
    list(writer.write(documents, path, options))
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/doccano.sqlite3",
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "COLLECT_ANALYTICS": "0",
        "LATEST_VERSION_CHECK": "0",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "PYTHONWARNINGS": "ignore",
    }
    script = PROGRAMS / f"import_into_{name.replace('-', '_')}.py"
    done = subprocess.run(
        [python, script, path], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert answer["errors"] == []
    return list(answer["found"])


def read_again(name: str, found: Sequence[dict[str, Any]], folder: Path) -> list[Record]:
    """Return what our reader finds in what a server holds."""
    back = folder / f"back{find_writer(name).suffix}"
    lines = [json.dumps(each) for each in found]
    back.write_text(f"[{','.join(lines)}]" if back.suffix == ".json" else "\n".join(lines), "utf-8")
    reader = find_reader({"label-studio": "json"}.get(name, name))
    return [record for record in reader.read(back) if isinstance(record, Record)]


@pytest.mark.parametrize("name", VERSIONS)
def test_a_server_takes_in_our_file_and_holds_the_same_spans(name: str, tmp_path: Path) -> None:
    records = read_again(name, imported(name, DOCUMENTS, tmp_path, WriteOptions(include_debris=True)), tmp_path)
    assert [record.text for record in records] == [each.document.text for each in DOCUMENTS]
    for record, source in zip(records, DOCUMENTS, strict=True):
        wanted = [Entity(a.span, a.label, "", "", *source.note_on(a.id)) for a in source.annotations]
        assert sorted(e._replace(annotator="", origin="") for e in record.annotations) == sorted(wanted)
        assert [note.text for note in record.notes] == [note.text for note in source.notes if not note.key]


def partly_suggested(source: AnnotatedDocument) -> AnnotatedDocument:
    """Return a document whose first annotation is confirmed, and whose others are suggestions of two suggesters."""
    first, *others = source.annotations
    suggested = [
        Annotation(a.id, a.span, a.label, "", Origin(OriginKind.SUGGESTION, "lexicon" if n % 2 else "camel", 0.1 * n))
        for n, a in enumerate(others)
    ]
    return AnnotatedDocument(source.document, (first, *suggested))


def test_label_studio_takes_suggestions_for_predictions_with_the_same_spans(tmp_path: Path) -> None:
    documents = [partly_suggested(each) for each in DOCUMENTS if each.annotations]
    assert sum(len(each.annotations) - 1 for each in documents) >= 20
    options = WriteOptions(include_debris=True, names={"a1": "سعاد"}, suggestions=True)
    found = imported("label-studio", documents, tmp_path, options)
    for task, source in zip(found, documents, strict=True):
        text = task["data"]["text"]
        assert text == source.document.text
        held: dict[str, list[tuple[int, int, str, str, float]]] = {}
        for prediction in task["predictions"]:
            for result in prediction["result"]:
                value = result["value"]
                assert text[value["start"] : value["end"]] == value["text"]
                place = (value["start"], value["end"], value["text"], value["labels"][0], result["score"])
                held.setdefault(prediction["model_version"], []).append(place)
        wanted: dict[str, list[tuple[int, int, str, str, float]]] = {}
        for a in source.annotations[1:]:
            place = (a.span.start, a.span.end, a.span.of(text), a.label, a.origin.score)
            wanted.setdefault(a.origin.suggester, []).append(place)
        assert held == wanted
        ((confirmed,),) = [annotation["result"] for annotation in task["annotations"]]
        first = source.annotations[0]
        assert (confirmed["value"]["start"], confirmed["value"]["end"]) == (first.span.start, first.span.end)
    for record, source in zip(read_again("label-studio", found, tmp_path), documents, strict=True):
        names = {"a1": "سعاد", "": ""}
        assert sorted(record.annotations) == sorted(
            Entity(a.span, a.label, names[a.annotator], str(a.origin), score=a.origin.score) for a in source.annotations
        )
