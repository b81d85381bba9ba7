"""A corpus in which names are replaced: nothing tells them, on no side, and the key is whole and its owner's."""

from __future__ import annotations

import json
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.corpus.split import SplitPlan, SplitRule
from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Example, Tagset
from annotator.errors import ExportError
from annotator.services.corpus import export_corpus as corpus_module
from annotator.services.corpus.export_corpus import pseudonymised_tagset
from annotator.services.exporting.pseudonyms import Pseudonymiser
from annotator.services.exporting.request import PseudonymOptions
from annotator.services.exporting.selection import Selection
from tests.formats.marks import marked
from tests.services.corpus.corpora import add_annotation, make_project
from tests.services.corpus.test_export_corpus import PARTS, bytes_of, export, manifest_of


def test_where_names_are_replaced_nothing_tells_them_or_the_articles(tmp_path: Path) -> None:
    names = ["طارق الدليمي", "هيثم العاني", "منى القيسي", "وليد الخفاجي", "زيد الشمري"]
    articles = [
        marked(f"قال ⟦PERS|{names[n % 5]}⟧ في ⟦LOC|بغداد⟧ خبر رقم {n} عن {n * 7}.", source=f"صحيفة {n % 3}")
        for n in range(30)
    ]
    replaced = PseudonymOptions(("PERS",), tmp_path / "key.json")
    out = tmp_path / "corpus"
    with make_project(tmp_path / "p.annot", articles) as project:
        report = export(project, out, "jsonl", SplitRule.LABEL, pseudonyms=replaced)
        text = b"".join(bytes_of(out).values()).decode()
        # Whole words: a stand-in may be يزيد, and زيد lies in it.
        own = {word for name in names for word in name.split()} | set(project.documents.ids())
        assert not own & set(re.findall(r"\w+", text))
        assert not [name for name in names if name in text]
        told = manifest_of(out)
        assert told["names_replaced"]
        records = [json.loads(line) for line in (out / "test.jsonl").read_text("utf-8").splitlines()]
        assert told["documents"]["test"] == [record["id"] for record in records]
        stand_ins = {
            span["text"]
            for side in report.reports
            for line in (out / f"{side}.jsonl").read_text("utf-8").splitlines()
            for span in json.loads(line)["spans"]
            if span["label"] == "PERS"
        }
        assert len(stand_ins) == len(names), "a name has one stand-in on all sides"
        assert "Names labelled `PERS` were replaced by pseudonyms" in (out / "README.md").read_text("utf-8")
        with pytest.raises(ExportError, match="pseudonyms and does not list the original articles"):
            export(project, tmp_path / "two", "jsonl", SplitRule.LABEL, manifest=out / "manifest.json")
        with pytest.raises(ExportError, match="is a dataset with pseudonyms, and this export has none"):
            export(project, out, "jsonl", SplitRule.LABEL)
        again = SplitPlan(PARTS, SplitRule.LABEL, 3)
        with pytest.raises(ExportError, match=r"would change splits .* --manifest \S+key\.manifest\.json"):
            export(project, out, "jsonl", plan=again, pseudonyms=replaced)
        export(project, out, "jsonl", plan=again, pseudonyms=replaced, manifest=tmp_path / "key.manifest.json")
        assert manifest_of(out)["documents"] == told["documents"]
        with pytest.raises(ExportError, match="would reveal the replaced names"):
            export(project, out, "jsonl", pseudonyms=PseudonymOptions(("PERS",), out / "key.json"))


LEFT = [marked(f"قالت ⟦PERS|نور الدليمي⟧ في خبر رقم {n} عن {n * 7} إن في المدينة نور {n}.") for n in range(12)]
"""Articles with a name one word of which is an ordinary word too, and is left where it stands alone."""


def test_the_key_of_a_corpus_tells_of_all_its_sides_and_is_its_owner_s(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", LEFT) as project:
        report = export(project, tmp_path / "corpus", pseudonyms=PseudonymOptions(("PERS",), tmp_path / "key.json"))
    assert len(report.reports) == 3
    found = [each.pseudonyms for each in report.reports.values() if each.pseudonyms]
    assert sum(each.labelled for each in found) == 12
    assert [each.labelled for each in found] == [each.documents for each in report.reports.values()]
    assert {each.names for each in found} == {2}
    assert json.loads((tmp_path / "key.json").read_text("utf-8"))["left"] == {"نور": 12}
    for name in ("key.json", "key.manifest.json"):
        mode = stat.S_IMODE((tmp_path / name).stat().st_mode)
        assert mode == 0o600, f"{name} says which text became which"


def test_documents_keep_their_sides_also_where_new_names_give_them_new_ids(tmp_path: Path) -> None:
    out, replaced = tmp_path / "corpus", PseudonymOptions(("PERS",), tmp_path / "key.json")
    articles = [marked(f"قال ⟦PERS|طارق⟧ جورجيوس في خبر رقم {n} عن {n * 7}.") for n in range(12)]
    with make_project(tmp_path / "p.annot", articles) as project:
        export(project, out, pseudonyms=replaced)
        before = bytes_of(out)
        place = Span(9, 17)
        add_annotation(project, articles[0].document.id, Annotation("new", place, "PERS", "a1"))
        with pytest.raises(ExportError, match=r"would change splits .* --manifest \S+key\.manifest\.json"):
            export(project, out, plan=SplitPlan(PARTS, SplitRule.HASH, 5), pseudonyms=replaced)
        assert bytes_of(out) == before
        export(project, out, pseudonyms=replaced)
    assert not set(manifest_of(out)["documents"]["train"]) & set(
        json.loads(before["manifest.json"])["documents"]["train"]
    )


def test_a_corpus_that_fails_leaves_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_module, "write_card", lambda facts, folder: (folder / "no" / "folder").touch())
    with make_project(tmp_path / "p.annot", LEFT) as project, pytest.raises(ExportError, match="Cannot write"):
        export(project, tmp_path / "corpus", pseudonyms=PseudonymOptions(("PERS",), tmp_path / "key.json"))
    assert [path.name for path in tmp_path.iterdir()] == ["p.annot"]


def test_names_are_replaced_in_the_guidelines_too(tmp_path: Path) -> None:
    with make_project(tmp_path / "p.annot", LEFT) as project:
        label = project.tagset.labels[0]
        example = Example("قال هيثم الدليمي ذلك", "هيثم الدليمي", {"ar": "الدليمي اسم"})
        told = {"ar": "كما في: نور الدليمي", "en": "As in: نور الدليمي"}
        labels = (replace(label, guideline=told, examples=(example,)), *project.tagset.labels[1:])
        change = Tagset(project.tagset.name, labels, description={"ar": "عن نور الدليمي"})
        renamed = Pseudonymiser(project, PseudonymOptions(("PERS",)), Selection(), lambda _seen: None)
        found = pseudonymised_tagset(change, renamed.rename_text)
    assert "الدليمي" not in str(found)
    stand_in = found.labels[0].guideline["ar"].removeprefix("كما في: ")
    assert found.labels[0].guideline["en"] == f"As in: {stand_in}"
    assert found.description["ar"] == f"عن {stand_in}"
    assert found.labels[0].examples[0].span == f"هيثم {stand_in.split()[1]}"
    assert found.labels[0].examples[0].text == f"قال {found.labels[0].examples[0].span} ذلك"
