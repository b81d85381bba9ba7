"""The line at the foot never widens the window: what has no room ends in … and stands whole in its tooltip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.ui.jobs.status_line import StatusLine
from annotator.ui.widgets.elided_label import ElidedLabel
from tests.ui.rich_text import seen

LONG = "أُكّد: «القيادة العامة للقوات المسلحة العراقية في محافظة ديالى» — منظمة · محفوظ"


def test_what_has_no_room_is_cut_and_stands_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(LONG)
    label.resize(label.sizeHint().width(), 30)
    label.show()
    assert (label.shown(), label.toolTip()) == (LONG, "")
    label.resize(120, 30)
    assert label.shown().endswith("…") and label.shown() != LONG
    assert LONG.startswith(label.shown().rstrip("…").rstrip("\u200d"))
    assert seen(label.toolTip()) == LONG == label.text()
    label.setText("محفوظ")
    assert (label.shown(), label.toolTip()) == ("محفوظ", "")
    assert label.minimumSizeHint().width() == 0


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight])
def test_it_is_written_from_the_side_where_reading_begins(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setLayoutDirection(direction)
    label.setText("محفوظ")
    label.resize(300, 30)
    label.show()
    image = label.grab().toImage()
    empty = image.pixelColor(150, 15)
    inked = [x for x in range(image.width()) if _is_inked(image, x, empty.rgb())]
    assert inked
    assert (min(inked) > 200) is (direction is Qt.LayoutDirection.RightToLeft)
    assert (max(inked) < 100) is (direction is Qt.LayoutDirection.LeftToRight)


def test_jobs_and_sentences_share_a_narrow_line(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_message(LONG * 3)
    line.show_learning("Trained on 7 articles · F1 .74 would be .71, model not replaced" * 2)
    alone = line.minimumSizeHint().width()
    line.show_job("import", lambda: "Importing…", 1, 4)
    line.show_job("suggest", lambda: "Suggestions: 1 of 2", 1, 2)
    assert alone < 250 and line.minimumSizeHint().width() < 800
    line.resize(line.minimumSizeHint().width(), 32)
    line.show()
    rows = [row for row in (line.job("import"), line.job("suggest")) if row]
    assert len(rows) == 2 and all(line.rect().contains(row.geometry()) for row in rows)
    assert not rows[0].geometry().intersects(rows[1].geometry())
    line.hide_job("import")
    assert line.job("import") is None and line.job("suggest") is rows[1]


def test_the_stop_of_each_job_names_it_and_tells_which_is_meant(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    for name in ("import", "export"):
        line.show_job(name, name.title, 0, 0)
    row = line.job("export")
    assert row and row.stop.accessibleName() == "Stop: Export"
    with qtbot.waitSignal(line.stopRequested) as asked:
        row.stop.click()
    assert asked.args == ["export"]


def _is_inked(image: QImage, x: int, empty: int) -> bool:
    """Tell whether anything is written in a column of pixels."""
    return any(image.pixelColor(x, y).rgb() != empty for y in range(image.height()))
