"""Names replaced in exports: consistent in a whole project, nothing of them left over, the key kept apart."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Origin, OriginKind
from annotator.domain.model.document import document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import Suggestion
from annotator.errors import ExportError
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.request import PseudonymOptions
from annotator.services.exporting.selection import Resolution, Selection
from annotator.session import Session
from annotator.storage.project import Project
from annotator.text.names.person_names import possible_stems, split_words, word_key
from tests.formats.installed import PLAIN
from tests.formats.marks import marked
from tests.formats.strategies import annotated_documents
from tests.services.corpus.corpora import PEOPLE, add_annotation, make_project
from tests.services.exporting.requests import export_as

ARTICLES = [
    marked(
        "⟦title|محمد علي العاني يزور الموصل⟧\nزار ⟦PERS|محمد علي العاني⟧ ⟦ORG|مكتب ⟦PERS|سعاد حسين⟧⟧، ولمحمد رأي.",
        title="محمد علي العاني يزور الموصل",
        url="https://news.example/محمد-علي-العاني",
        author="سعاد حسين",
        external_id="العاني-1",
        source="مدونة سعاد حسين",
        metadata={"tags": ["العاني"]},
    ),
    marked("قال ⟦PERS|للعاني⟧ إن ⟦LOC|علي⟧ بلدة، ردا على العاني\nوسُعادُ حسين.", title="سعاد ترد على محمد"),
    marked("لا أحد في ⟦LOC|بغداد⟧ يعرف عليا ولا عبد الله."),
]
NAMES = {"محمد", "العاني", "سعاد", "حسين"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project of three articles."""
    with make_project(tmp_path / "news.annot", ARTICLES) as made:
        yield made


def written(project: Project, out: Path, **how: Any) -> tuple[list[dict[str, Any]], ExportReport]:
    """Export as JSON lines with pseudonyms for PERS; return the objects and the report."""
    key_file, salt = how.pop("key_file", None), how.pop("salt", "")
    report = export_as(project, out, "jsonl", pseudonyms=PseudonymOptions(("PERS",), key_file, salt), **how)
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()], report


def keys_in(text: str) -> set[str]:
    """Return the keys of all that the words of a text may be."""
    from annotator.text.normalise import normalise_key

    return {key for word in split_words(text) for _, key in possible_stems(word.of(text))} | {normalise_key(text)}


def content_of(path: Path) -> str:
    """Return all that a file holds, or a zip, names included, as text."""
    if not is_zipfile(path):
        return path.read_bytes().decode("utf-8", "ignore")
    with ZipFile(path) as archive:
        return "\n".join(f"{name}\n{archive.read(name).decode('utf-8', 'ignore')}" for name in archive.namelist())


def test_one_name_has_one_stand_in_everywhere(project: Project, tmp_path: Path) -> None:
    (first, second, third), report = written(project, tmp_path / "out.jsonl")
    whole, office, woman = (span["text"] for span in first["spans"])
    given, middle, family = whole.split()
    assert office == f"مكتب {woman}"
    assert first["title"] == f"{whole} يزور الموصل"
    assert first["text"] == f"{first['title']}\nزار {whole} {office}، ول{given} رأي."
    assert second["text"] == f"قال ل{family[1:]} إن علي بلدة، ردا على {family}\nو{woman}."
    assert second["title"] == f"{woman.split()[0]} ترد على {given}"
    assert third["text"] == ARTICLES[2].document.text
    assert middle != "علي"
    assert report.pseudonyms is not None
    counted = report.pseudonyms.to_json()
    assert (counted["words_with_stand_ins"], counted["labelled_places_replaced"]) == (5, 3)
    assert counted["words_left_being_other_words_too"] == 1  # على has the key of علي, and so has the place
    assert counted["documents_with_dropped_fields"] == 1
    assert any("Names that nobody labelled stay." in line for line in report.lines())


