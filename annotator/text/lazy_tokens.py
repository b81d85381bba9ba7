"""The tokens of a text that need not all be there yet: cut part by part, or all at once when one is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

from annotator.domain.model.document import Token
from annotator.text.tokenizer import tokenize

CHUNK_LENGTH = 12_000
"""Code points that are cut at a time: some milliseconds."""

_SPACE = re.compile(r"\s")


class LazyTokens(Sequence[Token]):
    """What tokenize() returns, as a sequence that opens at once however long the text is."""

    def __init__(self, text: str) -> None:
        """Take a text, and cut nothing yet."""
        self._text = text
        self._made: list[Token] = []
        self._end = 0

    def advance(self) -> bool:
        """Cut the next part, and tell whether there is more."""
        if self._end < len(self._text):
            space = _SPACE.search(self._text, self._end + CHUNK_LENGTH)
            end = space.start() if space else len(self._text)
            self._made += tokenize(self._text, self._end, end)
            self._end = end
        return self._end < len(self._text)

    def _all(self) -> list[Token]:
        """Return all tokens, cutting what was not cut."""
        while self.advance():
            pass
        return self._made

    @overload
    def __getitem__(self, index: int) -> Token: ...

    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...

    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        """Return a token, or a list of some."""
        return self._all()[index]

    def __len__(self) -> int:
        """Tell how many tokens there are."""
        return len(self._all())

    def __iter__(self) -> Iterator[Token]:
        """Yield the tokens."""
        return iter(self._all())
