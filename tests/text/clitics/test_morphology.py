"""CAMeL's morphology: an analyser like it, and CAMeL's own on a small database in its format."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from annotator.text.clitics import rule as clitic_rule
from annotator.text.clitics.morphology import clitic_letters, installed_analyser
from annotator.text.clitics.rule import clitic_length

DATABASE = """###DEFINES###
DEFINE pos pos:noun pos:noun_prop pos:verb
DEFINE diac diac:*open*
DEFINE lex lex:*open*
DEFINE bw bw:*open*
DEFINE prc3 prc3:0
DEFINE prc2 prc2:0 prc2:wa_conj prc2:fa_conj
DEFINE prc1 prc1:0 prc1:bi_prep prc1:li_prep
DEFINE prc0 prc0:0 prc0:Al_det
DEFINE pos_lex_logprob pos_lex_logprob:*open*
###DEFAULTS###
DEFAULT pos:noun prc3:0 prc2:0 prc1:0 prc0:0
###ORDER###
ORDER diac lex pos prc3 prc2 prc1 prc0
###TOKENIZATIONS###
TOKENIZATION bw
###STEMBACKOFF###
###PREFIXES###
\tP0\tdiac: bw:
و\tPW\tdiac:وَ bw:wa/CONJ prc2:wa_conj
ب\tPB\tdiac:بِ bw:bi/PREP prc1:bi_prep
وب\tPWB\tdiac:وَبِ bw:wa/CONJ+bi/PREP prc2:wa_conj prc1:bi_prep
ف\tPF\tdiac:فَ bw:fa/CONJ prc2:fa_conj
###SUFFIXES###
\tS0\tdiac: bw:
###STEMS###
شبشير\tN\tdiac:شِبشِير lex:شِبشِير_1 bw:N pos:noun_prop prc3:0 prc2:0 prc1:0 prc0:0 pos_lex_logprob:-5.0
وقشبر\tN\tdiac:وَقشَبر lex:وَقشَبر_1 bw:N pos:noun_prop prc3:0 prc2:0 prc1:0 prc0:0 pos_lex_logprob:-5.0
قشبر\tN\tdiac:قَشبَر lex:قَشبَر_1 bw:N pos:noun prc3:0 prc2:0 prc1:0 prc0:0 pos_lex_logprob:-7.0
###TABLE AB###
P0 N
PW N
PB N
PWB N
PF N
###TABLE BC###
N S0
###TABLE AC###
P0 S0
PW S0
PB S0
PWB S0
PF S0
"""
CATALOGUE = {"version": "1.6.0", "packages": {}, "components": {}}


ANALYSES: dict[str, list[dict[str, Any]]] = {
    "فيصل": [
        {"prc3": "0", "prc2": "fa_conj", "prc1": "0", "pos_lex_logprob": -5.5},
        {"prc3": "0", "prc2": "0", "prc1": "0", "pos_lex_logprob": -4.1},
    ],
    "وبوظبي": [{"prc3": "0", "prc2": "wa_conj", "prc1": "bi_prep", "pos_lex_logprob": -6.0}],
    "للقوات": [{"prc3": "0", "prc2": "0", "prc1": "li_prep", "prc0": "Al_det", "pos_lex_logprob": -6.0}],
    "ليبيا": [{"prc3": "na", "prc2": "na", "prc1": "na"}],
    "بكر": [{"prc2": "0", "prc1": "bi_prep"}, {"prc2": "0", "prc1": "0"}],
    "وكيف": [{"prc3": ">a_ques", "prc2": "wa_conj", "prc1": "0"}, {"prc3": "0", "prc2": "0", "prc1": "ta_prep"}],
    "سيعود": [{"prc3": "0", "prc2": "0", "prc1": "sa_fut", "pos_lex_logprob": "unknown"}],
    "كشبشير": [{"prc3": "0", "prc2": "0", "prc1": "ka_prep", "pos_lex_logprob": -9.0}],
    "وشبشير": [{"prc3": "0", "prc2": "0", "prc1": "0", "pos_lex_logprob": -9.0}],
}


class Analyser:
    """Analyses as CAMeL gives them, for a few words."""

    def analyze(self, word: str) -> Sequence[dict[str, Any]]:
        return ANALYSES.get(word, [])


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("فيصل", ""),
        ("وبوظبي", "وب"),
        ("للقوات", "ل"),
        ("ليبيا", ""),
        ("بكر", ""),  # of equally likely analyses the one with the fewest
        ("وكيف", None),  # clitics that the rule does not know
        ("سيعود", "س"),
        ("حماس", None),
    ],
)
def test_the_likeliest_analysis_decides_on_the_clitics(word: str, letters: str | None) -> None:
    assert clitic_letters(Analyser(), word) == letters


@pytest.fixture
def analyser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clitic_rule, "installed_analyser", Analyser)
    clitic_rule._length.cache_clear()
    yield
    clitic_rule._length.cache_clear()


def test_the_rule_follows_an_analyser_on_words_that_it_does_not_know(analyser: None) -> None:
    assert clitic_length("كشبشير") == 1
    assert clitic_length("وشبشير") == 0
    assert clitic_length("وديالى") == 1  # no analysis: the rule alone
    assert clitic_length("لبنان", known=lambda key: key == "بنان") == 0


def asked(folder: Path, words: str) -> list[int]:
    """Return the lengths that a fresh process gives with CAMeL's data in a folder; nothing may be downloaded."""
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise SystemExit('a connection was tried')\n"
        "socket.getaddrinfo = socket.socket.connect = refuse\n"
        "from annotator.text.clitics.rule import clitic_length\n"
        "print(*map(clitic_length, sys.argv[1:]))"
    )
    environ = {**os.environ, "CAMELTOOLS_DATA": str(folder)}
    command = [sys.executable, "-c", code, *words.split()]
    run = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    return [int(length) for length in run.stdout.split()]


def install(folder: Path, database: str) -> None:
    place = folder / "data" / "morphology_db" / "calima-msa-small"
    place.mkdir(parents=True)
    (place / "morphology.db").write_text(database, "utf-8")
    (folder / "catalogue.json").write_text(json.dumps(CATALOGUE), "utf-8")


WORDS = "بشبشير وبشبشير وقشبر وديالى واشنطن"


def test_camel_s_own_analyser_is_used_where_its_database_is_installed(tmp_path: Path) -> None:
    assert asked(tmp_path, WORDS) == [0, 1, 1, 1, 0]
    install(tmp_path, DATABASE)
    assert asked(tmp_path, WORDS) == [1, 2, 0, 1, 0]


def test_a_broken_database_is_done_without(tmp_path: Path) -> None:
    install(tmp_path, "###DEFINES###\nnonsense\n")
    assert asked(tmp_path, WORDS) == [0, 1, 1, 1, 0]


def test_a_database_without_the_catalogue_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, DATABASE)
    (tmp_path / "catalogue.json").unlink()
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    assert installed_analyser.__wrapped__() is None
