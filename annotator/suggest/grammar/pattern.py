"""The language of the rules: regular expressions over clitics and words.

    قتل | اصيب       these words, by their keys; a clitic is a word of one letter: و <number>
    <month>          a word of a class, or a phrase of several words that the file defines
    <noun:dual>      a single form of a class that is a dual, or has a pronoun written onto it (noun:pronoun)
    <noun:definite>  a single word of both classes; <noun:!definite> of the first and not of the second
    .                any word or mark of the line
    / '('            a mark; one that means something else in a pattern is quoted
    a b | c (d e)?   sequence, alternatives, groups, and the quantifiers ? * + {2,5}
    (?= ) (?! )      what follows, or does not; (?<! ) and (?<= ) for a single word before
    [ ]              the span that is suggested, if it is not the whole match; there may be several

Spaces mean nothing. A pattern becomes one regular expression of the module re over a string with one symbol for each
clitic or stem, so that matching runs in C, and offsets are those of the clitics and stems.

parsita, lark, pyparsing and spaCy's Matcher were considered. The first three parse a text as a whole and are 50 times
slower at searching; spaCy's knows nothing within a token, so no clitics. regex has named lists, but they are sets of
strings, and neither forms nor clitics. What is left to write here is the translation into re.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from annotator.errors import UserError
from annotator.suggest.grammar.vocabulary import FEATURES, feature_class
from annotator.text.normalise import normalise_key

MOST_SPANS = 5
"""How often a group with a span is repeated at most."""

_PIECE = re.compile(
    r"\s*(?:"
    r"(?P<reference><[^<>\s]+>)"
    r"|(?P<quote>'[^']+')"
    r"|(?P<group>\(\?<?[=!]|\()"
    r"|(?P<quantifier>[?*+]|\{\d*,?\d*\})"
    r"|(?P<special>[\[\])|.])"
    r"|(?P<word>[^\W_]+|[،؛:/,–-])"
    r")\s*"
)
_REPEAT = re.compile(r"\{(\d*)(,?)(\d*)\}")


@dataclass(frozen=True, slots=True)
class Atom:
    """One clitic, word or mark: the classes that it must have, and must not have."""

    has: frozenset[str]
    lacks: frozenset[str] = frozenset()

    def __contains__(self, classes: object) -> bool:
        """Return True if a word of these classes is meant."""
        return isinstance(classes, frozenset) and self.has <= classes and not self.lacks & classes


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, each a sequence of parts; opening is that of re, and "[" for a span."""

    opening: str
    alternatives: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A part with a quantifier; most is None if there is no limit."""

    part: Atom | Group
    least: int
    most: int | None


Part = Atom | Group | Repeated


def word_class(key: str) -> str:
    """Return the class of a single word, which exists for every word that a pattern has."""
    return "=" + key


ANY = Atom(frozenset(), frozenset((word_class("\n"),)))


class PatternError(UserError):
    """A pattern cannot be read; the message says where."""


def parse(pattern: str, phrases: Mapping[str, Group]) -> Group:
    """Return a pattern as a tree, with the phrases that it refers to; raises PatternError."""
    pieces = list(_pieces(pattern))
    if not pieces:
        raise PatternError("It has no pattern.")
    pieces.reverse()
    tree = _alternatives(pieces, "(?:", "", phrases)
    if pieces:
        raise PatternError("{piece} closes nothing.", piece=pieces[-1])
    return tree


def _pieces(pattern: str) -> Iterator[str]:
    at = 0
    while at < len(pattern.rstrip()):
        match = _PIECE.match(pattern, at)
        if match is None:
            raise PatternError("{piece} has no meaning here.", piece=pattern[at : at + 10].strip())
        yield match[0].strip()
        at = match.end()


def _alternatives(pieces: list[str], opening: str, closing: str, phrases: Mapping[str, Group]) -> Group:
    """Read up to the closing bracket, and remove what was read from the end of the pieces."""
    found: list[list[Part]] = [[]]
    while pieces and pieces[-1] not in (")", "]"):
        piece = pieces.pop()
        if piece == "|":
            found.append([])
            continue
        found[-1].append(_quantified(_part(piece, pieces, phrases), pieces))
    if closing and (not pieces or pieces.pop() != closing):
        raise PatternError("{piece} is missing.", piece=closing)
    return Group(opening, tuple(map(tuple, found)))


def _part(piece: str, pieces: list[str], phrases: Mapping[str, Group]) -> Atom | Group:
    if piece.startswith("("):
        return _alternatives(pieces, "(?:" if piece == "(" else piece, ")", phrases)
    if piece == "[":
        return _alternatives(pieces, "[", "]", phrases)
    if piece == ".":
        return ANY
    if piece.startswith("<"):
        names = piece[1:-1].split(":")
        if piece[1:-1] in phrases:
            return phrases[piece[1:-1]]
        has: set[str] = set()
        lacks: set[str] = set()
        for name in names:
            plain = name.removeprefix("!")
            (lacks if plain != name else has).add(feature_class(names[0], plain) if plain in FEATURES else plain)
        return Atom(frozenset(has), frozenset(lacks))
    if _REPEAT.fullmatch(piece) or piece in "?*+":
        raise PatternError("{piece} has nothing before it.", piece=piece)
    return Atom(frozenset((word_class(normalise_key(piece.strip("'"))),)))


def _quantified(part: Atom | Group, pieces: list[str]) -> Part:
    if not pieces:
        return part
    quantifier = {"?": "{0,1}", "*": "{0,}", "+": "{1,}"}.get(pieces[-1], pieces[-1])
    match = _REPEAT.fullmatch(quantifier)
    if match is None:
        return part
    pieces.pop()
    least = int(match[1] or 0)
    return Repeated(part, least, (int(match[3]) if match[3] else None) if match[2] else least)


def atoms(part: Part) -> Iterator[Atom]:
    """Yield the atoms of a part."""
    if isinstance(part, Atom):
        yield part
    elif isinstance(part, Repeated):
        yield from atoms(part.part)
    else:
        for alternative in part.alternatives:
            for inner in alternative:
                yield from atoms(inner)


def alternatives(tree: Group) -> Iterator[Group]:
    """Yield the alternatives of a pattern, each as a pattern."""
    for alternative in tree.alternatives:
        yield Group(tree.opening, (alternative,))


def has_span(part: Part) -> bool:
    """Return True if a part marks a span."""
    if isinstance(part, Repeated):
        return has_span(part.part)
    return isinstance(part, Group) and (
        part.opening == "[" or any(has_span(inner) for alternative in part.alternatives for inner in alternative)
    )


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern as a regular expression, with one capturing group for each span.

    start matches a symbol that the pattern can begin with. re derives that from an expression which begins with one
    symbol, but not from one that begins with an option or with alternatives: start is None for the former.
    """

    whole: re.Pattern[str]
    start: re.Pattern[str] | None

    def search(self, symbols: str, at: int = 0) -> re.Match[str] | None:
        """Return the first match that begins at a place or after it."""
        if self.start is None:
            return self.whole.search(symbols, at)
        while found := self.start.search(symbols, at):
            if match := self.whole.match(symbols, found.start()):
                return match
            at = found.end()
        return None


