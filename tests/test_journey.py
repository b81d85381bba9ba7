"""The main job from end to end: files in by command, labels by keys, files out by command, read by others' code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.cli import main
from annotator.ui.window.main_window import MainWindow
from tests import iob2
from tests.ui.conftest import make_window

__all__ = ["make_window"]

MakeWindow = Callable[..., MainWindow]
Key, Mod = Qt.Key, Qt.KeyboardModifier
NO, SHIFT, CTRL, ALT = Mod.NoModifier, Mod.ShiftModifier, Mod.ControlModifier, Mod.AltModifier

FIRST = """\
إصابة شرطيين في هجوم قرب كركوك

3 نيسان/أبريل 2021
عناصر من الشرطة عند مدخل المدينة (هيثم الراوي/الأناضول)
+ الخط -
أصيب شرطيان اليوم بانفجار عبوة ناسفة في كركوك وديالى، وفق ما قاله ضابط لـ"العربي الجديد" 🚓.
واتهم الضابط تنظيم "داعش" بالوقوف وراء الهجوم.
المساهمون
"""
SECOND = """\
هدوء في بغداد بعد ليلة متوترة

4 نيسان/أبريل 2021
عاد الهدوء إلى بغداد، فيما دعت الأمم المتحدة إلى ضبط النفس.
"""


def command(*arguments: str | Path) -> str:
    """Run one command of the program and return what it printed."""
    done = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def press(window: MainWindow, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    """Press keys one after another where the keyboard is."""
    for key, modifiers in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
        QCoreApplication.processEvents()


def go_to(window: MainWindow, surface: str, nth: int = 0) -> None:
    """Press Tab until the focus is on the nth span of this surface in the text."""
    session = window.current.session
    assert session and session.document
    text, at = session.document.text, -1
    for _ in range(nth + 1):
        at = text.index(surface, at + 1)
    for _ in session.items:
        if session.focus and session.focus.span.start == at and session.focus.span.of(text) == surface:
            return
        press(window, (Key.Key_Tab, NO))
    raise AssertionError(f"no item {surface!r} at {at}")


def select(window: MainWindow, words: str) -> None:
    """Select whole words by arrow keys alone, from where the hands are: Left is forward."""
    article = window.article
    assert article.document
    text = article.document.text
    press(window, (Key.Key_Escape, NO), (Key.Key_Left, NO))
    first, last = text.index(words), text.index(words) + len(words)
    for _ in range(len(text)):
        assert article.selection
        if article.selection.start == first:
            break
        press(window, (Key.Key_Left if article.selection.start < first else Key.Key_Right, NO))
    while article.selection and article.selection.end < last:
        press(window, (Key.Key_Left, SHIFT))
    assert article.selection and article.selection.of(text) == words


def conll_entities(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (document id, words, label) of a CoNLL file, by string splitting and a decoder of the tests' own."""
    document = ""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = []
        for line in block.split("\n"):
            if line.startswith("# newdoc id = "):
                document = line.removeprefix("# newdoc id = ")
            else:
                rows.append(line.split("\t"))
        for label, first, last in iob2.entities([tag for _, tag in rows]):
            yield document, " ".join(word for word, _ in rows[first : last + 1]), label


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of the two articles by the commands, with suggestions by the lexicon alone."""
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "settings"))  # those of the window
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "1.txt").write_bytes(FIRST.replace("\n", "\r\n").encode("utf-8-sig"))
    (articles / "2.txt").write_text(SECOND, encoding="utf-16")
    path = tmp_path / "news.annot"
    command("new", path, "--tagset", "security")
    assert "2" in command("import", path, articles)
    command("suggest", path, "--suggester", "lexicon")
    return path


def test_what_was_confirmed_is_what_is_exported(make_window: MakeWindow, project: Path, tmp_path: Path) -> None:
    window = make_window(path=project)
    session = window.current.session
    assert session and session.document and session.document.text == FIRST
    assert session.document.newlines == "crlf"

    go_to(window, "كركوك")
    press(window, (Key.Key_Return, NO))  # confirm
    go_to(window, "داعش")
    press(window, (Key.Key_Delete, NO))  # reject
    go_to(window, "العربي الجديد")
    press(window, (Key.Key_2, NO))  # retype: an organisation, say
    go_to(window, "ديالى")
    press(window, (Key.Key_Return, NO), (Key.Key_Backtab, SHIFT))
    go_to(window, "ديالى")
    press(window, (Key.Key_Right, CTRL | SHIFT | ALT))  # the start one character back: over the conjunction ...
    go_to(window, "وديالى")
    press(window, (Key.Key_Left, CTRL | SHIFT | ALT))  # ... and out of it again
    go_to(window, "ديالى")
    select(window, "شرطيان")
    press(window, (Key.Key_9, NO))  # add
    press(window, (Key.Key_PageDown, CTRL))
    assert session.document.text == SECOND
    press(window, (Key.Key_Return, CTRL))  # confirm all
    press(window, (Key.Key_Z, CTRL))  # undo here ...
    press(window, (Key.Key_Z, CTRL))  # ... and in the other document
    assert session.document.text == FIRST
    assert "شرطيان" not in {i.span.of(FIRST) for i in session.items if not i.is_suggestion}
    window.close()

    window = make_window(path=project)  # closed and opened again: the undone work is still to be had
    assert window.current.session and window.current.session.document and window.current.session.document.text == FIRST
    press(window, (Key.Key_Y, CTRL), (Key.Key_Y, CTRL))
    assert window.current.session.document.text == SECOND
    window.close()

    expected = {
        FIRST: [("كركوك", "LOC"), ("شرطيان", "CASUALTY"), ("ديالى", "LOC"), ("العربي الجديد", "ORG")],
        SECOND: [("بغداد", "LOC"), ("بغداد", "LOC"), ("الأمم المتحدة", "ORG")],
    }
    said = command("export", project, tmp_path / "out.json", "--format", "json", "--documents", "labelled")
    assert "7" in said
    read = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    found = {d["text"]: [(d["text"][s["start"] : s["end"]], s["label"]) for s in d["spans"]] for d in read}
    assert found == {
        FIRST: sorted(expected[FIRST], key=lambda e: FIRST.index(e[0])),
        SECOND: expected[SECOND],
    }
    assert [d["date"] for d in read] == ["2021-04-03", "2021-04-04"]
    assert all(d["text"][s["start"] : s["end"]] == s["text"] for d in read for s in d["spans"])

    ids = {d["text"]: d["id"] for d in read}
    command(
        "export", project, tmp_path / "out.conll", "--format", "conll", "--clitics", "split", "--documents", "labelled"
    )
    written = sorted(conll_entities(tmp_path / "out.conll"))
    assert written == sorted((ids[text], *entity) for text, entities in expected.items() for entity in entities)
    remarks = json.loads((tmp_path / "export-report.json").read_text(encoding="utf-8"))
    assert remarks["spans_left_out"] == {}

    command(
        "export", project, tmp_path / "words.conll", "--format", "conll", "--clitics", "word", "--documents", "labelled"
    )
    assert (ids[FIRST], "وديالى", "LOC") in set(conll_entities(tmp_path / "words.conll"))
    remarks = json.loads((tmp_path / "export-report.json").read_text(encoding="utf-8"))
    assert [r["span"]["text"] for r in remarks["remarks"]] == ["ديالى"]
