"""The table of reliability: measured on a corpus of the right form, and well formed."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.domain.model.suggestion import Suggestion
from annotator.domain.review.calibration import KNOTS
from annotator.services.evaluation.measure_reliability import gold_documents, main, row


def corpus(path: Path) -> Path:
    """Write 120 sentences in the corpus's form: one right place in each, and a name that returns in every other one."""
    sentences = []
    for n in range(120):
        person = "زيدان B-Politician\nالفرضي I-Politician\n" if n % 2 else ""
        sentences.append(f"قال O\n{person}في O\nبغداد B-Population-Center\nو O\nكركوك B-Population-Center\n. O\n")
    path.write_text("\n".join(sentences), encoding="utf-8")
    return path


def test_what_is_measured_is_written_as_rising_curves(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    main(corpus(tmp_path / "corpus.conll"), out)
    table = json.loads(out.read_text(encoding="utf-8"))
    assert "NewsFANE" in table["about"]
    places, names = table["suggesters"]["lexicon"]["LOC"], table["suggesters"]["memory"]["*"]
    assert (places["suggestions"], places["right"]) == (240, 1.0)
    assert names["right"] > 0.9
    for each in (places, names):
        assert each["curve"] == sorted(each["curve"])
        assert len(each["curve"]) == len(KNOTS)


def test_a_clitic_more_or_less_does_not_make_a_name_wrong() -> None:
    words = [("في", "O"), ("و", "O"), ("بغداد", "B-Population-Center"), ("القديمة", "O")]
    (gold,) = gold_documents([words])
    assert "وبغداد" in gold.document.text
    (name,) = gold.names

    def is_right(cut: int, more: int, label: str) -> bool:
        span = type(name)(name.start + cut, name.end + more)
        return gold.is_right(Suggestion(span, label, 0.5, "a"))

    assert is_right(0, 0, "LOC") and is_right(1, 0, "GPE")
    assert not is_right(0, 1, "LOC") and not is_right(1, 0, "PERS")


def test_few_cases_stay_near_what_the_suggester_says() -> None:
    assert row([(0.9, 0.0, 1.0)])["curve"][-1] == 1.0  # type: ignore[index]
