"""Read the files of resources/grammar: classes of words, phrases, and rules with their examples.

A file is TOML. Its tables are

- words, nouns, adjectives, verbs: the words of a class, separated by spaces, with _ between the words of one entry. The
  table says which forms of them count (annotator.suggest.grammar.vocabulary.FORMS).
- lexicons: the words of the bundled lexicons with some labels, and of the names of persons of some kinds. The class
  NAME has the first words of these names, and NAME-next the others.
- shapes, numbers, marks: a regular expression for the key of one word, of one that begins with a digit, or of a mark.
  The class "rare" has the words that texts hardly have (annotator.text.word_frequencies).
- phrases: a pattern (annotator.suggest.grammar.pattern) that later ones refer to by name.
- rules: label, pattern, examples and counter_examples, by name. An example has its spans in square brackets. nested
  says that what the rule finds may be within something longer, if the tagset allows that.

All files share their names; common.toml is read first, then the others by name. A rule with the label "none" suggests
nothing, and prevents suggestions that overlap it and are not longer.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.suggest.grammar.pattern import (
    Atom,
    Compiled,
    Group,
    Part,
    PatternError,
    alternatives,
    atoms,
    compile_pattern,
    parse,
    word_class,
)
from annotator.suggest.grammar.vocabulary import LINE_BREAK, Vocabulary
from annotator.suggest.lexicon.suggester import DEVELOPMENT, NATURE, bundled_entries
from annotator.text.names.given_names import given_names
from annotator.text.normalise import normalise_key
from annotator.text.word_frequencies import UNKNOWN_WORD, word_frequencies

NONE = "none"
"""The label of a rule that suggests nothing."""

_COMMON = "common.toml"
_FORMS = {"words": "as-is", "nouns": "noun", "adjectives": "adjective", "verbs": "verb"}
_NEXT = "-next"
_FIRST_SYMBOL = 0x100
_RARE = -5.0
"""The decimal logarithm of the share among all words below which one is rare: one in 100,000."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; its name is unique. patterns has its alternatives, so that the longest counts, whatever their order.

    The examples have their spans in square brackets, counter-examples have none.
    """

    name: str
    label: str
    patterns: tuple[Compiled, ...]
    nested: bool = False
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(slots=True)
class Grammar:
    """The rules, and the symbol of each word, over which their patterns are."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    alphabet: Mapping[frozenset[str], str]
    """The symbol of each set of classes."""
    _known: dict[str, str] = field(default_factory=dict)

    def symbol(self, key: str) -> str:
        """Return the symbol of a clitic, word or mark, a single character."""
        found = self._known.get(key)
        if found is None:
            found = self.alphabet[self.vocabulary.classes(key)]
            if key in self.vocabulary:
                self._known[key] = found
        return found


@lru_cache(maxsize=1)
def bundled_grammar() -> Grammar:
    """Return the bundled grammar; raises ResourceError if a file is malformed."""
    return read_grammar(resource("grammar"))


def read_grammar(folder: Path) -> Grammar:
    """Return the grammar of a folder; raises ResourceError with the file and the rule that is malformed."""
    files = {path: _read(path) for path in sorted(folder.glob("*.toml"), key=lambda path: (path.name != _COMMON, path))}
    vocabulary = Vocabulary(
        _patterns(files, "shapes"), _patterns(files, "numbers"), _patterns(files, "marks"), _is_rare
    )
    phrases = _classes(files, vocabulary)
    trees: list[tuple[Path, str, Mapping[str, Any], Group]] = []
    for path, tables in files.items():
        for name, pattern in tables.get("phrases", {}).items():
            phrases[name] = _parse(path, name, pattern, phrases)
        for name, rule in tables.get("rules", {}).items():
            trees.append((path, name, rule, _parse(path, name, rule.get("pattern", ""), phrases)))
    used = {atom for *_, tree in trees for atom in atoms(tree)}
    for name in {name for atom in used for name in atom.has | atom.lacks if name.startswith("=")}:
        vocabulary.add(name, [name[1:]])
    alphabet, sets = _alphabet(vocabulary, used)
    for path, name, _, tree in trees:
        for atom in atoms(tree):
            if not sets[atom]:
                raise _malformed(path, name, PatternError("No word is {piece}.", piece=_described(atom)))
    rules = tuple(
        Rule(
            name,
            rule.get("label", files[path].get("label", NONE)),
            tuple(compile_pattern(tree, sets.__getitem__) for tree in alternatives(tree)),
            rule.get("nested", False),
            tuple(rule.get("examples", ())),
            tuple(rule.get("counter_examples", ())),
        )
        for path, name, rule, tree in trees
    )
    return Grammar(rules, vocabulary, alphabet)


