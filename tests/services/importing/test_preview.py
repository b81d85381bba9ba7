"""A look into files tells what an import would find, and reads no more than it is asked to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.formats.base.reader import ReadOptions
from annotator.services.importing.preview import named_readers, preview


def lines(path: Path, count: int) -> Path:
    """Write articles, each with one annotation."""
    made = [{"text": f"انفجار في بغداد رقم {n}", "source": "اختبار", "spans": [[10, 15, "GPE"]]} for n in range(count)]
    path.write_text("".join(json.dumps(m, ensure_ascii=False) + "\n" for m in made), encoding="utf-8")
    return path


def test_all_is_counted_and_the_first_articles_are_shown(tmp_path: Path) -> None:
    lines(tmp_path / "news.jsonl", 7)
    (tmp_path / "خبر.txt").write_text("هدوء في الموصل\n\n4 نيسان/أبريل 2021\nعاد الهدوء.", encoding="utf-8")
    (tmp_path / "صورة.png").write_bytes(b"\x89PNG")
    seen = preview([tmp_path])
    kinds = {kind.suffix: (kind.reader, len(kind.files), kind.articles, kind.annotations) for kind in seen.kinds}
    assert kinds == {".jsonl": ("jsonl", 1, 7, 7), ".txt": ("text", 1, 1, 0), ".png": ("", 1, 0, 0)}
    assert (seen.files, seen.articles, seen.annotations, seen.whole) == (3, 8, 7, True)
    assert {label: (found.count, found.example) for label, found in seen.labels.items()} == {"GPE": (7, "بغداد")}
    assert [(s.source, s.annotations) for s in seen.samples] == [("اختبار", 1)] * 5
    assert [p.place for p in seen.problems] == [str(tmp_path / "صورة.png")]


def test_a_sample_has_title_date_and_the_beginning_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "1.json"
    article = {"title": "هدوء في الموصل", "date": "2021-04-04", "text": "هدوء في الموصل\n" + "عاد الهدوء. " * 99}
    path.write_text(json.dumps(article), encoding="utf-8")
    (sample,) = preview([path]).samples
    assert (sample.title, str(sample.date)) == ("هدوء في الموصل", "2021-04-04")
    assert sample.text.startswith("عاد الهدوء") and len(sample.text) <= 241


def test_no_more_is_read_than_asked(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", 50)
    told: list[tuple[int, int]] = []
    seen = preview([tmp_path / "a.jsonl"], most=10, progress=lambda done, total: told.append((done, total)))
    assert (seen.articles, seen.whole) == (10, False)
    assert told[0][0] <= told[-1][0] <= told[-1][1] == (tmp_path / "a.jsonl").stat().st_size
    assert preview([tmp_path / "a.jsonl"], most=50).whole
    assert preview([tmp_path / "a.jsonl"], most=None).articles == 50
    lines(tmp_path / "b.jsonl", 50)
    assert not preview([tmp_path], most=50).whole


def test_a_look_can_be_stopped(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        """Stop at once."""
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        preview([lines(tmp_path / "a.jsonl", 3)], progress=stop)


def test_the_format_can_be_named_and_sentences_make_documents(tmp_path: Path) -> None:
    path = tmp_path / "gold.words"
    path.write_text("بغداد\tB-LOC\n\nدمشق\tB-LOC\n\n" * 3, encoding="utf-8")
    assert [kind.reader for kind in preview([path], readers={".words": "text"}).kinds] == ["text"]
    seen = preview([path], readers={".words": "conll"}, options=ReadOptions(2))
    assert [(kind.reader, kind.by_sentences, kind.articles) for kind in seen.kinds] == [("conll", True, 3)]
    assert named_readers(seen.kinds, {".words": "conll"}) == {path: "conll"}
    assert named_readers(seen.kinds, {}) == {}


def test_what_is_not_there_is_a_problem(tmp_path: Path) -> None:
    seen = preview([tmp_path / "missing.txt"])
    assert (seen.files, seen.articles, len(seen.problems)) == (0, 0, 1)
