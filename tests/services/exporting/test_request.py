"""An option that makes no difference to a format is refused, and one that makes a difference is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import ExportError
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import writers
from annotator.services.exporting.request import USED_BY
from annotator.storage.project import Project
from tests.formats.installed import FORMATS, NEEDS
from tests.formats.marks import marked
from tests.services.corpus.corpora import make_project
from tests.services.exporting.requests import export_as

OTHERS: dict[str, Any] = {"clitics": "split", "scheme": "IOBES", "nested": "columns", "docstart": True}
DOCUMENT = marked("قالت ⟦ORG|وزارة دفاع ⟦LOC|العراق⟧⟧ في و⟦LOC|ديالى⟧ إن الوضع هادئ.")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "news.annot") as made:
        yield made


@pytest.mark.parametrize("option", USED_BY)
@pytest.mark.parametrize("name", FORMATS)
def test_an_option_that_a_format_has_no_use_for_is_refused(
    name: str, option: str, project: Project, tmp_path: Path
) -> None:
    said = f"--{option} does not apply to {name}. Remove it, or use one of: conll"
    if name in USED_BY[option]:
        export_as(project, tmp_path / "out", name, **{option: OTHERS[option]})
        return
    with pytest.raises(ExportError, match=said):
        export_as(project, tmp_path / "out", name, **{option: OTHERS[option]})
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("option", "name"), [(o, n) for o, names in USED_BY.items() for n in names if n not in NEEDS])
def test_what_is_not_refused_makes_a_difference(option: str, name: str, tmp_path: Path) -> None:
    found = []
    for number, chosen in enumerate(({}, {option: OTHERS[option]})):
        path = tmp_path / str(number)
        list(writers()[name].write([DOCUMENT], path, WriteOptions(**chosen)))
        found.append(path.read_bytes())
    assert found[0] != found[1]


def test_a_plug_in_is_given_every_option(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[WriteOptions] = []

    class Foreign:
        """A writer of nothing, which is not the program's own."""

        name, suffix, holds_annotators = "foreign", ".x", False

        def write(self, documents: object, path: Path, options: WriteOptions) -> Iterator[tuple[()]]:
            """Remember what was asked."""
            seen.append(options)
            path.write_text("", "utf-8")
            yield from ()

        def read_back(self, path: Path, documents: object, options: WriteOptions) -> Iterator[object]:
            """Find nothing."""
            yield from ()

    monkeypatch.setattr("annotator.services.exporting.request.find_writer", lambda name: Foreign())
    export_as(project, tmp_path / "out", "foreign", **OTHERS)
    assert seen[0].docstart
