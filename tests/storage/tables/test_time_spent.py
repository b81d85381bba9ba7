"""Time spent in a project: added, never changed, summed, and united when copies are merged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotator.domain.model.document import document_id
from annotator.domain.review.stopwatch import WorkInterval
from annotator.errors import ProjectError
from annotator.storage.project import Project
from tests.storage.strategies import PEOPLE, TEXTS, contents, make_copies, make_project, merged

ME, OTHER = PEOPLE[:2]
IDS = [document_id(text) for text in TEXTS]


def opened(path: Path) -> Project:
    project = Project.open(path)
    project.annotators.add(ME)
    return project


def test_time_is_summed_by_person_and_document(tmp_path: Path) -> None:
    with opened(make_project(tmp_path / "p.annot")) as project:
        project.annotators.add(OTHER)
        project.time_spent.add(
            ME.id, [WorkInterval(IDS[0], 5, 1000), WorkInterval(IDS[1], 6, 200), WorkInterval(IDS[0], 7, 30)]
        )
        project.time_spent.add(OTHER.id, [WorkInterval(IDS[0], 5, 4)])
        assert project.time_spent.spent(IDS[0], ME.id) == 1030
        assert project.time_spent.spent(IDS[2], ME.id) == 0
        assert project.time_spent.by_document(ME.id) == [(200, len(TEXTS[1])), (1030, len(TEXTS[0]))]
        ids = [spell.id for spell in project.time_spent.all()]
        assert ids == sorted(ids)
        assert len(ids) == 4
        with pytest.raises(sqlite3.IntegrityError, match="never altered"):
            project._connection.db.execute("update spells set ms = 0")


def test_where_another_program_writes_no_key_waits_and_nothing_is_kept(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.annot")
    with opened(path) as project, Project.open(path) as other:
        stretches = [WorkInterval(IDS[0], 0, 9)]
        with other.transaction(), pytest.raises(ProjectError, match="in use by another program"):
            project.time_spent.add(ME.id, stretches, wait=False)
        assert project.time_spent.spent(IDS[0], ME.id) == 0
        project.time_spent.add(ME.id, stretches, wait=False)
        assert project.time_spent.spent(IDS[0], ME.id) == 9
        (patience,) = project._connection.db.execute("PRAGMA busy_timeout").fetchone()
        assert patience == 5000


def test_copies_unite_the_time_in_any_order_and_again(tmp_path: Path) -> None:
    copies = make_copies(tmp_path)
    for number, path in enumerate(copies):
        with opened(path) as project:
            project.time_spent.add(ME.id, [WorkInterval(IDS[0], number, 10), WorkInterval(IDS[1], number, 1)])
    one = contents(merged(copies[0], copies[1:], tmp_path / "one"))
    two = contents(merged(copies[2], [copies[0], copies[1], copies[0]], tmp_path / "two"))
    assert one["time spent"] == two["time spent"]
    with Project.open(tmp_path / "one") as project:
        assert project.time_spent.spent(IDS[0], ME.id) == 30
