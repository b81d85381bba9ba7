"""datasets loads the folder with its features, and transformers trains a step on our CoNLL."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.corpus.split import SplitPlan, SplitRule, parse_parts
from annotator.formats.base.writer import WriteOptions
from annotator.formats.registry import find_writer
from annotator.services.corpus.export_corpus import export_corpus
from annotator.services.exporting.request import CorpusOptions, ExportRequest
from tests.formats.marks import marked
from tests.interop.conftest import DOCUMENTS, part, program
from tests.services.corpus.corpora import make_project


def test_datasets_loads_the_folder_with_its_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = program("datasets")
    folder = tmp_path / "corpus"
    list(find_writer("huggingface").write(DOCUMENTS, folder, WriteOptions(include_debris=True)))
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"), split="train")
    assert len(loaded) == len(DOCUMENTS)
    names = loaded.features["ner_tags"].feature.names
    assert names[:3] == ["O", "B-ARMED", "I-ARMED"]
    for row, source in zip(loaded, DOCUMENTS, strict=True):
        assert row["text"] == source.document.text
        spans = [(row["text"][s["start"] : s["end"]], s["label"]) for s in row["spans"]]
        assert spans == [(a.span.of(source.document.text), a.label) for a in source.annotations]
        assert len(row["tokens"]) == len(row["ner_tags"])


@pytest.mark.parametrize("name", ["huggingface", "jsonl", "json", "csv", "doccano", "label-studio", "prodigy"])
def test_datasets_loads_a_split_corpus_by_its_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = program("datasets")
    articles = [marked(f"قال ⟦PERS|محمد⟧ في ⟦LOC|بغداد⟧ خبر رقم {n} عن {n * 7}.") for n in range(20)]
    plan = CorpusOptions(plan=SplitPlan(parse_parts("60/20/20"), SplitRule.LABEL), plots=False)
    with make_project(tmp_path / "p.annot", articles) as project:
        export_corpus(project, tmp_path / "corpus", ExportRequest(name, corpus=plan))
    loaded = datasets.load_dataset(str(tmp_path / "corpus"), cache_dir=str(tmp_path / "cache"))
    assert list(loaded) == ["train", "validation", "test"]
    if name != "csv":
        assert {split: len(rows) for split, rows in loaded.items()} == {"train": 12, "validation": 4, "test": 4}
    assert len({str(rows.features) for rows in loaded.values()}) == 1


def test_transformers_trains_a_step_on_our_conll(tmp_path: Path) -> None:
    transformers = program("transformers")
    torch = program("torch")
    path = tmp_path / "train.conll"
    list(find_writer("conll").write(DOCUMENTS, path, WriteOptions(docstart=True)))
    sentences = [
        [line.split("\t") for line in block.splitlines()]
        for block in path.read_text("utf-8").split("\n\n")
        if block and not block.startswith("-DOCSTART-")
    ]
    words = sorted({word for sentence in sentences for word, _ in sentence})
    tags = sorted({tag for sentence in sentences for _, tag in sentence})
    numbers = {word: number for number, word in enumerate(words, 1)}
    torch.manual_seed(1)
    model = transformers.BertForTokenClassification(
        transformers.BertConfig(
            vocab_size=len(words) + 1,
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            num_labels=len(tags),
        )
    )
    longest = max(map(len, sentences))
    inputs = torch.zeros(len(sentences), longest, dtype=torch.long)
    labels = torch.full((len(sentences), longest), -100)
    for row, sentence in enumerate(sentences):
        for column, (word, tag) in enumerate(sentence):
            inputs[row, column], labels[row, column] = numbers[word], tags.index(tag)
    optimiser = part("torch.optim").AdamW(model.parameters(), lr=0.01)
    losses = []
    for _ in range(2):
        loss = model(input_ids=inputs, attention_mask=(inputs > 0).long(), labels=labels).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[1] < losses[0]
