"""Each message of an error that the window can show has an Arabic translation."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtWidgets import QApplication

from annotator.errors import Message, ProjectError, UserError
from annotator.formats.registry import reader_for
from annotator.resources import resource
from annotator.services.search.match import Mode, finder
from annotator.storage.project import Project
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.error_messages import error_text, place_text
from annotator.ui.base.i18n import set_language
from annotator.ui.update_translations import error_messages, error_templates

HANDED_ON = (ast.Name, ast.Attribute, ast.Subscript, ast.BoolOp, ast.Call)
"""What may stand for a message beside a template: a sentence that was made elsewhere and is found there."""


def fields(template: str) -> set[str]:
    """Return the names of the fields of a template, with how they are to be written."""
    return {f"{name}!{conversion}:{spec}" for _, name, spec, conversion in Formatter().parse(template) if name}


def plain(text: str) -> str:
    """Return a text without the marks that fence names in it."""
    return text.translate(dict.fromkeys(map(ord, "\u2068\u2069\u200e\u200f")))


@pytest.fixture
def arabic(qapp: QApplication) -> Iterator[None]:
    """Speak Arabic for the length of a test."""
    set_language(qapp, "ar")
    yield
    set_language(qapp, "en")


def test_no_fault_is_told_in_a_sentence_that_cannot_be_translated() -> None:
    """A message is a template with named fields, so no f-string, no format() and no % may stand where one is raised."""
    put_together = [
        f"{path.name}, line {message.lineno}: {ast.unparse(message)}"
        for path, message in error_messages()
        if not isinstance(message, (ast.Constant, *HANDED_ON))
        or (isinstance(message, ast.Call) and isinstance(message.func, ast.Attribute) and message.func.attr == "format")
    ]
    assert put_together == [], 'write UserError("{path} is …", path=path)'


def test_every_template_has_its_arabic_with_the_same_fields() -> None:
    root = ElementTree.parse(resource("i18n", "annotator_ar.ts")).getroot()  # noqa: S314 - our own file
    context = next(c for c in root.iter("context") if c.findtext("name") == "errors")
    said = {m.findtext("source") or "": m.findtext("translation") or "" for m in context.iter("message")}
    templates = set(error_templates())
    assert len(templates) > 200
    assert sorted(templates - said.keys()) == [], "make translations"
    for template in templates:
        if fields(template):
            assert fields(said[template]) == fields(template), template


def test_every_arabic_message_begins_in_arabic_and_joins_no_sentences_by_semicolons() -> None:
    """A name of a file or a number at the beginning would be read as the first word of another sentence."""
    root = ElementTree.parse(resource("i18n", "annotator_ar.ts")).getroot()  # noqa: S314 - our own file
    context = next(c for c in root.iter("context") if c.findtext("name") == "errors")
    said = [message.findtext("translation") or "" for message in context.iter("message")]
    assert len(said) > 200
    arabic = re.compile("[\u200e\u200f\u2066-\u2068«]*[\u0621-\u064a]")
    assert [text for text in said if not arabic.match(text) or text.startswith("هو ") or "؛" in text] == []


def test_what_the_rooms_below_raise_is_said_in_arabic(arabic: None, tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as missing:
        Project.open(tmp_path / "gone.annot")
    assert error_text(missing.value).startswith("المشروع") and "gone.annot" in error_text(missing.value)
    with pytest.raises(UserError) as strange:
        reader_for(Path("صورة.png"))
    assert "نوع الملف .png غير مدعوم" in plain(error_text(strange.value))
    with pytest.raises(UserError) as bad:
        finder("(", Mode.REGEX, load_tagset("security"))
    assert error_text(bad.value).startswith("التعبير")


def test_fields_are_translated_fenced_and_counted(arabic: None) -> None:
    said = error_text(Message("Cannot write {out}: {why}. Nothing was replaced.", out="a.json", why=OSError(28, "No space left on device").strerror))  # fmt: skip  # noqa: E501
    assert said == "الملف \u2068a.json\u2069: تعذّرت كتابته (لم يبق مكان على القرص). لم يُستبدل شيء."
    inner = Message("{eid} is never closed", eid="e7")
    outer = Message("annotation {misfit}; skipped.", misfit=inner)
    assert plain(error_text(outer)) == "تُرك وسم منه: العنصر e7 فُتح ولم يُغلق."
    assert "٢٠" in error_text(Message("{columns} columns, and the others have {width}", columns=20, width=3))
    assert error_text("Nobody has translated this.") == "\u2068Nobody has translated this.\u2069"


def test_places_name_their_line(qapp: QApplication, arabic: None) -> None:
    assert plain(place_text("news.jsonl, line 12")) == "news.jsonl، السطر ١٢"
    assert plain(place_text("news.jsonl")) == "news.jsonl"
    set_language(qapp, "en")
    assert plain(place_text("news.jsonl, line 12")) == "news.jsonl, line 12"


def test_english_stays_as_it_was_raised() -> None:
    fault = ProjectError("{path} is a folder, not a project. Give the path of a project file.", path=Path("x"))
    assert error_text(fault) == str(fault) == "x is a folder, not a project. Give the path of a project file."