def test_nothing_of_a_name_is_in_what_is_written(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for name in PLAIN:
        report_path = folder / f"{name}-report.json"
        pseudonyms = PseudonymOptions(("PERS",), tmp_path / "key.json")
        how: dict[str, Any] = {
            "pseudonyms": pseudonyms,
            "report_path": report_path,
            "names": dict.fromkeys(("a1", "a2", "a3"), "-"),
        }
        report = export_as(project, folder / name, name, **how)
        assert report.documents == 3
        content = report_path.read_text("utf-8") + content_of(folder / name)
        assert keys_in(content) & NAMES == set()
        for each in ARTICLES[:2]:
            assert each.document.id not in content, "the id of the original text would tell the article"


def test_the_key_is_written_apart_and_for_its_owner_alone(project: Project, tmp_path: Path) -> None:
    key_file = tmp_path / "key.json"
    (first, *_), _ = written(project, tmp_path / "out.jsonl", key_file=key_file)
    held = json.loads(key_file.read_text("utf-8"))
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert held["project"] == project.id
    assert held["names"]["محمد علي العاني"] == first["spans"][0]["text"]
    assert " ".join(held["words"][word] for word in ("محمد", "علي", "العاني")) == first["spans"][0]["text"]
    assert held["left"] == {"علي": 1}


def test_the_same_project_and_key_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    one, two, three, four = (tmp_path / name for name in ("one", "two", "three", "four"))
    written(project, one, key_file=tmp_path / "a.json")
    written(project, two, key_file=tmp_path / "a.json")
    written(project, three, selection=Selection(document_ids={ARTICLES[0].document.id}))
    written(project, four, salt="other")
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().startswith(three.read_bytes().rstrip(b"\n"))
    assert four.read_bytes() != one.read_bytes()


def test_a_key_file_is_kept_to_when_more_documents_come(project: Project, tmp_path: Path) -> None:
    key_file = tmp_path / "key.json"
    before, _ = written(project, tmp_path / "out.jsonl", key_file=key_file, salt="k")
    more = marked("جاء ⟦PERS|كوندوليزا العاني⟧", "a2")
    project.documents.add(more.document)
    add_annotation(project, more.document.id, more.annotations[0])
    after, report = written(project, tmp_path / "out.jsonl", key_file=key_file)
    assert after[:3] == before
    assert after[3]["text"].split()[2] == before[0]["spans"][0]["text"].split()[2]
    assert report.pseudonyms is not None
    assert report.pseudonyms.changed == 0
    with pytest.raises(ExportError, match="was made with another salt"):
        written(project, tmp_path / "out.jsonl", key_file=key_file, salt="l")
    stand_in = before[0]["spans"][0]["text"].split()[2]
    new = marked(f"قال ⟦PERS|{stand_in}⟧")
    project.documents.add(new.document)
    add_annotation(project, new.document.id, new.annotations[0]._replace(annotator="a1"))
    changed, report = written(project, tmp_path / "out.jsonl", key_file=key_file)
    assert report.pseudonyms.changed == 1 if report.pseudonyms else False
    assert stand_in not in re.split(r"\W+", changed[0]["text"])


def test_key_files_that_are_none_or_lie_in_the_export_are_refused(project: Project, tmp_path: Path) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.json"
    for content, message in (
        ("[]", "is not a key file"),
        ('{"project": "x", "key": "", "words": {}, "names": {}, "left": {}}', "is the key file of another project"),
        ('{"project": "x", "key": "", "words": {"a": 1}, "names": {}, "left": {}}', "is not a key file"),
    ):
        other.write_text(content)
        with pytest.raises(ExportError, match=message):
            written(project, out, key_file=other)
        assert other.read_text() == content
    for place in (out, tmp_path / "export-report.json"):
        with pytest.raises(ExportError, match="Choose another name"):
            written(project, out, key_file=place)
    with pytest.raises(ExportError, match="would reveal the replaced names"):
        written(project, tmp_path / "folder", key_file=tmp_path / "folder" / "key.json")
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "none" / "key.json", tmp_path / "folder"):
        with pytest.raises(ExportError, match="Choose a file in an existing folder"):
            written(project, out, key_file=place)
    with pytest.raises(ExportError, match="is a project or another database"):
        written(project, out, key_file=project.path)
    with pytest.raises(ExportError, match=r"No label called NAME in this project\. Labels: PERS"):
        export_as(project, out, "jsonl", pseudonyms=PseudonymOptions(("NAME",)))
    assert not out.exists()


