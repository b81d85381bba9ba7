"""doccano and Label Studio import what we write, and we read what is in their databases then: the same spans.

Each has an environment of its own, for they ask for other versions of the same packages.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from annotator.formats.registry import Entity, Record, WriteOptions, find_reader, find_writer
from tests.conftest import ROOT
from tests.interop.conftest import DOCUMENTS

PROGRAMS = Path(__file__).parent / "programs"


@pytest.mark.parametrize(
    ("name", "version", "reader"), [("doccano", "1.8.4", "doccano"), ("label-studio", "1.23.2", "json")]
)
def test_a_server_takes_in_our_file_and_holds_the_same_spans(
    name: str, version: str, reader: str, tmp_path: Path
) -> None:
    python = ROOT / f".venv-{name}" / "bin" / "python"
    if not python.exists():
        pytest.skip(f"{name} is not installed; run: make interop")
    print(f"{name} {version}")
    writer = find_writer(name)
    path = tmp_path / f"out{writer.suffix}"
    list(writer.write(DOCUMENTS, path, WriteOptions(include_debris=True)))
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/doccano.sqlite3",
        "LABEL_STUDIO_BASE_DATA_DIR": str(tmp_path / "data"),
        "COLLECT_ANALYTICS": "0",
        "LATEST_VERSION_CHECK": "0",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "PYTHONWARNINGS": "ignore",
    }
    script = PROGRAMS / f"import_into_{name.replace('-', '_')}.py"
    done = subprocess.run(
        [python, script, path], cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["errors"] == []
    back = tmp_path / f"back{writer.suffix}"
    lines = [json.dumps(each) for each in answer["found"]]
    back.write_text(f"[{','.join(lines)}]" if writer.suffix == ".json" else "\n".join(lines), "utf-8")
    records = [record for record in find_reader(reader).read(back) if isinstance(record, Record)]
    assert [record.text for record in records] == [each.document.text for each in DOCUMENTS]
    for record, source in zip(records, DOCUMENTS, strict=True):
        wanted = [Entity(a.span, a.label, "", "", *source.note_on(a.id)) for a in source.annotations]
        assert sorted(e._replace(annotator="", origin="") for e in record.annotations) == sorted(wanted)
        assert [note.text for note in record.notes] == [note.text for note in source.notes if not note.key]
