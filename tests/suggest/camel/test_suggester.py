"""CAMeL NER through its worker process: labels as recorded from CAMeL Tools, whatever happens to the process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
from camel_tools.tokenizers.word import simple_word_tokenize

from annotator.domain.model.document import Document, Region, RegionKind, document_id
from annotator.domain.model.span import Span
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import SuggesterError
from annotator.suggest.camel.suggester import AHEAD, CamelSuggester, create
from annotator.suggest.camel.worker import Job, Labels, Load, Ready, serve
from annotator.suggest.child_process import ChildProcess
from annotator.suggest.model_folders import NER, Precision, choose_precision, graph_path, weights_path
from annotator.suggest.registry import SuggesterContext
from tests.suggest.model_maker import write_small_model

CAMEL = Tagset("camel", tuple(Label(c, {}, {}, camel=(c,)) for c in ("PERS", "LOC", "ORG", "MISC")))

GOLDEN: list[tuple[list[str], list[str]]] = json.loads(
    Path(__file__).with_name("golden_labels.json").read_text(encoding="utf-8")
)
"""Sentences of words, and the labels that NERecognizer gives them with the small model (golden_labels.py)."""

NEWS = (
    "قال وزير الداخلية العراقي محمد سالم في بغداد إن القوات الأمنية سيطرت على محافظة ديالى.",
    "أعلنت قيادة العمليات المشتركة، اليوم الجمعة، مقتل 12 مسلحا من تنظيم داعش قرب الموصل وكركوك.",
    'وذكرت صحيفة "الحياة" أن طائرات إف-16 قصفت مواقع في ريف حلب (شمال سوريا) يوم 17/4/2020.',
    "BBC قالت: لا تعليق!",
)


Unlucky = Callable[[str], CamelSuggester]


def document(text: str) -> Document:
    return Document(document_id(text), text)


def numbered(count: int) -> list[Document]:
    return [document(f"{NEWS[i % len(NEWS)]} الخبر رقم {i}") for i in range(count)]


class Labeller:
    """The worker process spoken to directly: words in, tags out."""

    def __init__(self, folder: Path, precision: Precision = Precision.FP32) -> None:
        self.worker = ChildProcess(serve)
        self.worker.send(Load(folder, precision, 1, "cpu"))
        self.job = 0
        assert self.worker.receive() == Ready()

    def tags(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        self.job += 1
        self.worker.send(Job(self.job, list(map(list, sentences))))
        answer = self.worker.receive()
        assert isinstance(answer, Labels)
        assert answer.number == self.job
        assert [len(words) for words in sentences] == [len(each.tags) for each in answer.sentences]
        assert all(0 < score <= 1 for each in answer.sentences for score in each.scores)
        return [each.tags for each in answer.sentences]


@pytest.fixture(scope="module")
def labeller(small_models: Path) -> Iterator[Labeller]:
    labeller = Labeller(small_models / NER)
    yield labeller
    labeller.worker.close()


@pytest.fixture(scope="module")
def camel(small_models: Path) -> Iterator[CamelSuggester]:
    def report(message: str) -> None:
        raise AssertionError(message)

    suggester = create(SuggesterContext(CAMEL, models=small_models, report=report))
    yield suggester
    suggester.close()


@pytest.fixture
def reported() -> list[str]:
    return []


@pytest.fixture
def unlucky(small_models: Path, reported: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Unlucky:
    """Give what makes a suggester whose worker begins by running some code."""

    def make(code: str) -> CamelSuggester:
        (tmp_path / "sitecustomize.py").write_text(code, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return create(SuggesterContext(CAMEL, models=small_models, report=reported.append))

    return make


def test_labels_are_those_of_nerecognizer(labeller: Labeller) -> None:
    assert labeller.tags([words for words, _ in GOLDEN]) == [tags for _, tags in GOLDEN]
    assert len({tag for _, tags in GOLDEN for tag in tags}) == 9  # every label occurs, so agreement says something
    assert max(len(words) for words, _ in GOLDEN) > 300  # several segments


def test_the_order_of_sentences_and_the_batch_change_nothing_in_8_bits(small_models: Path) -> None:
    labeller = Labeller(small_models / NER, Precision.INT8)
    try:
        sentences = [words for words, _ in GOLDEN]
        together = labeller.tags(sentences)
        assert labeller.tags(sentences[::-1]) == together[::-1]
        assert [labeller.tags([words])[0] for words in sentences] == together
    finally:
        labeller.worker.close()
    alike = [
        a == b for found, (_, tags) in zip(together, GOLDEN, strict=True) for a, b in zip(found, tags, strict=True)
    ]
    assert sum(alike) / len(alike) > 0.98


def test_words_without_pieces_keep_their_place(labeller: Labeller) -> None:
    words = simple_word_tokenize(NEWS[0])
    bare = labeller.tags([words])[0]
    mixed = ["\u064b", *words[:3], "\u200f", "\ufeff", *words[3:], "ـ", ""]
    tags = labeller.tags([mixed])[0]
    assert [tags[i] for i in (0, 4, 5, -2, -1)] == ["O"] * 5
    assert tags[1:4] + tags[6:-2] == bare


def test_a_copy_is_cleaned_for_the_model_alone(labeller: Labeller) -> None:
    plain, adorned = ["في", "بغداد", '"', "قال"], ["فـي", "بَغْدـــادُ", "«", "قا\u200fل"]
    assert labeller.tags([plain]) == labeller.tags([adorned])


def test_a_word_of_more_than_a_segment_gets_a_label(labeller: Labeller) -> None:
    (tags,) = labeller.tags([["قال", "a.b" * 200, "في"]])
    assert len(tags) == 3


def test_nothing_to_label(labeller: Labeller) -> None:
    assert labeller.tags([]) == []
    assert labeller.tags([[], ["\u200f"]]) == [[], ["O"]]


def test_documents_stream_through_in_order(camel: CamelSuggester) -> None:
    asked = 0

    def reading() -> Iterator[Document]:
        nonlocal asked
        for each in numbered(12):
            asked += 1
            yield each

    seen = []
    for document_id_, suggestions in camel.suggest_many(reading()):
        seen.append(document_id_)
        assert asked <= len(seen) + AHEAD - 1
        assert suggestions
        for one in suggestions:
            assert one.suggester == "camel"
            assert one.version == camel.version
            assert 0 < one.score <= 1
            assert one.label in ("PERS", "LOC", "ORG", "MISC")
    assert seen == [each.id for each in numbered(12)]


def test_debris_is_not_even_asked_about(camel: CamelSuggester) -> None:
    text = f"{NEWS[0]}\n{NEWS[1]}"
    place = Span(len(NEWS[0]) + 1, len(text))
    clean, dirty = document(NEWS[0]), Document("x", text, regions=(Region(place, RegionKind.DEBRIS),))
    (_, alone), (_, beside) = camel.suggest_many([clean, dirty])
    assert alone == beside


def test_cancel_from_another_thread_ends_the_stream_and_keeps_the_worker_warm(camel: CamelSuggester) -> None:
    def endless() -> Iterator[Document]:
        n = 0
        while True:
            n += 1
            yield document(f"{NEWS[0]} {n}")

    stream = camel.suggest_many(endless())
    next(stream)
    pid = camel.worker_pid
    canceller = threading.Thread(target=camel.cancel)
    canceller.start()
    for _ in stream:
        assert canceller is not threading.current_thread()
    canceller.join()
    assert camel.worker_pid == pid
    (only,) = camel.suggest_many(numbered(1))
    assert only[0] == numbered(1)[0].id


def test_closing_the_stream_cancels_what_was_sent_ahead(camel: CamelSuggester) -> None:
    stream = camel.suggest_many(numbered(10))
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert [i for i, _ in camel.suggest_many(numbered(2))] == [each.id for each in numbered(2)]


def test_a_killed_worker_is_replaced_and_nothing_is_lost(camel: CamelSuggester) -> None:
    documents = numbered(8)
    undisturbed = list(camel.suggest_many(documents))
    answers = []
    for n, answer in enumerate(camel.suggest_many(documents)):
        answers.append(answer)
        if n == 2:
            assert camel.worker_pid is not None
            os.kill(camel.worker_pid, signal.SIGKILL)
    assert answers == undisturbed


KILLED_BY_A_WORD = """
import os, signal
import annotator.suggest.camel.wordpieces as pieces
clean = pieces.clean_word
def deadly(word):
    if word == "سم":
        os.kill(os.getpid(), signal.SIGKILL)
    return clean(word)
