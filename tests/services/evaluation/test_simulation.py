"""Simulated work over documents: what each condition counts, and that learning learns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.label_map import LabelMap
from annotator.domain.model.span import Span
from annotator.errors import InputError, SuggesterError
from annotator.services.evaluation.evaluate import (
    Comparison,
    evaluate_suggester,
    fitting_tagset,
    labels_whole_words,
    table,
)
from annotator.services.evaluation.gold import read_gold
from annotator.services.evaluation.simulation import Condition, conditions, curve_rows, effort_rows, simulate
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.metrics import Score
from tests.formats.marks import marked

CAMEL = load_tagset("camel")
ARTICLES = [
    "وصل ⟦PERS|ليث الربيعي⟧ إلى ⟦LOC|بغداد⟧ اليوم .",
    "غادر ⟦PERS|ليث الربيعي⟧ مدينة ⟦LOC|بغداد⟧ أمس .",
    "قال ⟦PERS|ليث الربيعي⟧ في ⟦LOC|بغداد⟧ إنه باق .",
]


def gold() -> list[AnnotatedDocument]:
    return [marked(article) for article in ARTICLES]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    lines = [
        {"text": d.document.text, "spans": [[a.span.start, a.span.end, a.label] for a in d.annotations]} for d in gold()
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return path


def test_without_suggestions_every_entity_takes_a_selection_and_a_digit() -> None:
    told: list[tuple[int, int]] = []
    result = simulate(gold(), CAMEL, Condition(), progress=lambda done, total: told.append((done, total)))
    effort = result.effort()
    assert (effort.documents, effort.entities, effort.decisions, effort.per_entity) == (3, 6, 12, 2.0)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_learning_suggests_in_later_documents_what_was_added_in_earlier_ones() -> None:
    result = simulate(gold(), CAMEL, Condition(learning=("memory",)))
    first, *later = result.documents
    assert (first.offered, first.decisions) == (0, 4)
    assert [(effort.offered, effort.right, effort.decisions) for effort in later] == [(2, 2, 2), (2, 2, 2)]
    assert result.slowest > 0


def test_a_suggester_works_from_the_first_document_on() -> None:
    result = simulate(gold(), CAMEL, Condition(("lexicon",)))
    assert result.documents[0].right >= 1
    shut = simulate(gold(), CAMEL, Condition(("lexicon",)), threshold=1.0)
    assert shut.effort().offered == 0


def test_spans_that_cannot_stand_side_by_side_are_counted_and_not_aimed_at() -> None:
    result = simulate([marked("في ⟦ORG|جامعة ⟦LOC|بغداد⟧⟧ اليوم")], CAMEL, Condition())
    assert (result.unreachable, result.effort().entities) == (1, 1)


def test_a_suggester_that_cannot_run_ends_it() -> None:
    with pytest.raises(SuggesterError, match="nobody"):
        simulate(gold(), CAMEL, Condition(("nobody",)))


def test_the_report_says_everything_in_tables_and_json() -> None:
    results = [simulate(gold(), CAMEL, Condition(learning=learning)) for learning in ((), ("memory",))]
    head, rows = effort_rows(results)
    assert [dict(zip(head, row, strict=True))["condition"] for row in rows] == ["no suggestions", "memory"]
    assert dict(zip(head, rows[1], strict=True))["decisions/entity"] == f"{8 / 6:.3f}"
    assert curve_rows(results) == (
        ["condition", "1-2", "3-3"],
        [["no suggestions", "2.000", "2.000"], ["memory", "1.500", "1.000"]],
    )
    described = json.loads(json.dumps(results[1].to_json()))
    assert (described["decisions"], described["learning"], len(described["curve"])) == (8, ["memory"], 3)
    assert described["gestures"] == {"enter": 4, "delete": 0, "digit": 2, "boundary": 0, "selection": 2, "jump": 0}


def test_conditions_are_nothing_and_each_name_without_and_with_learning(tmp_path: Path) -> None:
    names = [str(condition) for condition in conditions(["lexicon", "starter+lexicon"])]
    assert names == [
        *("no suggestions", "memory", "lexicon", "lexicon + memory"),
        *("starter + lexicon", "starter + lexicon + memory", "starter + lexicon + memory + learned"),
    ]
    everything = "starter + lexicon + grammar + network + stacked"
    assert [str(c) for c in conditions([], models=tmp_path)] == [
        *("no suggestions", "memory", "starter", "starter + memory", "starter + memory + learned"),
        *(everything, f"{everything} + memory", f"{everything} + memory + learned"),
    ]


def test_the_projects_own_model_learns_what_no_suggester_knows() -> None:
    first, second = "التقى ⟦PERS|زيد⟧ عند ⟦LOC|المطحنة⟧ رفاقه", "وجد ⟦PERS|سعد⟧ عند ⟦LOC|المكحلة⟧ كتابا"
    documents = [marked(f"{first} {n} . {second} {n} .") for n in range(6)]
    result = simulate(documents, CAMEL, Condition(learning=("learned",)))
    assert [effort.offered for effort in result.documents[:3]] == [0, 0, 0]
    assert result.documents[-1].right == 4


def test_a_suggester_is_scored_against_a_file(file: Path) -> None:
    read = read_gold(file, LabelMap())
    found = evaluate_suggester(read, "lexicon", CAMEL, Comparison(LabelMap({"PERS": None})))
    assert found.compared == ("LOC",)
    assert found.micro == Score(3, 3, 3, 3, 3)
    assert found.dropped == {"PERS": 3}
    assert found.scores.tokens_per_second > 0
    described = json.loads(json.dumps(found.to_json()))
    assert (described["micro"]["f1"], described["suggester"], described["documents"]) == (1.0, "lexicon", 3)
    assert [row[:2] for row in table([found])] == [("lexicon", "LOC"), ("lexicon", "all")]


def test_the_map_holds_for_both_sides_and_foreign_labels_are_counted_separately(file: Path) -> None:
    security = load_tagset("security")
    read = read_gold(file, LabelMap())
    found = evaluate_suggester(read, "lexicon", security, Comparison(LabelMap({"LOC": "PLACE", "PERS": "LOC"})))
    assert found.compared == ("LOC", "PLACE")
    assert found.scores.by_label["PLACE"].f1 == 1.0
    only_persons = evaluate_suggester(read_gold(file, LabelMap({"LOC": None})), "lexicon", security, Comparison())
    assert only_persons.not_compared == {"LOC": 3}
    assert only_persons.micro.f1 == 0.0


def test_by_whole_words_a_clitic_more_or_less_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "g.conll"
    path.write_text("سافر O\nلبغداد B-LOC\n. O\n", "utf-8")
    read = read_gold(path, LabelMap())
    assert evaluate_suggester(read, "lexicon", CAMEL, Comparison(clitics="exact")).micro.f1 == 0.0
    assert evaluate_suggester(read, "lexicon", CAMEL, Comparison(clitics="word")).micro.f1 == 1.0


def test_whole_words_are_compared_where_the_gold_file_labels_them(tmp_path: Path) -> None:
    path = tmp_path / "g.conll"
    path.write_text("سافر O\nلبغداد B-LOC\n. O\n", "utf-8")
    read = read_gold(path, LabelMap())
    assert labels_whole_words(read)
    assert evaluate_suggester(read, "lexicon", CAMEL, Comparison()).clitics == "word"
    ((document, annotation),) = [(item.document, item.annotations[0]) for item in read.documents]
    bare = annotation._replace(span=Span(annotation.span.start + 1, annotation.span.end))
    read.documents[0] = AnnotatedDocument(document, (bare,))
    assert not labels_whole_words(read)
    found = evaluate_suggester(read, "lexicon", CAMEL, Comparison())
    assert found.clitics == "exact"
    assert found.micro.f1 == 1.0


def test_the_tagset_to_speak_is_the_one_that_has_the_labels(tmp_path: Path) -> None:
    path = tmp_path / "g.conll"
    for labels, mapping, name in (
        (("PERS", "LOC"), {}, "camel"),
        (("PER", "LOC"), {"PER": "PERS"}, "camel"),
        (("PERS", "GPE"), {}, "wojood"),
        (("PERS", "WEAPON"), {}, "security"),
        (("X", "Y"), {}, "security"),
    ):
        path.write_text("".join(f"كلمة B-{label}\n" for label in labels), "utf-8")
        assert fitting_tagset(read_gold(path, LabelMap()), LabelMap(mapping)) == name


def test_a_file_without_annotations_is_no_gold(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text("بغداد B-LOC\n", "utf-8")
    with pytest.raises(InputError, match=r"has no annotations to compare with.*--format conll"):
        read_gold(path, LabelMap())
    assert read_gold(path, LabelMap(), "conll").labels() == {"LOC": 1}
    with pytest.raises(InputError, match="no word found"):
        path.write_text("", "utf-8")
        read_gold(path, LabelMap(), "conll")


def test_a_text_that_comes_twice_counts_once_and_misfits_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    line = json.dumps({"text": "بغداد", "spans": [[0, 5, "LOC"], [0, 50, "LOC"]]})
    path.write_text(f"{line}\n{line}\n", "utf-8")
    read = read_gold(path, LabelMap({"LOC": "GPE"}))
    assert (len(read.documents), read.labels()) == (1, {"GPE": 1})
    assert "is outside the text" in read.problems[0].message


def test_real_documents_are_labelled_again_exactly(corpora: Path) -> None:
    read = read_gold(corpora / "anercorp-dev" / "anercorp-dev.conll", LabelMap())
    chosen = read.documents[:4]
    bare, helped = (
        simulate(chosen, CAMEL, condition) for condition in (Condition(), Condition(("lexicon",), ("memory",)))
    )
    assert helped.effort().per_entity < bare.effort().per_entity == 2.0
    wojood = read_gold(corpora / "wojood-sample" / "val.txt", LabelMap(), "conll")
    nested = simulate(wojood.documents[:3], load_tagset("wojood"), Condition(learning=("memory",)))
    assert nested.effort().entities == sum(len(d.annotations) for d in wojood.documents[:3]) - nested.unreachable


def test_suggestions_that_nobody_confirmed_are_no_gold(tmp_path: Path) -> None:
    place = {"end": 5, "label": "LOC", "text": "بغداد", "annotator": "", "origin": "suggestion:lexicon", "score": 0.9}
    path = tmp_path / "gold.jsonl"
    spans = [{"start": 0, **place}, {"start": 6, "end": 11, "label": "DATE", "origin": "manual"}]
    path.write_text(json.dumps({"text": "بغداد اليوم", "spans": spans}), "utf-8")
    assert read_gold(path, LabelMap()).labels() == {"DATE": 1}


def test_a_text_that_comes_again_in_a_gold_file_is_reported_where_its_annotations_differ(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    spans = ([[0, 5, "LOC"]], [[0, 5, "LOC"]], [[0, 5, "ORG"]])
    path.write_text("\n".join(json.dumps({"text": "بغداد اليوم", "spans": each}) for each in spans), "utf-8")
    gold = read_gold(path, LabelMap())
    assert gold.labels() == {"LOC": 1}
    assert [(p.place, p.message) for p in gold.problems] == [
        (f"{path}, line 3", "duplicate text with other annotations: the earlier ones were kept, these were skipped.")
    ]
