"""The history of a tagset draft."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.domain.tagset.changes import AddLabel, RemoveLabel, RenameLabel
from annotator.domain.tagset.draft import TagsetDraft
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.ui.tagset.draft_history import DraftHistory

COLOUR = {"light": "#123456", "dark": "#abcdef"}


def test_a_step_that_the_edit_could_not_contain_is_refused(qtbot: QtBot) -> None:
    labels = tuple(Label(i, {"en": i}, COLOUR) for i in ("PERS", "LOC"))
    begun = RenameLabel("PERS", "A").apply(TagsetDraft(Tagset("small", labels)))
    steps = DraftHistory(begun)
    assert steps.do(RemoveLabel("A"))
    assert steps.do(AddLabel(labels[0]))
    with qtbot.waitSignal(steps.refused) as refused:
        assert not steps.do(RenameLabel("LOC", "A"))  # In the project, annotations with A are people.
    assert "older annotations still use it" in str(refused.args[0])
    assert [label.id for label in steps.tagset.labels] == ["LOC", "PERS"]
    assert len(steps.changes()) == 2
