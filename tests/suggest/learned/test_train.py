"""Learning from a project's decisions."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.model.document import Document, document_id
from annotator.domain.model.span import Span
from annotator.domain.model.suggestion import COMBINED, Suggestion
from annotator.domain.tagset.tagset import Label, Tagset
from annotator.errors import ResourceError, SuggesterError
from annotator.suggest.learned import suggester as learned
from annotator.suggest.learned.crf import Example, TrainingDocument, sentence_examples
from annotator.suggest.learned.reader import FEATURES, Answers, StackedReader
from annotator.suggest.learned.suggester import DESCRIPTION, LearnedSuggester
from annotator.suggest.learned.train import train_in_process, train_model
from annotator.suggest.model_folders import LEARNED, LEARNED_CRF

TAGSET = Tagset("own", tuple(Label(name, {}, {}) for name in ("SHIP", "PERS")))
SHIPS = ("نجمة البحر", "لؤلؤة الخليج", "أمير الأمواج", "الفجر الجديد", "سندباد", "المرجان")


@pytest.fixture(scope="module")
def reader() -> StackedReader:
    return StackedReader(TAGSET)


def document(number: int, *, done: bool = True, **places: tuple[Span, ...]) -> TrainingDocument:
    """Return an article about a ship, a class that no model knew."""
    chance = random.Random(number)
    ship = chance.choice(SHIPS)
    text = f"غادرت السفينة {ship} الميناء رقم {number} أمس.\nوقال محمد علي إن الرحلة عادية.\n"
    start = text.index(ship)
    person = text.index("محمد علي")
    names = ((Span(start, start + len(ship)), "SHIP"), (Span(person, person + len("محمد علي")), "PERS"))
    return TrainingDocument(text, names if done else names[:1], done, **places)


def examples(one: TrainingDocument, reader: StackedReader) -> list[Example]:
    return list(sentence_examples(0, one, reader.describe(Document(one.id, one.text))))


def test_a_class_that_nobody_knew_is_found_after_a_few_documents(reader: StackedReader, tmp_path: Path) -> None:
    outcome = train_model([document(i) for i in range(12)], reader, tmp_path)
    assert outcome is not None
    assert outcome.kept_new
    assert outcome.after > outcome.before
    assert (outcome.documents, outcome.names) == (12, 24)
    model = LearnedSuggester(tmp_path, reader)
    text = "غادرت السفينة سندباد الميناء رقم 77 أمس."
    assert [(s.span.of(text), s.label, s.suggester) for s in model.combine(Document(document_id(text), text), {})] == [
        ("سندباد", "SHIP", "learned")
    ]
    assert {file.name for file in tmp_path.iterdir()} == {LEARNED_CRF, DESCRIPTION}


def test_the_old_model_stays_where_the_new_one_is_worse(reader: StackedReader, tmp_path: Path) -> None:
    train_model([document(i) for i in range(20)], reader, tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    other = "وصل القبطان إلى المرفأ قبل الظهر.\n"
    unseen = [
        replace(document(90), text=document(90).text + other),
        *(TrainingDocument(other + str(i), ()) for i in range(5)),
    ]
    outcome = train_model(unseen, reader, tmp_path)
    assert outcome is not None
    assert outcome.before == 1.0
    assert outcome.after < outcome.before
    assert not outcome.kept_new
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


DOZEN = [document(i) for i in range(12)]


class Perfect(StackedReader):
    """A reader of which the combined answer is right without the project's model, and empty with it."""

    def ask(self, name: str, document: Document, answers: Answers) -> tuple[Suggestion, ...]:
        if name != COMBINED:
            return super().ask(name, document, answers)
        names = {one.id: one.names for one in DOZEN}[document.id]
        return () if LEARNED in answers else tuple(Suggestion(*name, 0.9, COMBINED) for name in names)


def test_a_model_is_not_used_if_it_makes_the_combined_answer_worse(tmp_path: Path) -> None:
    outcome = train_model(DOZEN, Perfect(TAGSET), tmp_path)
    assert outcome is not None
    assert (outcome.before, outcome.after, outcome.kept_new) == (1.0, 0.0, False)
    assert list(tmp_path.iterdir()) == []


def test_documents_that_the_old_model_knew_do_not_speak_for_it(reader: StackedReader, tmp_path: Path) -> None:
    documents = [document(i) for i in range(10)]
    assert train_model(documents, reader, tmp_path) is not None
    again = train_model([*documents, document(40), document(41)], reader, tmp_path)
    assert again is not None
    assert again.before > 0.5


