"""Agreement as JSON, CSV and a web page: what it holds, and that no name or title becomes HTML or a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from annotator.domain.model.annotation import Annotation
from annotator.domain.model.span import Span
from annotator.errors import ExportError
from annotator.services.team.agreement import AgreementReport, measure_agreement
from annotator.services.team.agreement_report import By, gold_table, summary, table, to_csv, to_html, to_json
from annotator.services.team.html_page import heat_table, interval_plot, interval_text
from annotator.services.team.report_file import write_report
from annotator.storage.project import Project
from tests.formats.marks import marked
from tests.services.corpus.corpora import add_annotation, finish, make_project

NAMES = {"a1": "سعاد <script>alert(1)</script>", "a2": "=1+1"}
ARTICLES = [marked(f"قال ⟦PERS|محمد⟧ في ⟦LOC|بغداد⟧ اليوم {n}.", title=f"<b>خبر {n}</b>") for n in range(6)]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Give a project in which two annotators finished six articles."""
    with make_project(tmp_path / "news.annot", ARTICLES) as made:
        for number, article in enumerate(ARTICLES):
            document = article.document.id
            add_annotation(made, document, Annotation(f"x{number}", Span(4, 8), "PERS", "a2"))
            label = "ORG" if number % 2 else "LOC"
            add_annotation(made, document, Annotation(f"y{number}", Span(12, 17), label, "a2"))
            finish(made, document, "a1")
            finish(made, document, "a2")
        yield made


@pytest.fixture
def report(project: Project) -> AgreementReport:
    return measure_agreement(project)


def test_json_has_the_figures_by_what_is_asked_for(report: AgreementReport) -> None:
    made = to_json(report, NAMES, By.PAIR)
    (pair,) = made["by_pair"]
    assert pair["ids"] == ["a1", "a2"]
    assert pair["f1"]["value"] == 0.75
    assert 0.5 <= pair["f1"]["low"] <= 0.75 <= pair["f1"]["high"] <= 1
    assert pair["differences"] == {"label": 3, "boundary": 0, "clitic": 0, "both": 0, "one-side": 0}
    assert pair["confusion"] == [["LOC", "LOC", 3], ["LOC", "ORG", 3], ["PERS", "PERS", 6]]
    assert [each["label"] for each in to_json(report, NAMES, By.LABEL)["by_label"]] == ["LOC", "ORG", "PERS"]
    assert [each["f1"] for each in to_json(report, NAMES, By.DOCUMENT)["by_document"]] == [1.0, 0.5] * 3


@pytest.mark.parametrize(("by", "rows"), [(By.PAIR, 1), (By.LABEL, 3), (By.DOCUMENT, 6)])
def test_csv_has_a_heading_and_equally_long_rows_without_formulas(report: AgreementReport, by: By, rows: int) -> None:
    read = list(csv.reader(io.StringIO(to_csv(report, NAMES, by))))
    assert len(read) == 1 + rows
    assert len({len(row) for row in read}) == 1
    if by is By.PAIR:
        assert read[1][:4] == [NAMES["a1"], "'=1+1", "6", "42"]
        assert float(read[1][read[0].index("f1")]) == 0.75


def test_the_page_holds_every_figure_and_no_text_as_html(report: AgreementReport) -> None:
    text = to_html(report, NAMES, "Agreement: <news>")
    page = html.fromstring(text)
    assert not page.xpath("//script | //b | //img | //link | //*[@src] | //*[@href]")
    assert page.findtext(".//h1") == "Agreement: <news>"
    cells = [cell.text for cell in page.iter("td")]
    assert f"\u200e\u2068{NAMES['a1']}\u2069 – \u2068{NAMES['a2']}\u2069" in cells
    assert "<b>خبر 0</b>" in cells
    assert all(cell.get("dir") == "auto" for cell in page.iter("td") if cell.text and "خبر" in cell.text)
    assert len(page.xpath("//*[local-name()='circle']")) == 1 + 3
    assert summary(report)[0] in text


def test_tables_for_reading_name_what_they_show(report: AgreementReport) -> None:
    for by in By:
        head, rows = table(report, NAMES, by)
        assert all(len(row) == len(head) for row in rows)
    assert table(report, NAMES, By.PAIR)[1][0][2] == "6"
    gold = replace(report, gold={"a1": report.overall})
    report.overall.measures["kappa"] = report.pairs["a1", "a2"].measures["kappa"]
    head, ((who, *cells),) = gold_table(gold, NAMES)
    assert (who, len(head)) == (NAMES["a1"], 1 + len(cells))
    assert "Each annotator against gold" in to_html(gold, NAMES, "")
    assert "gold" in to_csv(gold, NAMES, By.PAIR)


def test_an_undefined_measure_has_no_mark() -> None:
    assert interval_text((None, None, None)) == "-"
    assert interval_text((0.5, None, None)) == "0.500"
    plot = html.fromstring(interval_plot([("a", (None, None, None)), ("b", (0.5, 0.25, 0.75))]))
    assert len(plot.xpath("//*[local-name()='circle']")) == 1
    assert "0%" in heat_table(["a"], [("b", [0])])


def test_a_report_never_overwrites_a_project(project: Project, tmp_path: Path) -> None:
    write_report(tmp_path / "out.html", "خبر\r\n", project.path)
    assert (tmp_path / "out.html").read_bytes().decode() == "خبر\r\n"
    with pytest.raises(ExportError, match="is a project or another database"):
        write_report(project.path, "", project.path)
    with pytest.raises(ExportError, match="Cannot write"):
        write_report(tmp_path / "missing" / "out.html", "", project.path)
