"""A corpus in a folder: every format, split, proven, told of in a card; the same again; nothing half written."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotator.domain.corpus.split import Side, SplitPlan, SplitRule, parse_parts
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.domain.review.document_state import Documents
from annotator.errors import ExportError
from annotator.services.corpus import export_corpus as corpus_module
from annotator.services.corpus.export_corpus import CorpusReport, anonymous_names, export_corpus
from annotator.services.corpus.plots import can_draw
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from annotator.services.exporting.selection import Resolution, Selection
from annotator.services.importing.annotations import ImportTarget
from annotator.services.importing.importer import import_paths
from annotator.services.progress import no_progress
from annotator.storage.project import Project
from tests.formats.installed import FORMATS
from tests.formats.marks import marked
from tests.services.corpus.corpora import PEOPLE, add_annotation, finish, make_project

PARTS = parse_parts("60/20/20")
DAYS = [datetime.date(2020, 4, day) for day in range(1, 31)]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project of 30 articles with two spans each, of which an annotator gave some a second time."""
    articles = [
        marked(
            f"أعلنت ⟦FORCE|قوات العراق⟧ في ⟦LOC|بغداد⟧ خبر رقم {n} عن {n * 7}.", date=DAYS[n], source=f"صحيفة {n % 5}"
        )
        for n in range(30)
    ]
    with make_project(tmp_path / "news.annot", articles) as made:
        for each in articles[:4]:
            add_annotation(made, each.document.id, Annotation(f"x{each.document.id}", Span(6, 17), "FORCE", "a2"))
        yield made