def _is_rare(key: str) -> bool:
    return word_frequencies().get(key, UNKNOWN_WORD).share < _RARE


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise _malformed(path, "", e) from e


def _patterns(files: Mapping[Path, Mapping[str, Any]], table: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(shape) for tables in files.values() for name, shape in tables.get(table, {}).items()}


def _classes(files: Mapping[Path, Mapping[str, Any]], vocabulary: Vocabulary) -> dict[str, Group]:
    """Add the listed words to the vocabulary, and return a phrase for each class with entries of several words."""
    phrases: dict[str, Group] = {}
    vocabulary.add(word_class(LINE_BREAK), [LINE_BREAK])
    for tables in files.values():
        for table, forms in _FORMS.items():
            for name, words in tables.get(table, {}).items():
                entries = [normalise_key(word.replace("_", " ")).split(" ") for word in words.split()]
                vocabulary.add(name, (entry[0] for entry in entries if len(entry) == 1), forms)
                several = sorted((entry for entry in entries if len(entry) > 1), key=len, reverse=True)
                if several:
                    single = [(Atom(frozenset((name,))),)] if len(several) < len(entries) else []
                    phrases[name] = Group("(?:", (*map(_sequence, several), *single))
        for name, kinds in tables.get("lexicons", {}).items():
            for key in _bundled_names(kinds):
                first, *others = key.split(" ")
                vocabulary.add(name, [first])
                vocabulary.add(name + _NEXT, others)
    return phrases


def _bundled_names(kinds: Iterable[str]) -> Iterator[str]:
    """Yield the keys of the names with these labels of the lexicons, or of these kinds of names of persons.

    Names that are ordinary words, too, are left out.
    """
    for entry in bundled_entries()[0]:
        if entry.label in kinds and not entry.flags - {NATURE, DEVELOPMENT}:
            yield normalise_key(entry.surface)
    for key, kind in given_names().known.items():
        if kind in kinds:
            yield key


def _sequence(entry: Iterable[str]) -> tuple[Part, ...]:
    return tuple(Atom(frozenset((word_class(word),))) for word in entry)


def _parse(path: Path, name: str, pattern: str, phrases: Mapping[str, Group]) -> Group:
    try:
        return parse(pattern, phrases)
    except PatternError as e:
        raise _malformed(path, name, e) from e


def _alphabet(vocabulary: Vocabulary, used: Iterable[Atom]) -> tuple[dict[frozenset[str], str], dict[Atom, str]]:
    """Return the symbol of each set of classes, and a regular expression for the symbols of each atom.

    Words that are the same for every atom have the same symbol, so that there are few.
    """
    by_class: dict[str, list[Atom]] = defaultdict(list)
    for atom in used:
        by_class[min(atom.has, default="")].append(atom)
    fitting: dict[frozenset[str], frozenset[Atom]] = {}
    for classes in vocabulary.all_classes():
        candidates = chain(by_class[""], *(by_class.get(name, ()) for name in classes))
        fitting[classes] = frozenset(atom for atom in candidates if classes in atom)
    # Symbols of the commonest atoms are next to one another, so that their expressions are a few short ranges.
    common = Counter(chain.from_iterable(fitting.values()))
    rank = {atom: i for i, atom in enumerate(sorted(used, key=lambda atom: (-common[atom], _described(atom))))}
    ordered = sorted({*fitting.values()}, key=lambda those: sorted(map(rank.__getitem__, those)))
    members: dict[Atom, list[int]] = {atom: [] for atom in used}
    for number, those in enumerate(ordered):
        for atom in those:
            members[atom].append(number)
    symbols = {those: chr(_FIRST_SYMBOL + number) for number, those in enumerate(ordered)}
    alphabet = {classes: symbols[those] for classes, those in fitting.items()}
    return alphabet, {atom: _one_of(found) for atom, found in members.items()}


def _one_of(numbers: list[int]) -> str:
    """Return a regular expression for one of some symbols, given in rising order; "" for none."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    members = (f"{chr(_FIRST_SYMBOL + first)}-{chr(_FIRST_SYMBOL + last)}" for first, last in ranges)
    return f"[{''.join(members)}]" if numbers else ""


def _described(atom: Atom) -> str:
    names = ":".join((*sorted(atom.has), *(f"!{name}" for name in sorted(atom.lacks))))
    return f"<{names}>"


def _malformed(path: Path, name: str, why: Exception) -> ResourceError:
    return ResourceError("The rule {name!r} of {path} is malformed: {why}", name=name, path=path, why=why)
