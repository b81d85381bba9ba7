"""Renamed options and commands: the former names work, say so, and are in no help."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner, Result

from annotator.cli.options import RenamedOption, hidden_alias


@click.command()
@click.option("--resolve", cls=RenamedOption, former=["--whose"], default="all", help="How.")
@click.option("--suggester", "names", cls=RenamedOption, former=["--with"], multiple=True, help="Which.")
@click.option("--rerun", cls=RenamedOption, former=["--again"], is_flag=True, help="Again.")
@click.option("--licence", cls=RenamedOption, spellings=["--license"], help="Licence.")
def command(resolve: str, names: tuple[str, ...], rerun: bool, licence: str | None) -> None:
    """Print what was given."""
    source = click.get_current_context().get_parameter_source("resolve")
    click.echo(f"{resolve} {','.join(names)} {rerun} {licence} {source.name if source else ''}")


def call(*words: str, of: click.Command = command) -> Result:
    result = CliRunner().invoke(of, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize(
    ("words", "printed", "notes"),
    [
        ("", "all  False None DEFAULT", ""),
        ("--resolve majority", "majority  False None COMMANDLINE", ""),
        ("--whose majority", "majority  False None COMMANDLINE", "--whose is now --resolve.\n"),
        ("--whose=majority", "majority  False None COMMANDLINE", "--whose is now --resolve.\n"),
        ("--whose majority --resolve all", "all  False None COMMANDLINE", "--whose is now --resolve.\n"),
        ("--suggester a --with b --with c", "all a,b,c False None DEFAULT", "--with is now --suggester.\n"),
        ("--again", "all  True None DEFAULT", "--again is now --rerun.\n"),
        ("--license cc0", "all  False cc0 DEFAULT", ""),
        ("--licence --whose", "all  False --whose DEFAULT", ""),
    ],
)
def test_a_former_name_works_and_says_its_present_one(words: str, printed: str, notes: str) -> None:
    result = call(*words.split())
    assert (result.stdout.strip(), result.stderr) == (printed.strip(), notes)


def test_the_help_shows_present_names_only() -> None:
    shown = call("--help").stdout
    assert "--resolve" in shown and "--suggester" in shown
    assert not any(name in shown for name in ("--whose", "--with", "--again", "--license"))


def test_a_wrong_value_names_the_present_option() -> None:
    result = CliRunner().invoke(command, ["--whose"])
    assert result.exit_code == 2
    assert "--whose" in result.stderr


def test_a_former_command_is_hidden_and_works() -> None:
    group = click.Group("main", commands=[command, hidden_alias(command, "simulate", "simulate is now command.")])
    result = call("simulate", "--rerun", of=group)
    assert (result.stdout, result.stderr) == ("all  True None DEFAULT\n", "simulate is now command.\n")
    assert "simulate" not in call("--help", of=group).stdout
