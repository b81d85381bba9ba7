"""How a file's characters are written is told right, or the file is refused; it is never guessed into nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InputError
from annotator.formats.base.encoding import detect_encoding, open_text, read_text

ARTICLE = 'قال المتحدث باسم الشرطة إن "القوة" أوقفت 3 أشخاص، وأضاف: هل انتهى الأمر؟ كلّا. BBC «بغداد» 50%\r\n'
ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئء ،؟.0123456789", min_size=1, max_size=80)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
def test_every_usual_encoding_is_read_back_to_the_character(codec: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode(codec))
    assert read_text(path) == ARTICLE
    with open_text(path) as stream:
        assert stream.read() == ARTICLE


@pytest.mark.parametrize("words", ["بغداد", "كركوك وديالى", "قتل ثلاثة جنود", "«داعش»", "هل تأتي؟"])
def test_a_few_words_of_windows_1256_suffice(words: str) -> None:
    assert detect_encoding(words.encode("cp1256")) == "cp1256"


@pytest.mark.parametrize("codec", ["iso8859_6", "cp720"])
def test_older_code_pages_are_told_from_windows_1256(codec: str) -> None:
    text = "قتل ثلاثة جنود في هجوم على حاجز عسكري شمال بغداد"
    assert text.encode(codec).decode(detect_encoding(text.encode(codec))) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    assert detect_encoding(text.encode("utf-8")).startswith("utf-")
    assert detect_encoding(text.encode("utf-8-sig")) == "utf-8-sig"


@given(ARABIC, st.sampled_from(["utf-8", "utf-16", "utf-16-le"]))
def test_arabic_in_unicode_is_always_read_right(text: str, codec: str) -> None:
    data = text.encode(codec)
    assert data.decode(detect_encoding(data)) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        codec = detect_encoding(data)
    except InputError as error:
        assert str(error).endswith(".")
    else:
        assert isinstance(data.decode(codec, "replace"), str)


@given(st.integers(1, 400))
def test_a_character_cut_at_the_end_of_a_sample_is_no_damage(length: int) -> None:
    assert detect_encoding((ARTICLE * 9).encode("utf-8")[:length], whole=False) == "utf-8"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00\x00\x00\x02\x00\x08\x06",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4,
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + bytes(range(256)),
        bytes(400),
    ],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="binary"):
        detect_encoding(data)


def test_utf_8_with_a_damaged_byte_is_not_read_as_windows_1256(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("سطر أول\n".encode() * 3 + b"\xd8" + " بقية النص".encode())
    with pytest.raises(InputError, match="line 4"):
        read_text(path)
    with open_text(path) as stream:
        assert "\udcd8" in stream.read()


def test_only_the_first_byte_order_mark_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffبغداد\ufeff".encode("utf-8-sig"))
    assert read_text(path) == "\ufeffبغداد\ufeff"
