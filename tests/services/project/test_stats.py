"""Stats: the counts of a project that is known to the last span."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.model.annotation import Annotation, Annotator
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.stopwatch import WorkInterval
from annotator.services.exporting.selection import Selection
from annotator.services.project.stats import project_stats
from annotator.session import Session
from tests.formats.marks import marked
from tests.services.corpus.corpora import add_annotation, make_project
from tests.services.exporting.requests import export_as

ARTICLE = marked("⟦title|قوات ⟦LOC|العراق⟧⟧ في ⟦LOC|بغداد⟧ و⟦LOC|دمشق⟧.\n⟦debris|شارك⟧", annotator="a1")


def test_an_empty_project_counts_nothing(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        counts = project_stats(project)
    assert (counts["documents"], counts["annotations"], counts["pending"], counts["edits"]) == (0, 0, 0, 0)
    assert counts["first_edit"] is counts["last_edit"] is None


def test_what_one_refused_is_not_pending_because_another_skipped_it(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", [marked("خبر من بغداد")]) as project:
        (document,) = project.documents.ids()
        project.suggestions.replace(document, "lexicon", "1", [Suggestion(Span(7, 12), "LOC", 0.5, "lexicon", "1")])
        for who in (Annotator("a1", "Abla"), Annotator("a9", "Zaid")):
            session = Session(project, who)
            session.open(document)
            session.skip() if who.id == "a1" else session.reject()
            pending = project_stats(project)["pending"]
            taken = export_as(project, tmp_path / "out", "jsonl", selection=Selection(include_suggestions=True))
            assert pending == taken.selected.suggestions == (who.id == "a1")
        last = Session(project, Annotator("b1", "Ziyad"))
        last.open(document)
        last.skip()
        assert project_stats(project)["pending"] == 0


def test_everything_is_counted_once(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", [ARTICLE, marked("خبر قصير")]) as project:
        add_annotation(project, ARTICLE.document.id, Annotation("x", Span(0, 4), "FORCE", "a2"))
        text = ARTICLE.document.text
        places = [(text.index("في"), "ORG"), (text.index("شارك"), "ORG"), (text.index("العراق"), "LOC")]
        suggestions = [Suggestion(Span(start, start + 2), label, 0.5, "lexicon", "1") for start, label in places]
        project.suggestions.replace(ARTICLE.document.id, "lexicon", "1", suggestions)
        session = Session(project, Annotator("a3", "Rima"))
        session.open(ARTICLE.document.id)
        session.reject()
        session.confirm()
        session.confirm()
        session.set_done(True)
        counts = project_stats(project)
    assert counts["documents"] == 2
    assert counts["done"] == 1
    assert counts["characters"] == len(text) + len("خبر قصير")
    assert counts["regions"] == {"debris": 1, "title": 1}
    assert counts["annotations"] == 6
    assert counts["annotations_by_label"] == {"FORCE": 1, "LOC": 3, "ORG": 2}
    assert counts["suggestions_by_suggester"] == {"lexicon": 3}
    assert counts["pending"] == 0
    assert counts["verdicts"] == {"accepted": 2, "rejected": 1}
    by_label = {row["label"]: row for row in counts["reliability"]}
    assert {label: (row["accepted"], row["decided"]) for label, row in by_label.items()} == {
        "LOC": (0, 1),
        "ORG": (2, 2),
    }
    assert by_label["LOC"]["worth"] < by_label["LOC"]["measured"] < by_label["LOC"]["score"] == 0.5
    assert by_label["ORG"]["worth"] > by_label["ORG"]["measured"]
    (step,) = counts["reliability_by_score"]
    assert (step["suggester"], step["from"], step["to"], step["decided"], step["share"]) == (
        "lexicon",
        0.5,
        0.6,
        3,
        0.667,
    )
    by_name = {person["name"]: person for person in counts["annotators"]}
    assert by_name["Rima"] == {"id": "a3", "name": "Rima", "annotations": 2, "done": 1, "verdicts": 3}
    assert by_name["Omar"]["annotations"] == 1
    assert counts["edits"] == 8
    assert counts["first_edit"] <= counts["last_edit"]
    assert counts["first_edit"].endswith("+00:00")


def test_pending_is_what_nobody_has_decided(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", [marked("دمشق وحلب")]) as project:
        (document_id,) = project.documents.ids()
        spans = [Span(0, 4), Span(6, 9)]
        suggestions = [Suggestion(span, "LOC", 0.9, "lexicon") for span in spans]
        project.suggestions.replace(document_id, "lexicon", "", suggestions)
        assert project_stats(project)["pending"] == 2
        session = Session(project, Annotator("a2", "Omar"))
        session.open(document_id)
        session.reject()
        assert project_stats(project)["pending"] == 1


def test_groups_of_repeated_articles_are_reported(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", [marked("دمشق"), marked("دمشق."), marked("حلب")]) as project:
        ids = list(project.documents.ids())
        assert project_stats(project)["repeat_groups"] == []
        project.metrics.set_repeats({ids[1]: ids[0]}, 3)
        counts = project_stats(project)
    assert (counts["repeated"], counts["repeat_groups"]) == (1, [ids[:2]])


def test_time_spent_is_reported_for_each_annotator_who_spent_any(tmp_path: Path) -> None:
    texts = ["ا" * 1000, "ب" * 3000, "ج"]
    with make_project(tmp_path / "p.annot", [marked(text) for text in texts]) as project:
        ids = list(project.documents.ids())
        for person in (Annotator("a3", "Rima"), Annotator("a4", "Sami")):
            project.annotators.add(person)
        project.time_spent.add(
            "a3", [WorkInterval(ids[0], 0, 3000), WorkInterval(ids[1], 5, 2000), WorkInterval(ids[0], 9, 4000)]
        )
        assert project_stats(project)["time_spent"] == [
            {
                "id": "a3",
                "name": "Rima",
                "ms": 9000,
                "documents": 2,
                "median_ms": 4500,
                "ms_per_1000_characters": 2250,
            }
        ]
