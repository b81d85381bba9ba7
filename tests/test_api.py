"""annotator.open(): what a program reads of a project, and every example of the manual's page about it."""

from __future__ import annotations

import datetime
import gc
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

import annotator
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.domain.tagset.changes import RenameLabel
from annotator.resources import resource
from annotator.session import Session
from annotator.storage.project import Project
from tests.conftest import ROOT
from tests.formats.marks import marked
from tests.services.corpus.corpora import PEOPLE, add_annotation, finish, make_project, settle
from tests.storage.file.test_older_files import as_it_was

TEXT = "قال ⟦PERS|محمد⟧ في و⟦LOC|ديالى⟧ إن ⟦ORG|وزارة ⟦NAT|العراق⟧⟧ هادئة."
FIRST, SECOND, THIRD = marked(TEXT), marked("هجوم في ⟦LOC|كركوك⟧."), marked("خبر لم يبدأ")
EXAMPLES = re.findall(r"```python\n(.*?)```", (resource("manual") / "en" / "python.md").read_text("utf-8"), re.DOTALL)
PACKAGES = {"import pandas": "pandas", "to_pandas": "pandas", "to_spacy": "spacy", "to_datasets": "datasets"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project: one article finished by two people, one begun, one untouched."""
    path = tmp_path_factory.mktemp("made") / "news.annot"
    dated = replace(
        FIRST, document=replace(FIRST.document, title="خبر", date=datetime.date(2026, 11, 1), source="سانا")
    )
    with make_project(path, [dated, SECOND, THIRD]) as project:
        add_annotation(project, FIRST.document.id, Annotation("k2", FIRST.annotations[0].span, "PERS", PEOPLE[1].id))
        for person in PEOPLE[:2]:
            finish(project, FIRST.document.id, person.id)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the project in the working folder."""
    monkeypatch.chdir(tmp_path)
    copy = tmp_path / "news.annot"
    copy.write_bytes(made.read_bytes())
    return copy


def needs(package: str) -> None:
    if find_spec(package) is None:
        pytest.skip(f"{package} is not installed; run: make interop")


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_manual_runs(path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, package in PACKAGES.items():
        if name in EXAMPLES[number]:
            needs(package)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    before = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # A connection that the one-liner of pandas leaves open.
        exec(compile(EXAMPLES[number], "python.md", "exec"), {})  # noqa: S102 - our own page
        gc.collect()
    assert path.read_bytes() == before
    assert list(path.parent.glob("*annot-*")) == []


def test_importing_the_package_loads_none_of_its_modules() -> None:
    code = "import annotator, sys; print([name for name in sys.modules if name.startswith('annotator')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['annotator']"


def test_the_package_offers_what_it_lists() -> None:
    assert [name for name in annotator.__all__ if not hasattr(annotator, name)] == []
    with pytest.raises(AttributeError, match="nothing"):
        annotator.nothing  # noqa: B018


def test_documents_and_annotations_are_those_of_the_project(path: Path) -> None:
    with annotator.open(path) as corpus:
        assert (len(corpus), corpus.path) == (3, path)
        assert [document.id for document in corpus.documents()] == [each.document.id for each in (FIRST, SECOND, THIRD)]
        assert corpus.document(SECOND.document.id).text == SECOND.document.text
        with pytest.raises(KeyError):
            corpus.document("0")
        assert corpus.labels[0].id == "PERS"
        assert [person.name for person in corpus.annotators] == ["Omar", "سعاد", "سعاد"]
        ((document, found),) = corpus.annotated_documents()
        assert document.title == "خبر"
        assert [(each.text, each.label, each.annotator) for each in found] == [
            ("محمد", "PERS", "سعاد (a1)"),
            ("محمد", "PERS", "Omar"),
            ("ديالى", "LOC", "سعاد (a1)"),
            ("وزارة العراق", "ORG", "سعاد (a1)"),
            ("العراق", "NAT", "سعاد (a1)"),
        ]
        assert found[1] == annotator.Annotation("k2", document.id, 4, 8, "PERS", "محمد", "Omar", PEOPLE[1].id, "manual")


def test_a_selection_means_what_it_means_in_an_export(path: Path) -> None:
    with annotator.open(path) as corpus:
        assert len(list(corpus.annotations())) == 5
        assert [each.text for each in corpus.annotations(annotators=["Omar"])] == ["محمد"]
        assert [each.annotator for each in corpus.annotations(resolve="majority")] == ["majority"]
        assert len(list(corpus.annotations(documents="labelled"))) == 6
        assert len(list(corpus.annotated_documents(documents="all"))) == 3
        assert list(corpus.annotations(since=datetime.date(2026, 11, 2))) == []
        assert len(list(corpus.annotations(since=datetime.date(2026, 11, 1)))) == 5
        with pytest.raises(annotator.UserError, match="No annotator called Nour"):
            next(corpus.annotations(annotators=["Nour"]))
        with pytest.raises(annotator.UserError, match="Nothing to export"):
            next(corpus.annotations(resolve="adjudicated"))
    with Project.open(path) as project:
        settle(project, FIRST.document.id, "a3", [(4, 8, "PERS")])
    with annotator.open(path) as corpus:
        assert [each.origin for each in corpus.annotations(resolve="adjudicated")] == ["adjudicated:0/0"]


def test_a_renamed_label_and_a_removed_article_are_as_they_are_now(path: Path) -> None:
    with Project.open(path) as project:
        session = Session(project, PEOPLE[0])
        session.change_tagset([RenameLabel("PERS", "PERSON")])
        session.remove_articles([SECOND.document.id])
    with annotator.open(path) as corpus:
        assert len(corpus) == 2
        assert {each.label for each in corpus.annotations(documents="labelled")} == {"PERSON", "LOC", "ORG", "NAT"}
        with pytest.raises(KeyError):
            corpus.document(SECOND.document.id)


def test_what_is_read_is_the_project_of_the_moment_of_opening(path: Path) -> None:
    with Project.open(path) as project, annotator.open(path) as corpus:
        add_annotation(project, FIRST.document.id, Annotation("k9", Span(0, 3), "LOC", "a1"))
        assert len(list(corpus.annotations())) == 5
    with annotator.open(path) as corpus:
        assert len(list(corpus.annotations())) == 6


def test_a_file_of_an_earlier_version_is_read_and_stays_as_it_is(path: Path) -> None:
    old = as_it_was(path, path.with_name("old.annot"), 8)
    before = old.read_bytes()
    with annotator.open(old) as corpus:
        assert len(list(corpus.annotations())) == 5
    assert old.read_bytes() == before


def test_a_corpus_that_nobody_closed_leaves_no_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = path.parent / "copies"
    copies.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(copies))
    corpus = annotator.open(path)
    assert len(list(copies.iterdir())) == 1
    del corpus
    gc.collect()
    assert list(copies.iterdir()) == []
    corpus = annotator.open(path)
    corpus.close()
    corpus.close()
    assert list(copies.iterdir()) == []


def test_what_is_no_project_is_an_error_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(annotator.UserError, match="Project not found"):
        annotator.open(tmp_path / "none.annot")


def test_an_export_is_that_of_the_command(path: Path) -> None:
    with annotator.open(path) as corpus:
        report = corpus.export("corpus.json")
        assert (report.documents, report.exact, report.left_out) == (1, 5, 0)
        assert corpus.export("corpus.txt", "jsonl", documents="all").documents == 3
        with pytest.raises(annotator.UserError, match="is a project"):
            corpus.export(path, "json")


def test_agreement_is_that_of_the_command(path: Path) -> None:
    with annotator.open(path) as corpus:
        report = corpus.agreement()
        assert report.overall.f1 == pytest.approx(2 / 5)
        assert list(report.pairs) == [("a1", "a2")]
        assert corpus.agreement(["a1", "Omar"], include_unfinished=True).overall.documents == 1


@pytest.mark.parametrize(
    ("load", "package"),
    [
        (lambda corpus: corpus.to_pandas(), "pandas"),
        (lambda corpus: list(corpus.to_spacy()), "spacy"),
        (lambda corpus: corpus.to_datasets(), "datasets"),
    ],
)
def test_a_missing_package_is_named_with_what_to_install(
    path: Path, load: Callable[[annotator.Corpus], object], package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with annotator.open(path) as corpus, pytest.raises(annotator.UserError) as raised:
        load(corpus)
    assert f'Install it with: pip install "{package}' in str(raised.value)


def test_pandas_has_a_row_for_each_annotation(path: Path) -> None:
    needs("pandas")
    frame = annotator.open(path).to_pandas(documents="labelled")
    assert list(frame.columns) == [*annotator.Annotation.__slots__, "title", "date", "source"]
    assert list(frame.text) == ["محمد", "محمد", "ديالى", "وزارة العراق", "العراق", "كركوك"]
    assert list(frame.date) == [datetime.date(2026, 11, 1)] * 5 + [None]


def test_spacy_has_every_span_and_flat_entities(path: Path) -> None:
    needs("spacy")
    (doc,) = annotator.open(path).to_spacy()
    assert doc.text == FIRST.document.text
    assert [(span.text, span.label_) for span in doc.spans["sc"]] == [
        (each.span.of(doc.text), each.label) for each in FIRST.annotations
    ]
    assert [entity.text for entity in doc.ents] == ["محمد", "ديالى", "وزارة العراق"]


def test_datasets_has_a_row_for_each_document(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs("datasets")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    dataset = annotator.open(path).to_datasets(documents="all")
    assert dataset["id"] == [each.document.id for each in (FIRST, SECOND, THIRD)]
    names = dataset.features["ner_tags"].feature.names
    assert [names[tag] for tag in dataset[1]["ner_tags"]] == ["O", "O", "B-LOC", "O"]
    assert [span["annotator"] for span in dataset[0]["spans"]][:2] == ["سعاد (a1)", "Omar"]