def export(
    project: Project, out: Path, format: str = "jsonl", by: SplitRule = SplitRule.HASH, **wishes: Any
) -> CorpusReport:
    """Export a corpus without plots."""
    progress = wishes.pop("progress", no_progress)
    of_request = {name: wishes.pop(name) for name in ("selection", "strict", "pseudonyms") if name in wishes}
    corpus: dict[str, Any] = {"plan": SplitPlan(PARTS, by), "plots": False} | wishes
    return export_corpus(
        project, out, ExportRequest(format, corpus=CorpusOptions(**corpus), **of_request), progress=progress
    )


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def manifest_of(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder."""
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return told


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_makes_a_folder_whose_manifest_has_all_of_it(project: Project, tmp_path: Path, name: str) -> None:
    out = tmp_path / "corpus"
    report = export(project, out, name)
    assert sum(each.documents for each in report.reports.values()) == 30
    told = manifest_of(out)
    assert sorted(sum(told["documents"].values(), start=[])) == sorted(project.documents.ids())  # noqa: RUF017
    files = {path: content for path, content in bytes_of(out).items() if path != "manifest.json"}
    assert told["files"] == {
        path: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
    }
    data = {path for path in files if path.removeprefix("data/").split(".")[0] in ("train", "dev", "test")}
    assert len(data) == 3
    assert files.keys() - data == {"README.md", "stats.json", "tagset.json", *(f"reports/{s}.json" for s in Side)}
    head = yaml.safe_load(files["README.md"].decode().split("---\n")[1])
    assert {each["path"] for each in head["configs"][0]["data_files"]} == data


def test_each_file_comes_in_again_with_its_documents_and_spans(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    export(project, out)
    told = manifest_of(out)
    for side in Side:
        with make_project(tmp_path / f"{side}.annot") as fresh:
            import_paths(fresh, [out / f"{side}.jsonl"], target=ImportTarget(PEOPLE[0]))
            assert list(fresh.documents.ids()) == told["documents"][side]
            for document in fresh.documents.ids():
                assert {(a.span, a.label) for a in fresh.log.annotations(document)} == {
                    (a.span, a.label) for a in project.log.annotations(document)
                }


@pytest.mark.parametrize("by", SplitRule)
def test_the_same_project_and_options_give_the_same_bytes(project: Project, tmp_path: Path, by: SplitRule) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    export(project, tmp_path / "one" / "corpus", by=by)
    export(project, tmp_path / "two" / "corpus", by=by)
    one = bytes_of(tmp_path / "one" / "corpus")
    assert one == bytes_of(tmp_path / "two" / "corpus")
    export(project, tmp_path / "two" / "corpus", by=by)
    assert one == bytes_of(tmp_path / "two" / "corpus"), "a folder that is there is replaced by its like"


def test_a_manifest_keeps_every_document_as_more_come_in(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    export(project, out, by=SplitRule.LABEL)
    before = manifest_of(out)
    project.documents.add_many(marked(f"خبر ثان رقم {n} عن {n * 3} وأكثر").document for n in range(20))
    report = export(project, tmp_path / "more", by=SplitRule.LABEL, manifest=out / "manifest.json")
    after = manifest_of(tmp_path / "more")
    for side in Side:
        assert set(before["documents"][side]) <= set(after["documents"][side])
    assert {side: report.reports[side].documents for side in Side} == {"train": 30, "dev": 10, "test": 10}
    assert after["split"]["kept_from"] == hashlib.sha256((out / "manifest.json").read_bytes()).hexdigest()
    assert "assignments of an earlier split were kept" in (tmp_path / "more" / "README.md").read_text("utf-8")


def test_documents_that_are_not_taken_now_come_back_to_their_side(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "one", by=SplitRule.LABEL)
    before = manifest_of(tmp_path / "one")
    some = frozenset(before["documents"]["train"][:5])
    export(
        project,
        tmp_path / "two",
        by=SplitRule.LABEL,
        manifest=tmp_path / "one" / "manifest.json",
        selection=Selection(document_ids=some),
    )
    told = manifest_of(tmp_path / "two")
    assert told["documents"] == {"train": before["documents"]["train"][:5]}
    assert set(told["remembered"]["test"]) == set(before["documents"]["test"])
    export(project, tmp_path / "three", by=SplitRule.LABEL, manifest=tmp_path / "two" / "manifest.json")
    assert manifest_of(tmp_path / "three")["documents"] == before["documents"]


def test_a_folder_is_not_replaced_by_one_in_which_documents_moved(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    export(project, out)
    before = bytes_of(out)
    with pytest.raises(ExportError, match=r"articles would change splits compared with .*--manifest"):
        export(project, out, plan=SplitPlan(PARTS, SplitRule.HASH, 1))
    assert bytes_of(out) == before
    export(project, out, plan=SplitPlan(PARTS, SplitRule.HASH, 1), manifest=out / "manifest.json")
    assert manifest_of(out)["documents"] == json.loads(before["manifest.json"])["documents"]


def test_annotators_are_named_only_where_that_is_asked_for(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "one")
    text = b"".join(bytes_of(tmp_path / "one").values()).decode()
    assert "Omar" not in text
    assert "سعاد" not in text
    stats = json.loads((tmp_path / "one" / "stats.json").read_text("utf-8"))
    assert stats["annotators"] == {
        "annotator-a1": {"documents": 30, "spans": 60},
        "annotator-a2": {"documents": 4, "spans": 4},
    }
    assert stats["agreement"] == [
        {"annotators": ["annotator-a1", "annotator-a2"], "documents": 4, "span_f1": 0.666667, "token_kappa": 0.765957}
    ]
    export(project, tmp_path / "two", name_annotators=True)
    assert "| Omar | 4 | 4 |" in (tmp_path / "two" / "README.md").read_text("utf-8")


def test_the_card_counts_whom_it_takes_where_only_what_is_done_leaves(project: Project, tmp_path: Path) -> None:
    for number, document in enumerate(list(project.documents.ids())[:4]):
        for who in ("a1", "a2")[: 1 + number % 2]:
            finish(project, document, who)
    report = export(project, tmp_path / "out", selection=Selection(documents=Documents.FINISHED))
    stats = json.loads((tmp_path / "out" / "stats.json").read_text("utf-8"))
    assert stats["annotators"] == {
        "annotator-a1": {"documents": 4, "spans": 8},
        "annotator-a2": {"documents": 2, "spans": 2},
    }
    assert sum(each.confirmed for each in report.reports.values()) == 10
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "Only documents that an annotator marked as done, with the annotations of those who did." in card
    assert "annotations that are not in the files" not in card
    export(project, tmp_path / "two", selection=Selection(resolution=Resolution.MAJORITY, annotators=("Omar",)))
    card = (tmp_path / "two" / "README.md").read_text("utf-8")
    assert "Every document, finished or not." in card
    assert "Only 1 selected annotator." in card
    assert "The counts include annotations that are not in the files." in card


def test_stand_ins_are_the_beginnings_of_ids_as_long_as_needed(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot") as project:
        assert anonymous_names(project) == {f"a{n}": f"annotator-a{n}" for n in (1, 2, 3)}


def test_the_card_and_figures_tell_of_split_and_selection(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    selection = Selection(since=DAYS[10])
    export(project, out, "conll", SplitRule.DATE, licence="cc0-1.0", name="أخبار", selection=selection)
    card = (out / "README.md").read_text("utf-8")
    assert "# أخبار" in card
    assert "license: cc0-1.0" in card
    assert "Only documents from 2020-04-11 on, excluding documents without a date." in card
    assert "First days: dev from 2020-04-23, test from 2020-04-27." in card
    assert "| صحيفة 0 | 4 |" in card
    assert "a person is responsible for every annotation" in card
    stats = json.loads((out / "stats.json").read_text("utf-8"))
    assert stats["documents"] == {"train": 12, "dev": 4, "test": 4, "all": 20}
    assert stats["entities_by_label"]["LOC"] == {"train": 12, "dev": 4, "test": 4, "all": 20}
    assert stats["entities_by_length_in_tokens"] == {"1": 20, "2": 20}
    assert stats["documents_by_date"]["2020-04-30"] == {"train": 0, "dev": 0, "test": 1}


def test_figures_count_what_stands_in_the_files(tmp_path: Path) -> None:
    article = marked("أعلنت ⟦FORCE|قوات ⟦LOC|العراق⟧⟧ و⟦LOC|ديالى⟧ هدوءاً.")
    with make_project(tmp_path / "p.annot", [article]) as project:
        report = export(project, tmp_path / "out", "conll", plan=SplitPlan(parse_parts("100")))
    assert report.figures[Side.TRAIN].entities == {"FORCE": 1, "LOC": 1}, "the nested place cannot stand in it"
    assert "Spans not written: 1 (overlap 1)." in (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "1 with changed boundaries, 1 not written." in report.lines()[0]


def test_a_strict_export_writes_nothing_where_a_span_would_differ(tmp_path: Path) -> None:
    articles = [marked(f"في و⟦LOC|ديالى⟧ خبر {n} عن {n * 5}.") for n in range(9)]
    with make_project(tmp_path / "p.annot", articles) as project:
        with pytest.raises(ExportError, match=r"out/train\.conll was not written.*--strict") as told:
            export(project, tmp_path / "out", "conll", strict=True)
        assert ".part" not in str(told.value)
        assert told.value.message.template.startswith("{out} was not written"), "or it cannot be said in Arabic"
        assert not (tmp_path / "out").exists()
        assert export(project, tmp_path / "out", "jsonl", strict=True).reports[Side.TRAIN].exact


def test_stopping_or_failing_in_the_middle_leaves_what_was_there(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "corpus"
    export(project, out)
    before = bytes_of(out)

    def stop(done: int, total: int) -> None:
        """Press Ctrl+C when the second file is begun."""
        if done > 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(project, out, progress=stop)
    assert bytes_of(out) == before
    monkeypatch.setattr(corpus_module, "write_card", lambda facts, folder: (folder / "no" / "folder").touch())
    with pytest.raises(ExportError, match=r"Cannot write .*corpus: No such file"):
        export(project, out)
    assert bytes_of(out) == before
    assert not [path for path in tmp_path.iterdir() if path.name.endswith((".part", ".old"))]


def test_a_folder_with_anything_else_in_it_is_left_alone(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    export(project, out)
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(ExportError, match="it exists and is not an export in this format"):
        export(project, out)
    assert (out / "thesis.txt").read_text() == "mine"
    shutil.rmtree(out)
    (out / "reports").mkdir(parents=True)
    (out / "README.md").write_text("mine")
    with pytest.raises(ExportError, match="it exists and is not an export in this format"):
        export(project, out)
    assert (out / "README.md").read_text() == "mine", "a folder is an export by its manifest, not by the names in it"
    shutil.rmtree(out)
    out.write_text("a file")
    with pytest.raises(ExportError, match="it exists"):
        export(project, out)


def test_what_somebody_saves_into_the_folder_meanwhile_is_kept_and_told(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    export(project, out)

    def save(done: int, total: int) -> None:
        """Save a file, and change one that the export wrote, while the next export is written."""
        if done == total:
            (out / "thesis.txt").write_text("mine")
            (out / "README.md").write_text("edited by hand")

    report = export(project, out, progress=save)
    assert (out / "thesis.txt").read_text() == "mine"
    assert (out / "README-2.md").read_text() == "edited by hand"
    assert (out / "README.md").read_text("utf-8") != "edited by hand"
    kept = [str(out / name) for name in ("README-2.md", "thesis.txt")]
    assert f"Files saved into the folder during the export were kept: {', '.join(kept)}." in report.lines()
    assert report.to_json()["kept"] == kept
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_without_a_name_of_its_own_is_told(project: Project, tmp_path: Path) -> None:
    for folder, message in (
        (Path("/"), "is a folder. Add the name"),
        (tmp_path / os.fsdecode(b"\xff"), "not valid UTF-8"),
    ):
        with pytest.raises(ExportError, match=message):
            export(project, folder)


def test_a_selection_that_takes_nothing_is_told(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="No article of"):
        export(project, tmp_path / "out", selection=Selection(since=datetime.date(2030, 1, 1)))


def test_sides_without_a_document_are_told_and_have_no_file(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", [marked("خبر ⟦LOC|بغداد⟧")]) as project:
        report = export(project, tmp_path / "out")
    assert len([path for path in bytes_of(tmp_path / "out") if path.endswith(".jsonl")]) == 1
    assert any(line.startswith("No article is in ") for line in report.lines())
    assert report.to_json()["documents"].keys() == report.reports.keys()


@pytest.mark.skipif(not can_draw(), reason="matplotlib 3.11 is optional and not installed")
def test_plots_stand_in_the_card_and_in_the_manifest(project: Project, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        export(project, tmp_path / name / "corpus", plots=True)
    found = bytes_of(tmp_path / "one" / "corpus")
    assert found == bytes_of(tmp_path / "two" / "corpus")
    pictures = {f"plots/{stem}.{kind}" for stem in ("labels", "lengths", "dates") for kind in ("png", "svg")}
    assert {path for path in found if path.startswith("plots/")} == pictures
    assert pictures <= manifest_of(tmp_path / "one" / "corpus")["files"].keys()
    assert "![Documents by date and split](plots/dates.png)" in found["README.md"].decode()


def test_without_matplotlib_the_card_says_what_to_install(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus_module, "can_draw", lambda: False)
    report = export(project, tmp_path / "out", plots=True)
    card = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert card.count('Install it with: pip install "matplotlib<4,>=3.11"') == 1
    assert report.lines()[-2].endswith('pip install "matplotlib<4,>=3.11"')
    assert not (tmp_path / "out" / "plots").exists()
    assert "## Guidelines" in card