pieces.clean_word = deadly
"""


def test_a_document_that_kills_the_worker_twice_is_left_out(unlucky: Unlucky, reported: list[str]) -> None:
    camel = unlucky(KILLED_BY_A_WORD)
    first, second, third = numbered(3)
    deadly = Document("d", "سم في بغداد", title="الخبر القاتل")
    answers = [i for i, _ in camel.suggest_many([first, second, deadly, third])]
    camel.close()
    assert answers == [first.id, second.id, third.id]
    assert reported == [
        "The article 'الخبر القاتل' was skipped by camel: the CAMeL process was killed, probably because "
        "memory ran out each time it was tried. The other articles are not affected."
    ]


def test_a_worker_that_dies_while_loading_is_given_up(unlucky: Unlucky) -> None:
    camel = unlucky("import sys\nif sys.argv[0] == '-m': raise SystemExit('no such luck')")
    for _ in range(2):  # as with each batch
        with pytest.raises(SuggesterError, match=r"ended with code 1 \(.*no such luck\) while loading the model in"):
            list(camel.suggest_many(numbered(2)))


@pytest.mark.parametrize("precision", list(Precision))
def test_a_damaged_graph_is_reported_in_one_sentence(tmp_path: Path, precision: Precision) -> None:
    folder = write_small_model(tmp_path) / NER
    choose_precision(folder, precision)
    graph = graph_path(folder, precision)
    graph.write_bytes(bytes(graph.stat().st_size))
    suggester = create(SuggesterContext(CAMEL, models=tmp_path))
    with pytest.raises(SuggesterError, match="cannot be loaded") as error:
        list(suggester.suggest_many(numbered(1)))
    assert "\n" not in str(error.value)
    weights = weights_path(graph)
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(SuggesterError, match="incomplete or damaged"):
        create(SuggesterContext(CAMEL, models=tmp_path))


def test_the_version_names_camel_tools_and_changes_with_the_precision(tmp_path: Path) -> None:
    folder = write_small_model(tmp_path) / NER
    exact = create(SuggesterContext(CAMEL, models=tmp_path))
    choose_precision(folder, Precision.INT8)
    fast = create(SuggesterContext(CAMEL, models=tmp_path))
    assert exact.name == fast.name == "camel"
    assert exact.version.partition("+")[0] == fast.version.partition("+")[0] == version("camel-tools")
    assert exact.version != fast.version


OFFLINE_AND_CLEAN = """
import sys
from pathlib import Path
from annotator.domain.model.document import Document
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.registry import SuggesterContext, create
suggester = create("camel", SuggesterContext(load_tagset("security"), models=Path(sys.argv[1])))
answers = list(suggester.suggest_many([Document("a", sys.argv[2])]))
suggester.close()
assert answers[0][1], answers
loaded = {"onnx", "onnxruntime", "tokenizers", "camel_tools.ner", "camel_tools.data"} & set(sys.modules)
assert not loaded, loaded
"""

NO_NETWORK = """
import os, sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        with open(os.environ["CALLS"], "a") as calls:
            print(event, arguments[-1], file=calls)
        raise OSError("there is no network")
sys.addaudithook(refuse)
"""


def test_no_network_is_asked_for_and_this_process_stays_light(tmp_path: Path, small_models: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    calls = tmp_path / "calls"
    environ = {**os.environ, "PYTHONPATH": str(tmp_path), "CALLS": str(calls), "HOME": str(tmp_path)}
    for watched in ("-c", "import socket; socket.create_connection(('127.0.0.1', 9))"), ("-c", OFFLINE_AND_CLEAN):
        calls.unlink(missing_ok=True)
        command = [sys.executable, *watched, str(small_models), NEWS[0]]
        done = subprocess.run(command, env=environ, capture_output=True, text=True)
        # The first shows that the watch sees a call, the second that ours makes none.
        assert calls.exists() == (watched[1] != OFFLINE_AND_CLEAN), done.stderr
    assert done.returncode == 0, done.stderr