def test_an_export_that_fails_leaves_no_key(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="conll cannot store"):
        export_as(
            project, tmp_path / "out", "conll", pseudonyms=PseudonymOptions(("PERS",), tmp_path / "key"), strict=True
        )
    assert sorted(path.name for path in tmp_path.iterdir() if "annot" not in path.name) == []


def test_who_labelled_it_does_not_matter_and_suggestions_count_where_they_leave(
    project: Project, tmp_path: Path
) -> None:
    id_, text = ARTICLES[2].document.id, ARTICLES[2].document.text
    place = Span(text.index("عبد الله"), text.index("عبد الله") + 8)
    project.suggestions.replace(id_, "x", "1", [Suggestion(place, "PERS", 0.5, "x", "1")])
    records, _ = written(project, tmp_path / "out.jsonl")
    assert "عبد الله" in records[2]["text"]
    records, _ = written(project, tmp_path / "out.jsonl", selection=Selection(include_suggestions=True))
    assert "عبد الله" not in records[2]["text"]
    assert records[2]["spans"][-1]["text"].startswith("عبد ")
    add_annotation(project, id_, Annotation("d", place, "PERS", "a3"))
    records, _ = written(project, tmp_path / "out.jsonl", selection=Selection(("a1",)))
    assert "عبد الله" not in records[2]["text"]
    assert [span["text"] for span in records[2]["spans"]] == ["بغداد"]


def test_suggested_names_that_nobody_decided_on_are_left_and_told(project: Project, tmp_path: Path) -> None:
    document, text = ARTICLES[2].document.id, ARTICLES[2].document.text
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in ("عبد الله", "عليا")]
    suggested = [Suggestion(span, "PERS", 0.5, "x", "1") for span in spans]
    project.suggestions.replace(document, "x", "1", [*suggested, Suggestion(spans[0], "LOC", 0.5, "x", "1")])
    records, report = written(project, tmp_path / "out.jsonl")
    assert records[2]["text"] == text
    assert report.pseudonyms is not None
    assert report.pseudonyms.undecided == 2
    assert any(line.endswith("of names, not replaced: 2.") for line in report.lines())
    session = Session(project, PEOPLE[0])
    session.open(document)
    session.reject()
    _, report = written(project, tmp_path / "out.jsonl")
    assert report.to_json()["pseudonyms"]["undecided_suggestions_left"] == 1
    _, report = written(project, tmp_path / "out.jsonl", selection=Selection(include_suggestions=True))
    assert report.to_json()["pseudonyms"]["undecided_suggestions_left"] == 0, "what leaves is replaced"


def test_a_span_is_told_once_and_a_suggestion_is_no_confirmed_span(tmp_path: Path) -> None:
    article = marked("قال ⟦PERS|طارق العاني⟧ والعاني في بغداد")
    text = article.document.text
    half = text.index("والعاني") + 3
    with make_project(tmp_path / "p.annot", [article]) as made:
        add_annotation(made, article.document.id, Annotation("half", Span(half, half + 4), "ORG", "a1"))
        spans = [Span(text.index("طارق") + 1, text.index("طارق") + 3)]
        made.suggestions.replace(article.document.id, "x", "1", [Suggestion(s, "LOC", 0.5, "x", "1") for s in spans])
        how: dict[str, Any] = {
            "pseudonyms": PseudonymOptions(("PERS",)),
            "selection": Selection(include_suggestions=True),
        }
        report = export_as(made, tmp_path / "out", "jsonl", **how)
        assert (report.confirmed, report.exact) == (2, 1), "the suggestion does not count"
        report = export_as(made, tmp_path / "out", "conll", pseudonyms=PseudonymOptions(("PERS",)))
        assert report.to_json()["spans_altered"] == {"clitic": 1}, "what is altered already is told once"
        assert (report.confirmed, report.exact) == (2, 1)


