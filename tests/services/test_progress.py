"""The progress of a part is reported as progress of the whole."""

from __future__ import annotations

from annotator.services.progress import part_of_progress


def test_a_part_is_reported_as_that_part_of_the_whole() -> None:
    reported: list[tuple[int, int]] = []
    second_of_four = part_of_progress(lambda done, total: reported.append((done, total)), 1, 4)
    for done in (0, 1, 2, 3):
        second_of_four(done, 2)
    assert reported == [(1000, 4000), (1500, 4000), (2000, 4000), (2000, 4000)]


def test_a_part_without_steps_is_at_its_start() -> None:
    reported: list[tuple[int, int]] = []
    part_of_progress(lambda done, total: reported.append((done, total)), 0, 2)(0, 0)
    assert reported == [(0, 2000)]
