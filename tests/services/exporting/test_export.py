"""Export of real projects: exact or reported, proven by reading back, and nothing replaced when it fails."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.corpus.annotated_document import AnnotatedDocument
from annotator.domain.model.annotation import Annotation, Annotator, Origin, OriginKind
from annotator.domain.model.span import Span
from annotator.errors import ExportError, UserError
from annotator.formats.base.record import Problem
from annotator.formats.registry import find_reader, find_writer
from annotator.services.exporting.request import PseudonymOptions
from annotator.services.exporting.selection import Selection
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.services.project.merge_copies import merge_paths
from annotator.storage.project import Project
from tests.formats.installed import FORMATS as ALL_FORMATS
from tests.formats.installed import PLAIN
from tests.formats.marks import marked, plain_conll, plain_entities
from tests.formats.strategies import annotated_documents
from tests.services.corpus.corpora import add_annotation, make_project
from tests.services.exporting.requests import export_as

ARTICLE = marked("أعلنت ⟦FORCE|قوات ⟦LOC|العراق⟧⟧ و⟦LOC|ديالى⟧ هدوءاً.\n⟦debris|شارك عبر ⟦PLATFORM|واتساب⟧⟧")
FORMATS = PLAIN


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project of one article with four spans."""
    with make_project(tmp_path / "news.annot", [ARTICLE]) as made:
        yield made


def report_of(folder: Path) -> dict[str, Any]:
    """Return the report beside an export."""
    report: dict[str, Any] = json.loads((folder / "export-report.json").read_text("utf-8"))
    return report


