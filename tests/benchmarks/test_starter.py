"""How fast the starter loads and reads: pytest tests/benchmarks/test_starter.py --benchmark-only."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.starter.starter_model import StarterModel
from annotator.suggest.starter.suggester import StarterSuggester
from annotator.text.tokenizer import tokenize

MODEL = resource("models", "starter")


def sample_texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(resource("samples").glob("*.txt"))]


def test_loading_the_model(benchmark: BenchmarkFixture) -> None:
    model = benchmark(StarterModel, MODEL)
    assert model.version


def test_reading_tokens(benchmark: BenchmarkFixture) -> None:
    model = StarterModel(MODEL)
    documents = [[[token.text for token in tokenize(line)] for line in text.splitlines()] for text in sample_texts()]
    tokens = sum(len(sentence) for document in documents for sentence in document)
    benchmark.extra_info["tokens"] = tokens
    found = benchmark(lambda: [model.read(document) for document in documents])
    assert any(any(sentences) for sentences in found)
    if benchmark.stats is not None:
        benchmark.extra_info["tokens per second"] = round(tokens / benchmark.stats.stats.mean)


def test_suggesting_for_whole_articles(benchmark: BenchmarkFixture) -> None:
    suggester = StarterSuggester(load_tagset("security"), MODEL)
    texts = sample_texts()
    tokens = sum(len(tokenize(text)) for text in texts)
    made = benchmark(lambda: [suggester.suggest(text) for text in texts])
    assert all(made)
    if benchmark.stats is not None:
        benchmark.extra_info["tokens per second"] = round(tokens / benchmark.stats.stats.mean)