def test_the_file_that_suggestions_came_from_is_not_named(project: Project, tmp_path: Path) -> None:
    document = ARTICLES[0].document
    for number, suggester in enumerate(("سعاد حسين.jsonl", "lexicon")):
        place, origin = Span(number, 3), Origin(OriginKind.CONFIRMED, suggester)
        add_annotation(project, document.id, Annotation(f"s{number}", place, "MISC", "a1", origin))
    suggested = [Suggestion(Span(5, 8), "MISC", 0.5, "سعاد حسين.jsonl", "1")]
    project.suggestions.replace(document.id, "سعاد حسين.jsonl", "1", suggested)
    records, _ = written(project, tmp_path / "out.jsonl", selection=Selection(include_suggestions=True))
    found = {span["origin"] for span in records[0]["spans"] if span["label"] == "MISC"}
    assert found == {"confirmed:other", "confirmed:lexicon", "suggestion:other"}
    settled, _ = written(project, tmp_path / "out.jsonl", selection=Selection(resolution=Resolution.MAJORITY))
    assert {span["origin"] for span in settled[0]["spans"]} == {"agreed:1/1"}


@pytest.mark.parametrize("name", ["brat", "conll", "jsonl"])
def test_texts_that_become_the_same_stay_two(tmp_path: Path, name: str) -> None:
    twins = [marked("قالت ⟦PERS|سعاد⟧ في بغداد"), marked("قالت ⟦PERS|سُعاد⟧ في ⟦LOC|بغداد⟧")]
    with make_project(tmp_path / "twins.annot", twins) as project:
        report = export_as(project, tmp_path / "out", name, pseudonyms=PseudonymOptions(("PERS",)))
        assert (report.documents, report.entities) == (2, 3)


def test_a_span_that_ends_inside_a_name_is_widened_and_told(project: Project, tmp_path: Path) -> None:
    text = ARTICLES[1].document.text
    begin = text.index("العاني\n")
    add_annotation(project, ARTICLES[1].document.id, Annotation("half", Span(begin, begin + 3), "ORG", "a2"))
    records, report = written(project, tmp_path / "out.jsonl")
    assert report.to_json()["spans_altered"] == {"stand-in": 1}
    assert report.exact == report.confirmed - 1
    (told,) = json.loads((tmp_path / "export-report.json").read_text("utf-8"))["remarks"]
    assert (told["fate"], told["reason"], told["span"]["label"]) == ("altered", "stand-in", "ORG")
    assert told["span"]["text"] == records[1]["text"][told["span"]["start"] : told["span"]["end"]]
    family = records[0]["spans"][0]["text"].split()[2]
    assert family in [span["text"] for span in records[1]["spans"]]
    with pytest.raises(ExportError, match="stand-in 1"):
        written(project, tmp_path / "out.jsonl", strict=True)


@given(documents=st.lists(annotated_documents(), min_size=1, max_size=3, unique_by=lambda d: d.document.id))
@settings(max_examples=20, deadline=None)
def test_random_projects_read_back_as_they_were_altered(
    documents: list[AnnotatedDocument], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("random")
    with make_project(folder / "p.annot", documents) as project:
        for name in ("jsonl", "conll"):
            pseudonyms = PseudonymOptions(("PERS", "LOC"), folder / "key.json")
            how: dict[str, Any] = {"pseudonyms": pseudonyms, "include_debris": True}
            report = export_as(project, folder / f"out.{name}", name, **how)
            assert report.confirmed == sum(len(each.annotations) for each in documents)
        again = folder / "again.jsonl"
        export_as(project, again, "jsonl", **how)
        assert again.read_bytes() == (folder / "out.jsonl").read_bytes()
        held = json.loads((folder / "key.json").read_text("utf-8"))
        lines = again.read_text("utf-8").split("\n")
        for record in map(json.loads, filter(None, lines)):
            assert record["id"] == document_id(record["text"])
            keys = {word_key(word.of(record["text"])) for word in split_words(record["text"])}
            assert not keys & held["words"].keys() - held["left"].keys()
            assert all(record["text"][span["start"] : span["end"]] == span["text"] for span in record["spans"])