def test_a_package_that_is_missing_is_told_in_sentences_that_begin_as_such(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(ExportError, match=r"nothing was replaced\. This needs the package cassis"):
        export_as(project, tmp_path / "out.zip", "xmi")
    (tmp_path / "a.xmi").write_text("x", "utf-8")
    (problem,) = find_reader("xmi").read(tmp_path / "a.xmi")
    assert isinstance(problem, Problem)
    assert problem.message.startswith("This needs the package cassis")


def test_the_report_counts_and_lists_every_span_that_differs(project: Project, tmp_path: Path) -> None:
    report = export_as(project, tmp_path / "out.conll", "conll")
    assert (report.documents, report.confirmed, report.exact, report.altered, report.left_out) == (1, 4, 1, 1, 2)
    assert report.entities == 2
    written = report_of(tmp_path)
    assert written["spans_altered"] == {"clitic": 1}
    assert written["spans_left_out"] == {"debris": 1, "overlap": 1}
    assert [(r["fate"], r["reason"], r["span"]["text"]) for r in written["remarks"]] == [
        ("left-out", "overlap", "العراق"),
        ("altered", "clitic", "ديالى"),
        ("left-out", "debris", "واتساب"),
    ]
    assert written["remarks"][1]["written"]["text"] == "وديالى"
    assert written["remarks"][0]["because_of"]["text"] == "قوات العراق"
    assert any("Written with changed boundaries: 1 (clitic 1)." in line for line in report.lines())


def test_json_holds_every_span_exactly(project: Project, tmp_path: Path) -> None:
    report = export_as(project, tmp_path / "out.json", "json", include_debris=True)
    assert (report.confirmed, report.exact, report.entities) == (4, 4, 4)
    (record,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [span["text"] for span in record["spans"]] == ["قوات العراق", "العراق", "ديالى", "واتساب"]
    assert {span["annotator"] for span in record["spans"]} == {"سعاد (a1)"}
    assert report_of(tmp_path)["remarks"] == []


def test_a_strict_export_writes_nothing_where_a_span_would_differ(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"3 of 4 confirmed spans .* \(clitic 1, debris 1, overlap 1\)"):
        export_as(project, tmp_path / "out.conll", "conll", strict=True)
    assert not (tmp_path / "out.conll").exists()
    assert not (tmp_path / "export-report.json").exists()
    wanted: dict[str, Any] = {"clitics": "split", "nested": "columns", "include_debris": True}
    assert export_as(project, tmp_path / "out.conll", "conll", strict=True, **wanted).exact == 4


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_state_gives_the_same_bytes(project: Project, tmp_path: Path, name: str) -> None:
    export_as(project, tmp_path / "one", name)
    first = (tmp_path / "export-report.json").read_bytes()
    export_as(project, tmp_path / "two", name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "export-report.json").read_bytes() == first.replace(b'"one"', b'"two"')


def test_a_folder_of_brat_files_comes_in_with_its_spans(project: Project, tmp_path: Path) -> None:
    export_as(project, tmp_path / "out.zip", "brat", include_debris=True)
    folder = tmp_path / "brat"
    shutil.unpack_archive(tmp_path / "out.zip", folder)
    (folder / "annotation.conf").unlink()
    for number, source in enumerate((tmp_path / "out.zip", folder)):
        with make_project(tmp_path / f"new{number}.annot") as fresh:
            report = import_paths(fresh, [source], target=ImportTarget(Annotator("a1", "سعاد")))
            assert (report.added, report.duplicates) == (1, 0)
            assert [problem.message[:17] for problem in report.problems] == ["skipped 1 overlap"]
            spans = {(a.span, a.label) for a in fresh.log.annotations(ARTICLE.document.id)}
            assert spans <= {(a.span, a.label) for a in ARTICLE.annotations}
            assert report.annotations == 3  # the tagset does not allow the nested one


def test_one_annotator_can_be_asked_for_by_name_or_id(project: Project, tmp_path: Path) -> None:
    add_annotation(project, ARTICLE.document.id, Annotation("x", Span(0, 5), "ORG", "a2"))
    out = tmp_path / "out.json"
    assert export_as(project, out, "json").confirmed == 5
    assert export_as(project, out, "json", selection=Selection(("Omar",))).confirmed == 1
    assert report_of(tmp_path)["options"]["annotators"] == ["Omar"]
    assert export_as(project, out, "json", selection=Selection(("a1",))).confirmed == 4
    with pytest.raises(UserError, match="Several annotators are called سعاد"):
        export_as(project, out, "json", selection=Selection(("سعاد",)))
    with pytest.raises(UserError, match=r"No annotator called Ali in this project. Annotators: Omar \(a2\)"):
        export_as(project, out, "json", selection=Selection(("Ali",)))


def test_two_annotators_of_one_document_never_make_silent_doubles(project: Project, tmp_path: Path) -> None:
    equal, other = Annotation("x", Span(6, 17), "FORCE", "a2"), Annotation("y", Span(11, 17), "NAT", "a2")
    add_annotation(project, ARTICLE.document.id, equal)
    add_annotation(project, ARTICLE.document.id, other)
    report = export_as(project, tmp_path / "out.conll", "conll")
    assert report.several == 1
    assert report.entities == 2
    deviations = {(r["span"]["label"], r["span"]["annotator"]): r for r in report_of(tmp_path)["remarks"]}
    assert deviations["FORCE", "Omar"]["reason"] == "same-span"
    assert deviations["NAT", "Omar"]["reason"] == "other-annotator"
    assert any("by several annotators: 1" in line for line in report.lines())


def test_an_unknown_format_or_policy_is_told(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"Choose one of: .*conll"):
        export_as(project, tmp_path / "out", "docx")
    with pytest.raises(ExportError, match="Choose one of: word, split"):
        export_as(project, tmp_path / "out", "conll", clitics="cut")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_reads_back_otherwise_replaces_nothing(
    project: Project, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.write_text("what was there before")
    writer = type(find_writer(name))
    write = writer.write

    def wrong(self: Any, documents: Any, path: Path, options: Any) -> Any:
        """Write the annotations one code point too long."""
        moved = (
            AnnotatedDocument(
                each.document,
                tuple(
                    Annotation(a.id, Span(a.span.start, a.span.end + 2), a.label, a.annotator, a.origin)
                    for a in each.annotations
                ),
            )
            for each in documents
        )
        yield from write(self, moved, path, options)

    monkeypatch.setattr(writer, "write", wrong)
    with pytest.raises(ExportError, match="was not written, and nothing was replaced"):
        export_as(project, out, name)
    assert out.read_text() == "what was there before"
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith("news.annot")} == {"out"}


@pytest.mark.parametrize("forgotten", ["at the end", "in between"])
def test_a_document_that_a_writer_forgets_is_told(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgotten: str
) -> None:
    project.documents.add(marked("خبر ثان").document)
    writer = type(find_writer("conll"))
    write = writer.write

    def forgetful(self: Any, documents: Any, path: Path, options: Any) -> Any:
        """Take all documents and write all but one."""
        first, second = documents
        yield from write(self, [first if forgotten == "at the end" else second], path, options)

    monkeypatch.setattr(writer, "write", forgetful)
    with pytest.raises(ExportError, match="The writer did not write document"):
        export_as(project, tmp_path / "out.conll", "conll")
    assert not (tmp_path / "out.conll").exists()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (lambda read: read[:-1], "reads back with 1 of its 2 documents"),
        (lambda read: [*read, read[-1]], "reads back with more than its 2 documents"),
        (lambda read: read[::-1], r"reads back with document \w+ instead of \w+"),
    ],
    ids=["stops early", "reads one twice", "mixes them up"],
)
def test_a_reader_that_finds_other_documents_proves_nothing(
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    found: Callable[[list[Any]], list[Any]],
    said: str,
) -> None:
    project.documents.add(marked("خبر ثان").document)
    writer = type(find_writer("jsonl"))
    read_back = writer.read_back

    def wrong(self: Any, path: Path, documents: Any, options: Any) -> Any:
        """Read the file and find other documents."""
        yield from found(list(read_back(self, path, documents, options)))

    monkeypatch.setattr(writer, "read_back", wrong)
    with pytest.raises(ExportError, match=said):
        export_as(project, tmp_path / "out.jsonl", "jsonl")
    assert not (tmp_path / "out.jsonl").exists()


