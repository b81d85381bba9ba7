"""Saved web pages and feeds: the article and what is said of it, in every encoding, and never a look at the network."""

from __future__ import annotations

import quopri
import socket
import zipfile
from pathlib import Path

import pytest

from annotator.domain.model.document import Document
from annotator.formats.base.record import Problem, Record
from annotator.formats.registry import find_reader, reader_for
from annotator.services.importing.record_to_document import to_document

PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>انفجار في كركوك - المثال</title>
<meta property="og:title" content="انفجار في كركوك"><meta property="og:site_name" content="صحيفة المثال">
<meta name="author" content="سعاد الراوي"><link rel="canonical" href="https://example.org/news/1">
<meta property="article:published_time" content="2020-04-17T10:00:00+03:00"></head>
<body><nav><a href="/">الرئيسية</a> <a href="/x">أخبار</a></nav><article><h1>انفجار في كركوك</h1>
<p>قال مصدر أمني إن انفجاراً وقع في مدينة <b>كركوك</b>،
 وأدى إلى إصابة <a href="/y">ثلاثة أشخاص</a>.<!-- x --></p>
<p>وطوقت القوات&nbsp;الأمنية &amp; الشرطة   المكان.<br>وبدأت التحقيق.</p><ul><li>واحد</li></ul>
<table><tr><td>أ</td><td>ب</td></tr></table></article><footer>جميع الحقوق محفوظة</footer>
<script>var x = "بغداد";</script><img src="https://example.org/a.png"></body></html>"""
TEXT = """انفجار في كركوك
قال مصدر أمني إن انفجاراً وقع في مدينة كركوك، وأدى إلى إصابة ثلاثة أشخاص.
وطوقت القوات الأمنية & الشرطة المكان.
وبدأت التحقيق.
واحد
أ ب"""
SAID = {
    "title": "انفجار في كركوك",
    "date": "2020-04-17",
    "source": "صحيفة المثال",
    "url": "https://example.org/news/1",
    "author": "سعاد الراوي",
}
RSS = """<?xml version="1.0" encoding="windows-1256"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صحيفة المثال</title>
<item><title>خبر &amp; آخر</title><link>https://example.org/1</link><guid>g1</guid>
<pubDate>Fri, 17 Apr 2020 01:00:00 +0300</pubDate><description>وصف قصير</description>
<content:encoded><![CDATA[<p>قال مصدر في <b>كركوك</b>.</p><p>وأضاف.</p><script>x</script>]]></content:encoded></item>
<item><title>عنوان فقط</title></item><item><description>نص بلا وسوم في بغداد</description></item><item></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>المثال</title>
<entry><title type="html">خبر</title><id>urn:1</id><link href="https://example.org/2"/>
<updated>2020-04-17T23:30:00-05:00</updated><author><name>سعاد</name></author><source><title>وكالة</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>قال مصدر.</p><p>وأضاف.</p></div></content></entry>
</feed>"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every look at the network fail the test."""

    def refuse(*arguments: object) -> None:
        raise AssertionError(f"the network was asked for {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read(path: Path, content: bytes) -> list[Record | Problem]:
    path.write_bytes(content)
    return list(reader_for(path).read(path))


def told(path: Path, content: bytes) -> str:
    """Return the one sentence that is said of a file."""
    (problem,) = read(path, content)
    assert isinstance(problem, Problem)
    assert problem.message.endswith(".")
    assert "\n" not in problem.message
    return problem.message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", PAGE.encode()),
        ("a.htm", PAGE.encode("utf-8-sig")),
        ("a.html", PAGE.encode("utf-16")),
        ("a.html", PAGE.encode("utf-16-be")),
        ("a.HTML", PAGE.replace("utf-8", "windows-1256").encode("cp1256")),
        ("a.html", PAGE.replace('<meta charset="utf-8">', "").encode("cp1256")),
        ("a.html", PAGE.replace("utf-8", "iso-8859-1").encode()),
        ("a.html", PAGE.replace("utf-8", "no-such-code").encode()),
        ("a.xhtml", b'<?xml version="1.0" encoding="windows-1256"?>' + PAGE[15:].encode("cp1256")),
    ],
    ids=["utf-8", "marked", "utf-16", "utf-16 unmarked", "1256", "1256 undeclared", "falsely", "unknown", "xhtml"],
)
def test_a_page_gives_its_article_in_every_encoding(name: str, content: bytes, tmp_path: Path) -> None:
    (record,) = read(tmp_path / name, content)
    assert isinstance(record, Record)
    assert record.text == TEXT
    assert record.fields == SAID


