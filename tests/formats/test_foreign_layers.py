"""What other programs put beside spans, and spans that they keep elsewhere: none of it is passed over in silence."""

from __future__ import annotations

import warnings
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from annotator.domain.model.span import Span
from annotator.formats.base.record import Entity, Problem, Record
from annotator.formats.registry import find_reader

TEXT = "👍 بغداد اليوم"
LOC = Entity(Span(2, 7), "LOC")


def read(name: str, path: Path) -> Record:
    """Return the only article of a file."""
    (record,) = find_reader(name).read(path)
    assert isinstance(record, Record), record
    return record


def test_relations_events_and_attributes_of_brat_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    lines = [
        "T1\tLOC 2 7\tبغداد",
        "R1\tIn Arg1:T1 Arg2:T1",
        "E1\tAttack:T1 Place:T1",
        "A1\tDoubtful T1",
        "A2\tNegated T1",
        "N1\tReference T1 Wikidata:Q1530\tBaghdad",
        "*\tEquiv T1 T1",
        "#1\tAnnotatorNotes T1\tملاحظة",
        "#2\tAnnotatorNotes R1\tx",
        "",
        *(f"M{number}\tNegated T1" for number in range(9)),
    ]
    (tmp_path / "a.ann").write_text("\n".join(lines), "utf-8")
    record = read("brat", tmp_path / "a.ann")
    assert record.annotations == (LOC._replace(note="ملاحظة", doubtful=True),)
    named = "R1, E1, A2, N1, *, #2, M0, M1, …"
    assert record.annotation_problems == (f"{named} is a relation, event, attribute or note, not a span",)


