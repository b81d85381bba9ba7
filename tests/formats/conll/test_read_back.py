"""The quick look at a CoNLL file that was written takes nothing for right that the slow one does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.errors import ExportError
from annotator.formats.base.record import Entity
from annotator.formats.base.writer import WriteOptions
from annotator.formats.conll.read_back import _entities, _in_two_columns, _width, read_back
from annotator.formats.conll.writer import ConllWriter
from tests.formats.marks import marked
from tests.formats.strategies import annotated_documents


def slowly(annotated: AnnotatedDocument, text: str, body: str) -> list[Entity]:
    """Return the entities of a body as they are read line by line; raises ExportError."""
    rows = [line.split("\t") for line in body.removesuffix("\n").split("\n")]
    if _width(rows, 1, 0) not in (0, 2):
        raise ExportError("It has not two columns.")
    return list(_entities(annotated.document, text, rows, 1))


def bodies(folder: Path, annotated: AnnotatedDocument, scheme: str) -> str:
    """Return the lines of a document but its first."""
    options = WriteOptions(include_debris=True, scheme=scheme)
    list(ConllWriter().write([annotated], folder / "out.conll", options))
    return (folder / "out.conll").read_text("utf-8").partition("\n")[2]


@settings(max_examples=400, deadline=None)
@given(
    annotated=annotated_documents(),
    scheme=st.sampled_from(["IOB2", "IO", "BILOU"]),
    cuts=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 3)), max_size=3),
    more=st.sampled_from(["", "\t", "\n", "O", "\tO\n", "x", "\tB-LOC\n", " ", "-", "بغداد", "\t\n", "\n\n"]),
)
def test_what_the_quick_look_finds_is_what_the_slow_one_finds(
    tmp_path_factory: pytest.TempPathFactory,
    annotated: AnnotatedDocument,
    scheme: str,
    cuts: list[tuple[int, int]],
    more: str,
) -> None:
    body = bodies(tmp_path_factory.mktemp("body"), annotated, scheme)
    text = annotated.document.text
    assert _in_two_columns(text, body) == slowly(annotated, text, body)
    for place, length in cuts:
        at = place % (len(body) + 1)
        body = body[:at] + more + body[at + length :]
    found = _in_two_columns(text, body)
    if found is not None:
        assert found == slowly(annotated, text, body)


LINES = [
    "في\tO\nبغداد\tB-LOC\tO\nاليوم\n\n",  # as many tags as lines, but not one in each
    "في\tO\nبغداد\tB-LOC\nاليوم\n\n",
    "في\n\tO\nبغداد\tB-LOC\nاليوم\tO\n\n",
    "\tO\nفيبغداد\tB-LOC\nاليوم\tO\n\n",
    "في\tO\n\tB-LOC\nبغداداليوم\tO\n\n",
    "في بغداد\tB-LOC\nاليوم\tO\n\n",
    "فيبغداد\tB-LOC\nاليوم\tO\n\n",
    "في\tO\nبغداد\tB-LOC\nاليوم\tO\nغد\tO\n\n",
    "في\tO\nبغداد\tB-LOC\n\n",
]


@pytest.mark.parametrize("body", LINES)
def test_lines_that_are_not_those_of_the_text_are_told(tmp_path: Path, body: str) -> None:
    annotated = marked("في ⟦LOC|بغداد⟧ اليوم")
    path = tmp_path / "out.conll"
    path.write_text(f"# newdoc id = {annotated.document.id}\n{body}", "utf-8", newline="\n")
    assert _in_two_columns(annotated.document.text, body) is None
    with pytest.raises(ExportError, match=r"Line [1-5]"):
        list(read_back(path, [annotated.document], WriteOptions()))


def test_a_file_is_read_document_by_document_however_long_these_are(tmp_path: Path) -> None:
    documents = [marked(f"خبر {n} في ⟦LOC|بغداد⟧.\n\n" + "كلمة ثم أخرى\n" * (25_000 * (n == 1))) for n in range(4)]
    path = tmp_path / "out.conll"
    list(ConllWriter().write(documents, path, WriteOptions()))
    found = list(read_back(path, [each.document for each in documents], WriteOptions()))
    assert [entity.span for back in found for entity in back.entities] == [
        each.annotations[0].span for each in documents
    ]
    lines = path.read_text("utf-8").splitlines()
    last = next(n for n in range(len(lines), 0, -1) if lines[n - 1].startswith("# newdoc"))
    path.write_text("\n".join([*lines[: last + 1], "غير\tO", *lines[last + 2 :], ""]), "utf-8")
    with pytest.raises(ExportError, match=f"Line {last + 2}: "):
        list(read_back(path, [each.document for each in documents], WriteOptions()))
