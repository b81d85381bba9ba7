"""Which changes of roles count."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.model.annotation import Role
from annotator.domain.model.edit import Edit, EditKind
from annotator.domain.team.roles import TEAM_KEY_END, fold_team, peers_write, role_key, role_write

PEOPLE = ("salma", "omar", "nour")


def change(edit_id: str, author: str, annotator: str, role: Role) -> Edit:
    return Edit(edit_id, author, "", EditKind.TEAM, (role_write(annotator, role),))


def test_the_founder_is_a_lead_and_can_make_others_leads() -> None:
    team = fold_team("salma", [change("1", "salma", "omar", Role.LEAD), change("2", "omar", "nour", Role.ADJUDICATOR)])

    assert team.roles == {"salma": Role.LEAD, "omar": Role.LEAD, "nour": Role.ADJUDICATOR}
    assert [each.annotator for each in team.changes if each.counts] == ["omar", "nour"]


def test_nobody_can_promote_himself() -> None:
    team = fold_team("salma", [change("1", "omar", "omar", Role.LEAD), change("2", "omar", "nour", Role.ADJUDICATOR)])

    assert team.roles == {"salma": Role.LEAD}
    assert team.role("omar") is Role.ANNOTATOR
    assert [each.counts for each in team.changes] == [False, False]


def test_a_lead_who_was_demoted_changes_nothing_any_more() -> None:
    edits = [
        change("1", "salma", "omar", Role.LEAD),
        change("2", "omar", "salma", Role.ANNOTATOR),
        change("3", "salma", "salma", Role.LEAD),
    ]

    assert fold_team("salma", edits).roles == {"salma": Role.ANNOTATOR, "omar": Role.LEAD}


def test_an_undo_by_a_lead_brings_the_role_before_back() -> None:
    given_role = change("1", "salma", "omar", Role.ADJUDICATOR)

    assert fold_team("salma", [given_role, given_role.undo("2")]).role("omar") is Role.ANNOTATOR


def test_roles_of_an_earlier_version_hold_at_first() -> None:
    before = {"nour": Role.ADJUDICATOR}

    assert fold_team("", [change("1", "nour", "nour", Role.LEAD)], before).roles == before


def test_only_a_lead_allows_annotators_to_see_each_others_labels() -> None:
    def allow(author: str) -> Edit:
        return Edit("1", author, "", EditKind.TEAM, (peers_write(True),))

    assert fold_team("salma", [allow("salma")]).peers_visible
    assert not fold_team("salma", [allow("omar")]).peers_visible


@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from(list(Role)))))
def test_roles_change_only_by_the_hand_of_a_lead(changes: list[tuple[str, str, Role]]) -> None:
    edits = [change(str(number), *each) for number, each in enumerate(changes)]
    roles = {"salma": Role.LEAD}
    for author, annotator, role in changes:
        after = {**roles, annotator: role}
        if roles.get(author) is Role.LEAD and Role.LEAD in after.values():
            roles = after

    assert fold_team("salma", edits).roles == roles


def test_keys_end_in_what_the_index_keeps() -> None:
    assert len(TEAM_KEY_END) == 12
    assert role_key("omar").endswith(TEAM_KEY_END)