def first_atoms(part: Part) -> tuple[frozenset[Atom], bool]:
    """Return the atoms that a match of a part can begin with, and True if the match can be empty."""
    if isinstance(part, Atom):
        return frozenset((part,)), False
    if isinstance(part, Repeated):
        found, empty = first_atoms(part.part)
        return found, empty or not part.least
    if part.opening not in ("(?:", "["):  # It looks around, and takes up nothing.
        return frozenset(), True
    firsts: set[Atom] = set()
    can_be_empty = False
    for alternative in part.alternatives:
        for inner in alternative:
            found, empty = first_atoms(inner)
            firsts |= found
            if not empty:
                break
        else:
            can_be_empty = True
    return frozenset(firsts), can_be_empty


def compile_pattern(tree: Group, symbols: Callable[[Atom], str]) -> Compiled:
    """Return a pattern as a regular expression; symbols returns, for an atom, an expression for one symbol."""
    numbers = count()

    def render(part: Part) -> str:
        if isinstance(part, Atom):
            return symbols(part)
        if isinstance(part, Repeated):
            return repeat(part)
        opening = f"(?P<s{next(numbers)}>" if part.opening == "[" else part.opening
        return opening + "|".join("".join(map(render, alternative)) for alternative in part.alternatives) + ")"

    def repeat(part: Repeated) -> str:
        if not has_span(part):
            most = "" if part.most is None else part.most
            return f"{render(part.part)}{{{part.least},{most}}}"
        # Only the last repetition of a capturing group is captured, so that each gets a group of its own.
        most = MOST_SPANS if part.most is None else part.most
        required = "".join(render(part.part) for _ in range(part.least))
        optional = "".join(f"(?:{render(part.part)}" for _ in range(most - part.least))
        return required + optional + ")?" * (most - part.least)

    firsts, can_be_empty = first_atoms(tree)
    is_plain = len(firsts) == 1 or can_be_empty
    start = None if is_plain else re.compile("|".join(map(symbols, firsts)).replace("]|[", ""))
    return Compiled(re.compile(render(tree)), start)