@pytest.mark.skipif(find_spec("spacy") is None, reason="spaCy is optional; make interop installs and tests it")
def test_spans_of_all_groups_of_a_docbin_are_read_or_told(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin
    from spacy.tokens import Span as SpacySpan

    def written(groups: dict[str, list[tuple[int, int, str]]], ents: list[tuple[int, int, str]]) -> Record:
        """Return what is read of a document with these groups of spans, in tokens."""
        doc = spacy.blank("ar")("في بغداد اليوم")
        for name, spans in groups.items():
            doc.spans[name] = [SpacySpan(doc, *span) for span in spans]
        doc.ents = [SpacySpan(doc, *span) for span in ents]
        DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
        return read("spacy", tmp_path / "a.spacy")

    place, day = Entity(Span(3, 8), "LOC"), Entity(Span(9, 14), "DATE")
    assert written({"sc": []}, [(1, 2, "LOC")]).annotations == (place,)
    assert written({"sc": [(1, 2, "LOC")]}, [(1, 2, "LOC"), (2, 3, "DATE")]).annotations == (place, day)
    assert written({"gold": [(1, 2, "LOC")], "more": [(2, 3, "DATE")]}, []).annotations == (place, day)
    record = written({"sc": [(1, 2, "LOC"), (2, 3, "")], "guessed": [(2, 3, "DATE")]}, [])
    assert record.annotations == (place,)
    assert record.annotation_problems == ("is in the span group guessed, which is not supported", "9-14 has no label")


@pytest.mark.skipif(find_spec("cassis") is None, reason="dkpro-cassis is optional; make interop installs and tests it")
def test_views_and_layers_of_a_cas_that_are_not_read_are_told(tmp_path: Path) -> None:
    import cassis

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        types = cassis.load_dkpro_core_typesystem()
    entity = types.get_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    event = types.create_type("webanno.custom.Event", supertypeName="uima.tcas.Annotation")
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string = TEXT
    cas.add_all([entity(begin=2, end=7, value="LOC"), entity(begin=8, end=13), event(begin=0, end=1)])
    cas.create_view("english").sofa_string = "Baghdad today"
    cas.to_xmi(tmp_path / "a.xmi")
    with zipfile.ZipFile(tmp_path / "bare.zip", "w") as archive:  # its types are nowhere described
        archive.write(tmp_path / "a.xmi", "x/a.xmi")
    types.to_xml(tmp_path / "TypeSystem.xml")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("a.xmi", "TypeSystem.xml"):
            archive.write(tmp_path / name, f"x/{name}")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        records = [read(*each) for each in (("xmi", tmp_path / "a.xmi"), ("zip", tmp_path / "a.zip"))]
        records.append(read("zip", tmp_path / "bare.zip"))
    for record in records:
        assert (record.text, record.annotations) == (TEXT, (LOC,))
        assert record.annotation_problems == (
            "8-13  is outside the text, or has no label",
            "may be in the view english, which is not supported",
            "is one of 1 of the type webanno.custom.Event, which is not NamedEntity",
        )


def test_what_a_webanno_file_has_without_a_label_or_beyond_its_grammar_is_told(tmp_path: Path) -> None:
    lines = [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value",
        "",
        "",
        f"#Text={TEXT}",
        "1-1\t0-2\t👍\t_\t_\t",
        "1-2\t3-8\tبغداد\tQ1530[1]|*[2]\t*[1]|LOC[2]\t",
        "1-3\t9-14\tاليوم\tQ1530[1]\t*[1]\t",
        "1-4\tx-14\tاليوم\t*\tDATE\t",
        "",
    ]
    (tmp_path / "a.tsv").write_text("\n".join(lines), "utf-8")
    record = read("csv", tmp_path / "a.tsv")
    assert (record.text, record.annotations) == (TEXT, (LOC,))
    assert record.annotation_problems == (
        "at 1-2 has no label",
        r"may be on line 9, which has no word ('1-4\tx-14\tاليوم\t*\tDATE\t')",
        "is one of 1 in the layer NamedEntity (identifier), which is not supported",
    )


def test_columns_of_webanno_are_found_behind_chains_and_other_layers_are_told(tmp_path: Path) -> None:
    lines = [
        "#FORMAT=WebAnno TSV 3.2",
        "#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma|value",
        "#T_SP=webanno.custom.Entity|comment|category|sure",
        "#T_SP=webanno.custom.Event|kind",
        "#T_RL=webanno.custom.Link|role|BT_webanno.custom.Entity",
        "",
        "",
        f"#Text={TEXT}",
        "1-1\t0-2\t👍\t_\t_\tx\t_\t_\t_\t_\t_\t_\t",
        "1-2\t3-8\tبغداد\t*->1-1\t*\ty\t*\tLOC\t*\tmove[3]|stay[4]\tin\t1-3[0_5]\t",
        "1-3\t9-14\tاليوم\t_\t_\tz\t_\t_\t_\tmove[3]\t_\t_\t",
        "",
    ]
    (tmp_path / "a.tsv").write_text("\n".join(lines), "utf-8")
    record = read("csv", tmp_path / "a.tsv")
    assert (record.text, record.annotations) == (TEXT, (LOC,))
    assert record.annotation_problems == (
        "is one of 2 in the layer Event (kind), which is not supported",
        "is one of 1 in the layer Link (role), which is not supported",
    )


@pytest.mark.parametrize("opening", ["#FORMAT=WebAnno TSV 2", "#id=1", "# webanno.custom.Entity | category"])
def test_webanno_before_its_third_version_is_one_sentence(opening: str, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"{opening}\n#text=قال\n1-1\tقال\tB-X\n", "utf-8")
    (problem,) = find_reader("csv").read(tmp_path / "a.tsv")
    assert isinstance(problem, Problem)
    assert problem.message == "an older version of WebAnno TSV. Export it as WebAnno TSV 3."


def test_a_span_on_words_that_are_not_where_the_file_says_is_told(tmp_path: Path) -> None:
    lines = [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value",
        "",
        "",
        "#Text=في",
        "#Text=بغداد اليوم",
        "1-1\t0-2\tفي\t*\tX\t",
        "1-2\t4-9\tبغداد\t*\tLOC\t",
        "1-3\t10-15\tاليوم\t*\tDATE\t",
        "",
    ]
    (tmp_path / "a.tsv").write_text("\n".join(lines), "utf-8")
    record = read("csv", tmp_path / "a.tsv")
    assert (record.text, record.annotations) == ("في\nبغداد اليوم", (Entity(Span(0, 2), "X"),))
    assert record.annotation_problems == (
        "4-9 LOC: the words do not match the text",
        "10-15 DATE: the words do not match the text",
    )
