"""The options of an export that say whose labels leave, of which documents, and which names are replaced."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.options import Command
from annotator.cli.output import echo

if TYPE_CHECKING:
    from annotator.domain.review.document_state import Documents
    from annotator.services.exporting.pseudonyms import PseudonymOptions
    from annotator.services.exporting.selection import Selection

_OPTIONS = (
    click.option(
        "--annotator", "annotators", multiple=True, metavar="NAME", help="Only the work of NAME (or id); repeatable."
    ),
    click.option(
        "--whose",
        type=click.Choice(["all", "majority", "adjudicated"]),
        default="all",
        show_default=True,
        help="All labels; those that more than half of a document's voters gave; or only documents that an adjudicator "
        "called done, with the adjudicator's labels alone.",
    ),
    click.option(
        "--documents",
        type=click.Choice(["finished", "labelled", "all"]),
        default="finished",
        show_default=True,
        help="Documents that somebody asked for called done, with the labels of those who did; begun ones too; or all, "
        "also those that nobody touched.",
    ),
    click.option("--done-only", is_flag=True, hidden=True, help="The former name of --documents finished."),
    click.option(
        "--since",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="Only documents of this day and later; those without a date are left out.",
    ),
    click.option("--keep-undated", is_flag=True, help="With --since: documents without a date stay in."),
    click.option(
        "--with-suggestions",
        is_flag=True,
        help="Suggestions nobody has decided on leave too, marked so (csv, gate, huggingface, json, jsonl, "
        "label-studio, parquet, prodigy, tei).",
    ),
    click.option(
        "--pseudonymise",
        "replaced",
        multiple=True,
        metavar="LABEL",
        help="Replace the names that have this label, as PERS, by stand-ins; repeatable.",
    ),
    click.option(
        "--key-file",
        type=click.Path(path_type=Path, dir_okay=False, readable=False),
        metavar="FILE",
        help="Write which stand-in is for which name to FILE, or keep to what it says; never inside the export.",
    ),
    click.option("--key", default="", metavar="TEXT", help="With --pseudonymise: another text, other stand-ins."),
)


def selection_options(command: Command) -> Command:
    """Add the options to a command, which takes them as keywords."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def selection_of(wishes: dict[str, Any]) -> Selection:
    """Return what is to be taken; raises UsageError where an option has no use."""
    from annotator.services.exporting.selection import Resolution, Selection

    since: datetime.datetime | None = wishes["since"]
    if wishes["keep_undated"] and since is None:
        raise click.UsageError("--keep-undated needs --since.")
    return Selection(
        annotators=wishes["annotators"],
        resolution=Resolution(wishes["whose"]),
        documents=_documents(wishes),
        since=since.date() if since else None,
        include_undated=wishes["keep_undated"],
        include_suggestions=wishes["with_suggestions"],
    )


def _documents(wishes: dict[str, Any]) -> Documents:
    """Return which documents are asked for; raises UsageError if the former --done-only contradicts --documents."""
    from annotator.domain.review.document_state import Documents

    asked = Documents(wishes["documents"])
    if wishes["done_only"]:
        if asked is not Documents.FINISHED:
            raise click.UsageError("--done-only means --documents finished; give one of the two.")
        echo("--done-only is now --documents finished, which is the default.", err=True)
    return asked


def pseudonyms_of(wishes: dict[str, Any]) -> PseudonymOptions | None:
    """Return which names are to be replaced, or None; raises UsageError where an option has no use."""
    from annotator.services.exporting.pseudonyms import PseudonymOptions

    if not wishes["replaced"]:
        for name in ("key_file", "key"):
            if wishes[name]:
                raise click.UsageError(f"--{name.replace('_', '-')} needs --pseudonymise, as --pseudonymise PERS.")
        return None
    return PseudonymOptions(wishes["replaced"], wishes["key_file"], wishes["key"])
