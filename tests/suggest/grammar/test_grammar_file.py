"""Grammars from files: classes, forms, phrases, patterns, and what is said about malformed ones."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from annotator.errors import ResourceError
from annotator.resources import resource
from annotator.storage.tables.tagsets import load_tagset
from annotator.suggest.grammar.grammar_file import read_grammar
from annotator.suggest.grammar.suggester import GrammarSuggester

SECURITY = load_tagset("security")
CLASSES = """
label = "DATE"
[words]
day = "أمس غدا بعد_غد"
[nouns]
visit = "زيارة"
[adjectives]
long = "طويل"
[verbs]
came = "وصل"
[shapes]
definite = 'ال[ء-ي]{2,}'
[numbers]
year = '(?:19|20)\\d\\d'
"""


def found(folder: Path, pattern: str, text: str, more: str = "") -> list[str]:
    rule = f"{CLASSES}\n[rules.own]\npattern = '''{pattern}'''\n{more}"
    (folder / "own.toml").write_text(rule, encoding="utf-8")
    suggester = GrammarSuggester(read_grammar(folder), "1", SECURITY)
    return [span.of(text) for span, _, _ in suggester.find(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("<day>", "وصل أمس وبعد غد وغدا", ["أمس", "بعد غد", "غدا"]),
        ("<visit>", "الزيارة وزيارتين وزيارتهم وبزيارة", ["الزيارة", "زيارتين", "زيارتهم", "زيارة"]),
        ("<visit:dual>", "زيارة وزيارتان", ["زيارتان"]),
        ("<visit:pronoun>", "زيارة وزيارته", ["زيارته"]),
        ("<visit:definite> <long:definite>", "للزيارة الطويلة", ["لزيارة الطويلة"]),
        ("<visit:!definite> <long>", "زيارة طويلة والزيارة الطويلة", ["زيارة طويلة"]),
        ("<came> <visit>", "وصلوا زيارة وصلت زيارة", ["وصلوا زيارة", "وصلت زيارة"]),
        ("عام <year>", "عام ٢٠١٤ وعام 1213", ["عام ٢٠١٤"]),
        ("عام [<year>] (و [<year>])*", "عام 2014 و2015 و2016", ["2014", "2015", "2016"]),
        ("<visit> (?= <day>)", "زيارة أمس زيارة طويلة", ["زيارة"]),
        ("(?<! <came>) <visit>", "وصلت زيارة طويلة زيارة", ["زيارة"]),
        ("<visit> . <day>", "زيارة ، أمس", ["زيارة ، أمس"]),
        ("<year> / <year> | '(' <year> ')'", "2014 / 2015 (2016)", ["2014 / 2015", "(2016)"]),
        ("<long>{2,3}", "طويل طويلة طويلان طويلون", ["طويل طويلة طويلان"]),
        ("<long>+ <day>?", "طويل طويل غدا", ["طويل طويل غدا"]),
    ],
)
def test_a_pattern(tmp_path: Path, pattern: str, text: str, expected: list[str]) -> None:
    assert found(tmp_path, pattern, text) == expected


def test_the_longest_of_several_rules_counts_and_none_prevents(tmp_path: Path) -> None:
    none = "[rules.not]\nlabel = 'none'\npattern = 'زيارة <day>'"
    assert found(tmp_path, "<visit>", "زيارة أمس ثم زيارة") == ["زيارة", "زيارة"]
    assert found(tmp_path, "<visit>", "زيارة أمس ثم زيارة", none) == ["زيارة"]


def test_files_share_their_names(tmp_path: Path) -> None:
    (tmp_path / "common.toml").write_text("[phrases]\nwhen = 'يوم <day>'\n[words]\nday = 'السبت'\n", encoding="utf-8")
    (tmp_path / "own.toml").write_text('label = "DATE"\n[rules.r]\npattern = "<when>"\n', encoding="utf-8")
    suggester = GrammarSuggester(read_grammar(tmp_path), "1", SECURITY)
    assert [s.span for s in suggester.suggest("يوم السبت")] == [(0, 9)]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(عام", r"'\)' is missing|\) is missing"),
        ("عام)", r"\) closes nothing"),
        ("* عام", r"\* has nothing before it"),
        ("عام ~", "~ has no meaning here"),
        ("<nothing>", "No word is <nothing>"),
        ("", "It has no pattern"),
    ],
)
def test_a_malformed_pattern_is_named(tmp_path: Path, pattern: str, why: str) -> None:
    with pytest.raises(ResourceError, match=rf"The rule 'own' of .*own\.toml is malformed: .*({why})"):
        found(tmp_path, pattern, "عام")


def test_a_malformed_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[rules", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"own\.toml is malformed"):
        read_grammar(tmp_path)


def test_no_name_is_used_twice_in_the_bundled_files() -> None:
    names: Counter[tuple[bool, str]] = Counter()
    for path in resource("grammar").glob("*.toml"):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        assert tables.keys() <= {
            *(
                "label",
                "marks",
                "words",
                "nouns",
                "adjectives",
                "verbs",
                "lexicons",
                "shapes",
                "numbers",
                "phrases",
                "rules",
            )
        }
        for table, rows in tables.items():
            if table != "label":
                names.update((table == "rules", name) for name in rows)
    assert len(names) > 30
    assert [name for name, count in names.items() if count > 1] == []