def test_a_page_becomes_a_document_with_its_fields(tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.html", PAGE.encode())
    assert isinstance(record, Record)
    document = to_document(record)
    assert isinstance(document, Document)
    assert (document.title, str(document.date), document.source) == (SAID["title"], SAID["date"], SAID["source"])
    assert (document.url, document.author, document.metadata) == (SAID["url"], SAID["author"], {})
    assert document.regions[0].span.of(document.text) == SAID["title"]


def test_a_web_archive_gives_its_page(tmp_path: Path) -> None:
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/x\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/related;\r\n\tboundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
    head += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    page = PAGE.replace('<link rel="canonical" href="https://example.org/news/1">', "")
    (record,) = read(tmp_path / "a.mhtml", head.encode() + quopri.encodestring(page.encode()) + b"\r\n--B--\r\n")
    assert isinstance(record, Record)
    assert (record.text, record.fields) == (TEXT, {**SAID, "url": "https://example.org/x"})
    assert "without a page" in told(tmp_path / "a.mhtml", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx")


def test_a_zip_of_pages_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.html", PAGE.encode())
        archive.writestr("two.html", PAGE.replace("utf-8", "windows-1256").replace("واحد", "اثنان").encode("cp1256"))
        archive.writestr("three.rss", RSS.encode("cp1256"))
    found = list(reader_for(tmp_path / "a.zip").read(tmp_path / "a.zip"))
    assert [item.text[:10] for item in found if isinstance(item, Record)] == [
        *(TEXT[:10], TEXT[:10], "قال مصدر ف", "عنوان فقط", "نص بلا وسو")
    ]


def test_pages_that_hold_nothing_or_mean_harm_are_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    assert told(path, b"") == told(path, b" \n") == "empty file. Save the page again."
    assert "no article found" in told(path, b"<html><script>" + b"x = 1;" * 1000 + b"</script></html>")
    many = " ".join(f'a{number}="x"' for number in range(1500))
    assert "more than 1000 attributes" in told(path, f"<p {many}>بغداد</p>".encode())
    assert "more than 1000 attributes" in told(path, f"<p x='>' {many}".encode())
    assert "more than 100000 tags" in told(path, b"<p>x" * 100_001)
    assert "larger than 20 MB" in told(path, b"<p>x" * (6 << 20))
    assert "binary" in told(path, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    for tag in ("div", "b", "table><tr><td"):
        path.write_text(f"<{tag}>" * 30_000 + "بغداد " * 50, "utf-8")
        (item,) = reader_for(path).read(path)
        assert isinstance(item, Problem) or item.text.strip()


def test_a_page_with_entities_of_its_own_is_not_blown_up(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY x{n + 1} "{f"&x{n};" * 10}">' for n in range(9))
    page = PAGE.replace("<!DOCTYPE html>", f'<!DOCTYPE html [<!ENTITY x0 "ها">{bomb}]>').replace("واحد", "&x9;")
    (item,) = read(tmp_path / "a.html", page.encode())
    assert isinstance(item, Record)
    assert item.text.splitlines()[-2:] == ["&x9;", "أ ب"]


def test_a_feed_gives_a_document_for_each_entry(tmp_path: Path) -> None:
    first, second, third, fourth = read(tmp_path / "a.rss", RSS.encode("cp1256"))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(third, Record)
    assert first.text == "قال مصدر في كركوك.\nوأضاف."
    assert first.fields == {
        "title": "خبر & آخر",
        "date": "2020-04-17",
        "source": "صحيفة المثال",
        "url": "https://example.org/1",
        "id": "g1",
    }
    assert first.place.endswith("a.rss, entry 1")
    assert (second.text, third.text) == ("عنوان فقط", "نص بلا وسوم في بغداد")
    assert isinstance(fourth, Problem)
    assert "no text and no title" in fourth.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_atom_feed_keeps_its_own_day_and_each_entrys_source(encoding: str, tmp_path: Path) -> None:
    (record,) = read(tmp_path / "a.atom", ATOM.replace("utf-8", encoding).encode(encoding))
    assert isinstance(record, Record)
    assert record.text == "قال مصدر.\nوأضاف."
    assert record.fields == {
        "title": "خبر",
        "date": "2020-04-17",
        "source": "وكالة",
        "url": "https://example.org/2",
        "author": "سعاد",
        "id": "urn:1",
    }


def test_feeds_that_mean_harm_or_are_broken_are_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>' + RSS[45:]
    for encoding in ("utf-8", "utf-16"):
        assert "unsafe XML" in told(path, bomb.encode(encoding))
    assert "no entry found" in told(path, b"")
    assert "no entry found" in told(path, b"no feed")
    assert "no entry can be read" in told(path, b"<rss><channel>" + b"<item>" * 1000)
    cut_off = RSS.replace("windows-1256", "utf-8").partition("<item></item>")[0]
    *records, problem = read(path, cut_off.encode())
    assert sum(isinstance(item, Record) for item in records) == 3
    assert isinstance(problem, Problem)
    assert "may be missing" in problem.message


def test_an_entry_that_names_a_file_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("سر", "utf-8")
    feed = f'<!DOCTYPE a SYSTEM "{secret.as_uri()}"><rss><channel><item><title>{secret}</title></item></channel></rss>'
    (record,) = read(tmp_path / "a.rss", feed.encode())
    assert isinstance(record, Record)
    assert record.text == str(secret)


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><item><title>خبر</title><pubDate>%s</pubDate></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>خبر</title><updated>%s</updated></entry></feed>',
    ],
)
def test_a_day_in_a_way_that_feeds_do_not_have_stays_and_is_read_as_in_articles(feed: str, tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(feed % "السبت، 4 أيار\n 2024", "utf-8")
    (record,) = find_reader("feed").read(tmp_path / "a.rss")
    assert isinstance(record, Record)
    assert record.fields["date"] == "السبت، 4 أيار 2024"
    document = to_document(record)
    assert isinstance(document, Document)
    assert str(document.date) == "2024-05-04"
