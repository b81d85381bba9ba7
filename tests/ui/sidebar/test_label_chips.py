"""The names of the labels are read in full in the side panel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.storage.tables.tagsets import list_tagsets, load_tagset
from annotator.ui.base.i18n import current_language, set_language
from annotator.ui.base.theme import LIGHT, apply_theme
from annotator.ui.sidebar.label_chips import LabelChips
from annotator.ui.window.three_way_splitter import shares


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("tagset", list_tagsets())
@pytest.mark.parametrize("width", [1280, 1440])
def test_no_name_of_a_bundled_label_is_cut(
    qtbot: QtBot, qapp: QApplication, language: str, tagset: str, width: int
) -> None:
    before = current_language()
    apply_theme(qapp, LIGHT)
    try:
        set_language(qapp, language)
        chips = LabelChips()
        qtbot.addWidget(chips)
        chips.set_tagset(load_tagset(tagset))
        chips.resize(shares(width)[-1], 600)
        chips.show()
        QCoreApplication.processEvents()
        chips.show_state(dict.fromkeys((label.id for label in load_tagset(tagset).labels), 88), "")
        for label in load_tagset(tagset).labels:
            chip = chips.chip(label.id)
            name = QFontMetricsF(chip.name_font()).horizontalAdvance(label.name(language))
            assert name <= chip.room(), f"{label.name(language)}: {name} of {chip.room()} pixels"
    finally:
        set_language(qapp, before)
