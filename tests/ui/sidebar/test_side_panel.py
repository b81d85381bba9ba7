"""The pane at the left: sound lists that tell no more than what changed, counts and words in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QStringListModel, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.domain.model.span import Span
from annotator.session import ReviewItem
from annotator.storage.tables.tagsets import load_tagset
from annotator.ui.base.i18n import set_language
from annotator.ui.base.list_diff import changed_part
from annotator.ui.sidebar.item_model import ItemModel
from annotator.ui.sidebar.label_chips import LabelChip, LabelChips
from annotator.ui.sidebar.side_panel import SidePanel
from annotator.ui.widgets.row_list import RowList
from annotator.ui.window.main_window import MainWindow

MakeWindow = Callable[..., MainWindow]
TEXT = "العراق وسوريا ولبنان والأردن"


def item(start: int, label: str = "LOC", *, is_suggestion: bool = True) -> ReviewItem:
    """Return a two-letter item."""
    return ReviewItem(Span(start, start + 2), label, is_suggestion, f"{start}:{label}")


def test_item_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = ItemModel()
    model.set_document(TEXT, load_tagset("security"))
    model.set_items([item(0), item(5), item(9)])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.set_items([item(0), item(9), item(12), item(15)])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], (0, 0, 0)),
        ([0, 5, 9], [0, 5, 9], (3, 3, 3)),
        ([0, 5, 9], [0, 9], (1, 2, 1)),
        ([0, 9], [0, 5, 9], (1, 1, 2)),
        ([0, 0], [0], (1, 2, 1)),
        ([0, 5], [7, 9], (0, 2, 2)),
    ],
)
def test_changed_part_is_the_smallest(before: list[int], after: list[int], expected: tuple[int, int, int]) -> None:
    assert changed_part([item(i) for i in before], [item(i) for i in after]) == expected


def test_item_model_tells_only_of_what_changed(qtbot: QtBot) -> None:
    model = ItemModel()
    model.set_document(TEXT, load_tagset("security"))
    model.set_items([item(0), item(5), item(9)])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as signal:
        model.set_items([item(0), item(5, "ORG"), item(9)])
    assert signal.args is not None and [index.row() for index in signal.args[:2]] == [1, 1]
    with qtbot.waitSignal(model.rowsRemoved) as signal:
        model.set_items([item(0), item(9)])
    assert signal.args is not None and signal.args[1:3] == [1, 1]


def test_row_of_an_item_is_found_by_its_key() -> None:
    model = ItemModel()
    model.set_items([item(0), item(5)])
    moved = ReviewItem(Span(5, 9), "LOC", True, "5:LOC")
    assert (model.row_of(moved), model.row_of(None), model.row_of(item(9))) == (1, -1, -1)


def test_items_speak_to_screen_readers(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    model = window.workspace.side.items.items
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "suggestion, Place, العراق"
    assert window.article.accessibleName() == "suggestion, Place, العراق, 1 of 5"
    assert window.article.accessibleDescription() == "5 of 5 left"
    window.appearance.arabic()
    QCoreApplication.processEvents()
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "اقتراح، مكان، العراق"


def test_counter_follows_decisions(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    side = window.workspace.side
    assert side.counter_text() == "بقي ٥ من ٥"
    QTest.keyClick(window.article, Qt.Key.Key_Return)
    assert side.counter_text() == "بقي ٤ من ٥"
    window.decisions.confirm_all()
    assert side.counter_text() == "حُسمت كلها: ٥"


def test_tooltip_names_the_suggester_and_its_surety(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("en", project_path)
    session = window.current.session
    assert session
    tip = window.workspace.describe(session.items[0])
    assert "Place" in tip and "lexicon" in tip and "90%" in tip


def test_chips_paint_count_and_give_their_label(qtbot: QtBot) -> None:
    chips = LabelChips()
    qtbot.addWidget(chips)
    tagset = load_tagset("wojood")
    chips.set_tagset(tagset)
    chips.show_state({tagset.labels[0].id: 3}, tagset.labels[1].id)
    chips.show()
    assert chips.grab().height() >= 32 * (len(tagset.labels) // 2)
    with qtbot.waitSignal(chips.chosen) as signal:
        QTest.mouseClick(chips.chip(tagset.labels[0].id), Qt.MouseButton.LeftButton)
    assert signal.args == [tagset.labels[0].id]


def test_threshold_slider_speaks_and_counts_in_the_language(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    window.workspace.side.threshold.setValue(45)
    assert "٤٥" in window.workspace.side.threshold_text()


def test_the_first_sentence_of_a_guideline_ends_with_one_full_stop(qtbot: QtBot, qapp: QApplication) -> None:
    set_language(qapp, "ar")
    side = SidePanel()
    qtbot.addWidget(side)
    for name in ("wojood", "security"):
        tagset = load_tagset(name)
        side.set_tagset(tagset)
        for label in tagset.labels:
            side.show_focus(item(0, label.id))
            shown = side.guideline_text().partition(" <a")[0]
            assert shown.endswith((".", "…")) and not shown.endswith("..")


def test_a_low_window_keeps_room_for_the_spans(make_window: MakeWindow, project_path: Path) -> None:
    window = make_window("ar", project_path)
    window.decisions.confirm_all()
    side = window.workspace.side
    agreed = side.agreement_text()
    for height, more, rows in ((900, True, 8), (700, False, 5), (640, False, 3), (900, True, 8)):
        window.resize(1280, height)
        QCoreApplication.processEvents()
        assert window.height() == height, "what is left out asks for no room"
        shown = " ".join(label.text() for label in side.findChildren(QLabel) if label.isVisible())
        assert (agreed in shown) is more
        assert side.items.height() >= rows * side.items.rowHeight(0)


def test_the_row_in_focus_stays_in_view_when_its_list_gets_lower(qtbot: QtBot) -> None:
    rows = RowList(32)
    qtbot.addWidget(rows)
    rows.setModel(QStringListModel([str(number) for number in range(40)], rows))
    rows.resize(200, 400)
    rows.show()
    rows.mark(11)
    rows.resize(200, 120)
    QCoreApplication.processEvents()
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_name_of_a_label_is_cut_at_the_usual_width(qtbot: QtBot, qapp: QApplication, language: str) -> None:
    set_language(qapp, language)
    chips = LabelChips()
    qtbot.addWidget(chips)
    tagset = load_tagset("security")
    chips.set_tagset(tagset)
    chips.show_state({label.id: 12 for label in tagset.labels}, "LOC")
    chips.resize(320, chips.sizeHint().height())
    chips.show()
    QCoreApplication.processEvents()
    for label in tagset.labels:
        chip = chips.chip(label.id)
        font = chip.name_font()
        named = QFontMetricsF(font).horizontalAdvance(label.name(language))
        assert named + 12 + 5 + 4 + chip._count_width("12") + chip._key_width() + 2 * 4 <= chip.width(), label.id
        assert font.pixelSize() >= 11
    widths = {chip.width() for chip in chips.findChildren(LabelChip)}
    assert len(widths) == 2, "each column has what its longest name wants"
    set_language(qapp, "en")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_moves_after_the_first_decision(make_window: MakeWindow, project_path: Path, language: str) -> None:
    window = make_window(language, project_path)
    window.resize(1280, 860)
    QCoreApplication.processEvents()
    side = window.workspace.side
    before = [side.items.geometry(), side.labels.mapTo(side, QPoint()), side._agreed.geometry()]
    assert side.agreement_text() == ""
    window.decisions.confirm()
    QCoreApplication.processEvents()
    assert side.agreement_text()
    assert [side.items.geometry(), side.labels.mapTo(side, QPoint()), side._agreed.geometry()] == before
    assert side._agreed.heightForWidth(side._agreed.width()) <= side._agreed.height(), "no letter is cut"
