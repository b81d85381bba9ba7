"""Pages, feeds and XML with bytes that cannot be read: no article comes in with a character that was not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.base.record import Problem, Record
from annotator.formats.read import read_records
from annotator.text.page.dates import parse_date

TEXT = "أعلنت القوات العراقية في بغداد عن هدوء الوضع في المدينة، وقال المتحدث إن الحياة عادت إلى طبيعتها."
HEAD = '<html><head><meta charset="utf-8"><title>خبر</title></head>'
PAGE = f"{HEAD}<body><article><p>{TEXT}</p></article><script>x = 'دمشق'</script></body></html>"
ITEM = "<item><title>خبر</title><description>{}</description></item>"
RSS = f'<?xml version="1.0"?><rss version="2.0"><channel>{ITEM.format(TEXT)}{ITEM.format("في حلب")}</channel></rss>'
GATE = f'<GateDocument><TextWithNodes><Node id="0"/>{TEXT}<Node id="1"/></TextWithNodes></GateDocument>'
SAYS = "damaged character in the article («القوات العراقية في \ufffdغداد عن هدوء الوضع»). Save it again."


def damaged(content: str, word: str) -> bytes:
    """Return the bytes of a content in which the first letter of the first such word has lost its second byte."""
    data = content.encode()
    at = data.index(word.encode())
    return data[: at + 1] + data[at + 2 :]


@pytest.mark.parametrize(("name", "content"), [("a.html", PAGE), ("a.rss", RSS), ("a.xml", GATE)])
def test_a_damaged_article_is_told_with_its_place(name: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(damaged(content, "بغداد"))
    problem, *others = read_records(path)
    assert isinstance(problem, Problem)
    assert problem.message.startswith(SAYS)
    assert [item.text for item in others if isinstance(item, Record)] == ["في حلب"] * (name == "a.rss")


def test_damage_beside_the_article_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(damaged(PAGE, "دمشق"))
    (record,) = read_records(path)
    assert isinstance(record, Record)
    assert record.text == TEXT


def test_a_replacement_character_that_the_page_itself_has_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("بغداد", "بغد\ufffdد"), "utf-8")
    (record,) = read_records(path)
    assert isinstance(record, Record)
    assert record.text == TEXT.replace("بغداد", "بغد\ufffdد")


def test_a_year_that_no_calendar_has_stays_as_it_is_written_and_is_no_day(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    day = "Fri, 17 Apr 99999999999 08:00:00 GMT"
    path.write_text(RSS.replace("<title>", f"<pubDate>{day}</pubDate><title>", 1), "utf-8")
    first, second = read_records(path)
    assert isinstance(first, Record) and isinstance(second, Record)
    assert first.fields["date"] == day and parse_date(day) is None
    assert "date" not in second.fields


def test_markup_that_feedparser_falls_over_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(
        RSS.replace("<description>", "<link x</description></item></ch>http://a.b</link><description>", 1), "utf-8"
    )
    (problem,) = read_records(path)
    assert isinstance(problem, Problem)
    assert problem.message.startswith("not a valid feed (KeyError). Save it again.")