def test_only_spans_that_are_written_count_as_written_with_a_label_that_is_gone(tmp_path: Path) -> None:
    article = marked("أعلنت ⟦GONE|قوات ⟦GONE|العراق⟧⟧ هدوءاً.\n⟦debris|شارك عبر ⟦GONE|واتساب⟧⟧")
    with make_project(tmp_path / "gone.annot", [article]) as made:
        assert export_as(made, tmp_path / "out.jsonl", "jsonl", include_debris=True).not_in_tagset == {"GONE": 3}
        report = export_as(made, tmp_path / "out.conll", "conll")
        assert (report.left_out, report.not_in_tagset) == (2, {"GONE": 1})
        assert report.to_json()["spans_with_a_label_not_in_the_tagset"] == {"GONE": 1}


@pytest.mark.parametrize("name", ["jsonl", "conll"])
def test_a_label_that_a_writer_changes_is_named(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    writer = type(find_writer(name))
    write = writer.write

    def wrong(self: Any, documents: Any, path: Path, options: Any) -> Any:
        """Write the file, then change one label in it."""
        found = list(write(self, documents, path, options))
        path.write_text(path.read_text("utf-8").replace("FORCE", "ORG"), "utf-8")
        yield from found

    monkeypatch.setattr(writer, "write", wrong)
    with pytest.raises(ExportError, match=r"\[\[6, 17, 'FORCE', .*\]\] missing and \[\[6, 17, 'ORG', .*\]\] added"):
        export_as(project, tmp_path / "out", name)


def test_stopping_in_the_middle_replaces_nothing(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out.conll"
    out.write_text("what was there before")

    def stop(done: int, total: int) -> None:
        """Press Ctrl+C at the first report."""
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_as(project, out, "conll", progress=stop)
    assert out.read_text() == "what was there before"
    assert not list(tmp_path.glob(".*part"))


def test_progress_tells_every_document_twice(project: Project, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_as(project, tmp_path / "out.conll", "conll", progress=lambda done, total: told.append((done, total)))
    # Before the first document the project is checked.
    assert [step for step in told if step[0]] == [(1, 2), (2, 2)]


def test_places_that_cannot_be_written_are_told_in_a_sentence(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="it is a folder"):
        export_as(project, tmp_path, "conll")
    with pytest.raises(ExportError, match=r"Cannot write .*: No such file"):
        export_as(project, tmp_path / "none" / "out.conll", "conll")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExportError, match="it is a device or a pipe"):
        export_as(project, tmp_path / "pipe", "conll")
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ExportError, match="Cannot write"):
        export_as(project, tmp_path / "loop" / "out", "conll")
    export_as(project, tmp_path / "loop", "conll")
    with pytest.raises(ExportError, match=r"Cannot write .*: File name too long"):
        export_as(project, tmp_path / ("م" * 150), "conll")
    export_as(project, tmp_path / ("م" * 127), "conll")
    for folder in (Path("/"), Path()):
        with pytest.raises(ExportError, match=r"is a folder\. Add the name of the file or folder to write"):
            export_as(project, folder, "conll")
    with pytest.raises(ExportError, match=r"The name 'bad\\udcff.conll' is not valid UTF-8"):
        export_as(project, tmp_path / os.fsdecode(b"bad\xff.conll"), "conll")
    with pytest.raises(ExportError, match="path of the report"):
        export_as(project, tmp_path / "export-report.json", "json")


def test_a_project_is_never_written_over(project: Project, tmp_path: Path) -> None:
    before = project.path.read_bytes()
    with pytest.raises(ExportError, match=r"news\.annot is a project"):
        export_as(project, project.path, "json")
    with pytest.raises(ExportError, match=r"news\.annot is a project"):
        export_as(project, tmp_path / "out.json", "json", report_path=project.path)
    for end in ("-wal", "-shm", "-journal"):
        with pytest.raises(ExportError, match=rf"news\.annot{end} is a project"):
            export_as(project, Path(f"{project.path}{end}"), "json")
    assert project.path.read_bytes() == before


def test_a_relative_name_without_a_folder_will_do(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    export_as(project, Path("out.conll"), "conll")
    assert (tmp_path / "out.conll").exists()


@pytest.fixture
def umask() -> Iterator[int]:
    """Have new files be for their owner and group alone; give the rights that they then have."""
    before = os.umask(0o027)
    yield 0o640
    os.umask(before)


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_the_export_has_the_rights_of_any_new_file(project: Project, tmp_path: Path, umask: int, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    export_as(project, folder / "out", name, pseudonyms=PseudonymOptions(("LOC",), key_file=tmp_path / "key.json"))
    rights = {path.name: path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    assert set(rights.values()) == {umask}, rights
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()} <= {0o750}
    assert (tmp_path / "key.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("last", ["out.jsonl", "key.json", "export-report.json"])
def test_an_export_its_key_and_its_report_are_replaced_together_or_not_at_all(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    def export() -> None:
        """Write the three."""
        names = PseudonymOptions(("LOC",), key_file=tmp_path / "key.json")
        export_as(project, tmp_path / "out.jsonl", "jsonl", pseudonyms=names)

    def written() -> dict[str, bytes]:
        """Return what there is of the three."""
        return {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.startswith("news.annot")}

    def failing(path: Path, target: Path) -> Path:
        """Rename anything but what is to fail."""
        if target.name == last:
            raise OSError(28, "No space left on device")
        return replace(path, target)

    export()
    before = written()
    assert sorted(before) == ["export-report.json", "key.json", "out.jsonl"]
    more = marked("خبر ثان من ⟦LOC|كركوك⟧")
    project.documents.add(more.document)
    add_annotation(project, more.document.id, more.annotations[0])
    replace = Path.replace
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(ExportError, match=r"Cannot write .*: No space left on device. Nothing was replaced"):
            export()
    assert written() == before
    export()
    after = written()
    assert all(after[name] != before[name] for name in before)


@pytest.mark.parametrize("name", FORMATS)
def test_copies_merged_either_way_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    with make_project(tmp_path / "one.annot", [ARTICLE]) as one:
        one.documents.add(marked("خبر ثان").document)
    (tmp_path / "two.annot").write_bytes((tmp_path / "one.annot").read_bytes())
    with Project.open(tmp_path / "two.annot") as two:
        two.documents.add(marked("خبر ثالث").document)
        add_annotation(two, ARTICLE.document.id, Annotation("x", Span(6, 17), "ORG", "a2", Origin(OriginKind.MANUAL)))
    (tmp_path / "three.annot").write_bytes((tmp_path / "one.annot").read_bytes())
    with Project.open(tmp_path / "three.annot") as three:
        add_annotation(three, ARTICLE.document.id, Annotation("y", Span(6, 10), "ORG", "a3"))
        (tmp_path / "base.annot").write_bytes((tmp_path / "one.annot").read_bytes())
    merge_paths(tmp_path / "two.annot", [tmp_path / "three.annot"])
    merge_paths(tmp_path / "base.annot", [tmp_path / "three.annot", tmp_path / "two.annot", tmp_path / "three.annot"])
    files = []
    for target in ("two", "base"):
        with Project.open(tmp_path / f"{target}.annot") as merged:
            assert export_as(merged, tmp_path / f"{target}.out", name).documents == 3
        files.append((tmp_path / f"{target}.out").read_bytes())
    assert files[0] == files[1]


@settings(max_examples=12, deadline=None)
@given(
    documents=st.lists(annotated_documents(), max_size=3, unique_by=lambda each: each.document.id),
    clitics=st.sampled_from(["word", "split"]),
)
def test_random_projects_leave_exactly_or_are_reported(
    tmp_path_factory: pytest.TempPathFactory, documents: list[AnnotatedDocument], clitics: str
) -> None:
    folder = tmp_path_factory.mktemp("export")
    with make_project(folder / "p.annot", documents) as project:
        report = export_as(project, folder / "out.conll", "conll", clitics=clitics)
        assert export_as(project, folder / "out.jsonl", "jsonl", report_path=folder / "r.json").altered == 0
    content = plain_conll((folder / "out.conll").read_text("utf-8"))
    listed = {
        (r["document"], r["span"]["start"], r["span"]["end"], r["span"]["label"]) for r in report_of(folder)["remarks"]
    }
    exact = 0
    for each in documents:
        found = plain_entities(each.document, content[each.document.id], False)
        for annotation in each.annotations:
            place = (annotation.span.start, annotation.span.end, annotation.label)
            exact += place in found
            assert place in found or (each.document.id, *place) in listed
    assert exact >= report.exact


@pytest.mark.parametrize("pseudonyms", [None, PseudonymOptions(("PERS",))])
@pytest.mark.parametrize("done", (1, 2, 3))
def test_what_is_labelled_meanwhile_is_not_half_in_it(
    tmp_path: Path, pseudonyms: PseudonymOptions | None, done: int
) -> None:
    articles = [marked(f"قال ⟦PERS|محمد العاني⟧ لهيثم القيسي في خبر {number}") for number in range(2)]
    place = Span(articles[0].document.text.index("هيثم"), articles[0].document.text.index(" في"))
    with make_project(tmp_path / "p.annot", articles) as project, Project.open(tmp_path / "p.annot") as other:
        export_as(project, tmp_path / "before", "jsonl", pseudonyms=pseudonyms)

        def label(step: int, _total: int) -> None:
            """Label a name in every article, and import one, as soon as so much is done."""
            if step == done and other.documents.count() == 2:
                for each in articles:
                    add_annotation(other, each.document.id, Annotation(f"n{each.document.id}", place, "PERS", "a2"))
                other.documents.add(marked("خبر جديد").document)

        report = export_as(project, tmp_path / "out", "jsonl", pseudonyms=pseudonyms, progress=label)
        assert (report.documents, report.confirmed) == (2, 2)
        assert (tmp_path / "out").read_bytes() == (tmp_path / "before").read_bytes()
        again = export_as(project, tmp_path / "out", "jsonl", pseudonyms=pseudonyms)
        assert (again.documents, again.confirmed) == (3, 4)


def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    def peak(number: int) -> int:
        """Return the most bytes held while a project of so many documents is exported."""
        text = "قال ⟦PERS|محمد⟧ في ⟦LOC|بغداد⟧ إن و⟦LOC|ديالى⟧ هادئة. " * 20
        with make_project(tmp_path / f"{number}.annot", [marked(f"{i} {text}") for i in range(1)]) as project:
            project.documents.add_many(marked(f"خبر {i} {text}").document for i in range(number))
            export_as(project, tmp_path / "warm.conll", "conll")
            tracemalloc.start()
            export_as(project, tmp_path / f"{number}.conll", "conll")
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    # Some hundred documents are read at a time, and kilobytes of the file; what is beyond that must not be held.
    assert peak(600) < peak(250) + 400_000
