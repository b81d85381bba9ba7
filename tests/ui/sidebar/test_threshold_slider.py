"""How far suggestions can be trusted, and in which order articles are worked on, as the window shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from annotator.domain.model.document import Document, document_id
from annotator.domain.review.calibration import Calibrator
from annotator.domain.review.document_order import DocumentOrder
from annotator.domain.review.measured_precision import MeasuredPrecision
from annotator.storage.project import Project
from annotator.storage.tables.document_metrics import MetricInputs
from annotator.ui.documents.document_model import ROW_ROLE
from annotator.ui.sidebar.threshold_slider import ThresholdSlider
from annotator.ui.suggestions import suggest_controller as suggesting
from annotator.ui.window.main_window import MainWindow
from tests.ui.conftest import FIRST, SECOND, make_project
from tests.ui.rich_text import seen

Window = Callable[..., MainWindow]
THIRD = SECOND + "\n\nلا جديد."


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    """Return a project whose articles are measured; the third repeats the second."""
    path = make_project(tmp_path / "measured.annot", (SECOND, FIRST, THIRD))
    with Project.open(path) as project:
        ids = list(project.documents.ids())
        project.metrics.update(ids, MetricInputs(Calibrator(), lambda name: False), dict.fromkeys(ids, b""))
        project.metrics.set_repeats({ids[2]: ids[0]}, len(ids))
    return path


def titles(window: MainWindow) -> list[str]:
    model = window.workspace.documents.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def choose(window: MainWindow, order: DocumentOrder) -> None:
    box = window.workspace.documents.order
    box.setCurrentIndex(box.findData(order.value))
    box.activated.emit(box.currentIndex())


def test_another_order_is_shown_walked_through_and_remembered(make_window: Window, measured: Path) -> None:
    window = make_window(path=measured)
    second, first = SECOND.partition("\n")[0], FIRST.partition("\n")[0]
    assert titles(window) == [second, first, second]
    choose(window, DocumentOrder.ENTITIES)
    assert titles(window) == [first, second, second]
    session = window.current.session
    assert session is not None and session.document is not None and session.document.text == SECOND
    assert window.workspace.place == 1
    window.navigation.next()
    assert session.document.text == THIRD
    window.navigation.open_at(0)
    assert session.document.text == FIRST
    window.close()
    again = make_window(path=measured)
    assert again.current.order is DocumentOrder.ENTITIES
    assert titles(again)[0] == first
    assert again.workspace.place == 0


def test_the_list_keeps_the_rules_of_models_in_every_order(
    qtmodeltester: ModelTester, make_window: Window, measured: Path
) -> None:
    window = make_window(path=measured)
    for order in DocumentOrder:
        choose(window, order)
        qtmodeltester.check(window.workspace.documents.model)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(("language", "said"), [("ar", "مكررة عن: "), ("en", "Duplicate of: ")])
def test_a_repeated_article_names_the_first(make_window: Window, measured: Path, language: str, said: str) -> None:
    window = make_window(language, measured)
    model = window.workspace.documents.model
    index = model.index(2)
    assert index.data(ROW_ROLE).repeats_title == SECOND.partition("\n")[0]
    assert seen(index.data(Qt.ItemDataRole.ToolTipRole)).splitlines()[1].startswith(said)
    assert said in index.data(Qt.ItemDataRole.AccessibleTextRole)
    first = model.index(0)
    assert seen(first.data(Qt.ItemDataRole.ToolTipRole)) == first.data(ROW_ROLE).title, "a title may be cut in the list"
    window.workspace.documents.grab()


@pytest.mark.parametrize(
    ("language", "names"),
    [("ar", ["ترتيب الاستيراد", "الأحدث أولاً"]), ("en", ["Import order", "Newest first"])],
)
def test_orders_are_named_in_both_languages(
    make_window: Window, measured: Path, language: str, names: list[str]
) -> None:
    box = make_window(language, measured).workspace.documents.order
    assert [box.itemText(row) for row in range(2)] == names
    assert box.count() == len(DocumentOrder)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ar", ("عتبة الثقة: ٥٠٪ · الافتراضي", "لا قرارات بعد؛ الصحيح تقديراً ", "قد تنقص أسماء")),
        ("en", ("Minimum confidence: 50% · default", "No decisions yet; estimate: ", "Names may be missing")),
    ],
)
def test_the_slider_says_what_to_expect(
    make_window: Window, measured: Path, language: str, texts: tuple[str, ...]
) -> None:
    window = make_window(language, measured)
    said = window.workspace.side.threshold_text()
    for text in texts:
        assert text in said


def test_the_slider_says_how_many_are_hidden_here(make_window: Window, measured: Path) -> None:
    window = make_window("en", measured)
    side, session = window.workspace.side, window.current.session
    assert session is not None and session.hidden == 0
    assert "hidden" not in side.threshold_text()
    side.threshold.setValue(100)
    assert session.hidden == 2
    assert "2 hidden here" in side.threshold_text()
    assert "No decisions on such suggestions yet" in side.threshold_text()
    assert "below it: about 7 correct" in side.threshold_text()
    assert "default" not in side.threshold_text()


@pytest.mark.parametrize(
    ("language", "said", "why"),
    [
        ("ar", "اسم واحد لا يُقترح: رُفض من قبل", "\u2068بغداد\u2069 · \u2068مكان\u2069 · أُكِّد ٠ من ٤"),
        (
            "en",
            "1 name not suggested: rejected before",
            "\u2068بغداد\u2069 · \u2068Place\u2069 · confirmed 0 of 4 times",
        ),
    ],
)
def test_the_slider_says_what_is_not_suggested_and_why(
    make_window: Window, measured: Path, language: str, said: str, why: str
) -> None:
    side = make_window(language, measured).workspace.side
    assert said not in side.threshold_text()
    side.show_left_out([("بغداد", "LOC", MeasuredPrecision(0, 4))])
    assert said in side.threshold_text()
    tips = [seen(label.toolTip()) for label in side.findChildren(QLabel) if label.text() == said]
    assert len(tips) == 1 and why in tips[0]
    side.show_left_out(())
    assert said not in side.threshold_text()


def test_without_anything_measured_nothing_is_promised(qtbot: QtBot) -> None:
    box = ThresholdSlider()
    qtbot.addWidget(box)
    assert "No decisions on such suggestions yet\nNames may be missing" in box.text()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", "الصحيح حتى الآن: ٥٠٪ (٩–٩١٪)، من قرارين"),
        ("en", "Correct so far: 50% (9–91%), 2 decisions"),
    ],
)
def test_the_slider_says_what_was_measured_here(make_window: Window, measured: Path, language: str, said: str) -> None:
    window = make_window(language, measured)
    window.decisions.confirm()
    window.decisions.reject()
    window.navigation.next()
    assert said in window.workspace.side.threshold_text()


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["on 100% of the last decision", "on 50% of the last 2 decisions"]),
        ("ar", ["١٠٠٪ من القرار الأخير", "٥٠٪ من آخر قرارين"]),
    ],
)
def test_the_panel_says_how_often_the_model_was_right(
    make_window: Window, measured: Path, language: str, texts: list[str]
) -> None:
    window = make_window(language, measured)
    side = window.workspace.side
    assert side.agreement_text() == ""
    window.decisions.confirm()
    assert texts[0] in side.agreement_text()
    window.decisions.reject()
    assert texts[1] in side.agreement_text()
    window.decisions.undo()
    assert texts[0] in side.agreement_text()


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ar", ("اقترحه \u2068lexicon\u2069، الإصدار \u20681\u2069", "درجة النموذج ٩٠٪، والثقة المقدَّرة ٨٤٪")),
        (
            "en",
            ("Suggested by \u2068lexicon\u2069, version \u20681\u2069", "Model score 90%, estimated confidence 84%"),
        ),
    ],
)
def test_the_source_of_a_suggestion_is_told_on_hover(
    make_window: Window, measured: Path, language: str, texts: tuple[str, str]
) -> None:
    window = make_window(language, measured)
    session = window.current.session
    assert session is not None and session.focus is not None
    said = window.workspace.describe(session.focus)
    assert all(text in said for text in texts)


def test_a_project_that_was_never_measured_is_measured_behind_the_work(
    qtbot: QtBot, make_window: Window, measured: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(measured) as project:
        texts = [document.text for document in project.documents.iter()]
        long = " ".join(f"كلمة{n}" for n in range(80))
        for text in (long, f"{long} وكلمة"):
            project.documents.add(Document(document_id(text), text, title=text[:10]))
    monkeypatch.setattr(suggesting, "available", lambda context: ())
    window = make_window()
    assert window.open_project(measured)
    window.suggestions.stop()
    with qtbot.waitSignal(window.suggestions.measured, timeout=None):  # type: ignore[arg-type]
        window.suggestions.complete()
    assert window.current.project
    ids = list(window.current.project.documents.ids())
    assert window.current.project.metrics.repeats() == {ids[len(texts) + 1]: ids[len(texts)]}
    choose(window, DocumentOrder.NEWEST)
    assert window.workspace.documents.model.index(4).data(ROW_ROLE).repeats == ids[len(texts)]


def test_the_orders_are_reached_by_command_too(make_window: Window, measured: Path) -> None:
    window = make_window("en", measured)
    window.navigation.choose_order()
    box = window.workspace.documents.order
    assert box.view().isVisible()
    box.hidePopup()
