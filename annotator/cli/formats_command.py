"""annotator formats"""

from __future__ import annotations

from typing import Any

import click

from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table

_HEAD = ("format", "reads", "writes", "annotators", "suggestions")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def formats(as_json: bool) -> None:
    """List the file formats that can be read and written.

    "reads" and "writes" are file extensions; "yes" means that there is none of its own. "annotators" and "suggestions"
    mark the output formats that keep who made an annotation, and that can mark suggestions. Plug-ins are listed too.

    Files are recognised by content first: Label Studio and Prodigy files are read by json and jsonl, WebAnno, brat,
    GATE, TEI and XMI archives by zip.
    """
    from annotator.formats.registry import readers, writers

    reading, writing = readers(), writers()
    found: list[dict[str, Any]] = []
    for name in sorted({*reading, *writing}):
        reader, writer = reading.get(name), writing.get(name)
        found.append(
            {
                "name": name,
                "reads": list(reader.suffixes) if reader else None,
                "writes": writer.suffix if writer else None,
                "annotators": bool(writer and writer.holds_annotators),
                "suggestions": bool(getattr(writer, "holds_suggestions", False)),
            }
        )
    if as_json:
        echo_json(found)
        return
    for line in render_table(_HEAD, (_row(each) for each in found)):
        echo(line)


def _row(found: dict[str, Any]) -> tuple[str, ...]:
    reads, writes = found["reads"], found["writes"]
    return (
        found["name"],
        "" if reads is None else " ".join(reads) or "yes",
        "" if writes is None else writes or "folder",
        "yes" if found["annotators"] else "",
        "yes" if found["suggestions"] else "",
    )
