"""Lazy tokenization: a text is tokenized in chunks while the window is idle, or completely on the first access."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

from annotator.domain.model.document import Token
from annotator.text.tokenizer import tokenize

CHUNK_LENGTH = 12_000
"""Code points that are tokenized at a time, in a few milliseconds."""

_SPACE = re.compile(r"\s")


class LazyTokens(Sequence[Token]):
    """A sequence of the tokens that tokenize() returns, which takes no time to create."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._made: list[Token] = []
        self._end = 0

    def advance(self) -> bool:
        """Tokenize the next chunk, and return True if there is more."""
        if self._end < len(self._text):
            space = _SPACE.search(self._text, self._end + CHUNK_LENGTH)
            end = space.start() if space else len(self._text)
            self._made += tokenize(self._text, self._end, end)
            self._end = end
        return self._end < len(self._text)

    def _all(self) -> list[Token]:
        while self.advance():
            pass
        return self._made

    @overload
    def __getitem__(self, index: int) -> Token: ...

    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...

    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        """Return a token, or a list for a slice."""
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Token]:
        return iter(self._all())