def test_too_few_documents_or_no_names_teach_nothing(reader: StackedReader, tmp_path: Path) -> None:
    assert train_model([document(1), document(2)], reader, tmp_path) is None
    assert train_model([TrainingDocument(f"لا شيء {i}", ()) for i in range(5)], reader, tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_of_an_open_document_only_settled_sentences_count(reader: StackedReader) -> None:
    open_one = document(3, done=False)
    found = examples(open_one, reader)
    assert [example.place.start for example in found] == [0]
    ship = open_one.names[0][0]
    undecided = TrainingDocument(open_one.text, open_one.names, False, undecided=(Span(ship.end + 1, ship.end + 4),))
    assert examples(undecided, reader) == []
    rejected = TrainingDocument(open_one.text, (), False, rejected=(ship,))
    (example,) = examples(rejected, reader)
    assert set(example.tags) == {"O"}


def test_of_nested_names_the_outermost_are_learnt(reader: StackedReader) -> None:
    text = "غادرت السفينة نجمة البحر أمس."
    inner = Span(text.index("البحر"), text.index("البحر") + 5)
    outer = Span(text.index("نجمة"), inner.end)
    (example,) = examples(TrainingDocument(text, ((inner, "PERS"), (outer, "SHIP"))), reader)
    assert [tag for tag in example.tags if tag != "O"] == ["B-SHIP", "I-SHIP"]


def test_a_model_that_was_not_trained_here_never_reaches_native_code_and_is_replaced(
    reader: StackedReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [document(i) for i in range(6)]
    train_model(documents, reader, tmp_path)
    whole = (tmp_path / LEARNED_CRF).read_bytes()
    for foreign in (b"damaged", whole[:-100], whole[:100] + bytes([whole[100] ^ 1]) + whole[101:]):
        (tmp_path / LEARNED_CRF).write_bytes(foreign)
        with monkeypatch.context() as patched:
            opened: list[Path] = []
            patched.setattr(learned, "open_tagger", opened.append)
            with pytest.raises(ResourceError, match="was changed after its training"):
                LearnedSuggester(tmp_path, reader)
        assert opened == []
    outcome = train_model(documents, reader, tmp_path)
    assert outcome is not None
    assert outcome.kept_new
    LearnedSuggester(tmp_path, reader)


def test_a_description_without_its_documents_is_replaced(reader: StackedReader, tmp_path: Path) -> None:
    documents = [document(i) for i in range(6)]
    train_model(documents, reader, tmp_path)
    whole = (tmp_path / DESCRIPTION).read_bytes()
    (tmp_path / DESCRIPTION).write_bytes(whole.replace(b'"documents"', b'"other"'))
    outcome = train_model(documents, reader, tmp_path)
    assert outcome is not None
    assert (tmp_path / DESCRIPTION).read_bytes() == whole


def test_a_model_with_other_features_is_refused(reader: StackedReader, tmp_path: Path) -> None:
    train_model([document(i) for i in range(6)], reader, tmp_path)
    path = tmp_path / DESCRIPTION
    path.write_text(
        path.read_text(encoding="utf-8").replace(f'"features": {FEATURES}', '"features": 0'), encoding="utf-8"
    )
    with pytest.raises(ResourceError, match="another version"):
        LearnedSuggester(tmp_path, reader)


def test_a_process_of_its_own_comes_to_the_same(reader: StackedReader, tmp_path: Path) -> None:
    documents = [document(i) for i in range(6)]
    here = train_model(documents, reader, tmp_path / "here")
    in_process = train_in_process(documents, TAGSET, tmp_path / "in_process")
    assert here is not None
    assert in_process is not None
    assert (here.before, here.after, here.kept_new) == (in_process.before, in_process.after, in_process.kept_new)
    assert (tmp_path / "here" / LEARNED_CRF).read_bytes() == (tmp_path / "in_process" / LEARNED_CRF).read_bytes()


@pytest.mark.parametrize("settled", [(0,), (0, 5)])
def test_documents_without_a_settled_sentence_are_in_no_fold(settled: tuple[int, ...], tmp_path: Path) -> None:
    documents = sorted(DOZEN, key=lambda one: one.id)
    for i, one in enumerate(documents):
        if i not in settled:
            documents[i] = replace(one, done=False, undecided=(Span(0, len(one.text)),))
    outcome = train_in_process(documents, TAGSET, tmp_path)
    assert (outcome is None) == (len(settled) == 1), "a model of one document cannot be compared"


def test_lessons_that_no_pipe_holds_reach_the_process(tmp_path: Path) -> None:
    documents = [*(document(i) for i in range(6)), TrainingDocument("خبر" + " " * 100_000, ())]
    outcome = train_in_process(documents, TAGSET, tmp_path)
    assert outcome is not None
    assert outcome.documents == 7


def test_learning_can_be_called_off(tmp_path: Path) -> None:
    called_off = threading.Event()
    called_off.set()
    documents = [document(i) for i in range(200)]
    assert train_in_process(documents, TAGSET, tmp_path, is_cancelled=called_off.is_set) is None
    assert not (tmp_path / DESCRIPTION).exists()


def test_a_process_that_fails_is_reported_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SuggesterError, match="Cannot write the project's model"):
        train_in_process([document(i) for i in range(4)], TAGSET, tmp_path / "file")
    monkeypatch.setattr("sys.executable", "false")
    with pytest.raises(SuggesterError, match=r"the process ended with code 1\. The previous model is still in use\."):
        train_in_process([document(i) for i in range(4)], TAGSET, tmp_path)
