"""The commands about labels: show, export, import, rename, merge; the window's Ctrl+Z takes back what they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.group import PROJECT
from annotator.cli.output import echo, echo_json
from annotator.cli.table import render_table
from annotator.domain.plurals import pluralise

if TYPE_CHECKING:
    from annotator.domain.tagset.changes import TagsetChange
    from annotator.services.project.tagset_preview import Effect
    from annotator.storage.project import Project

dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group(short_help="Show and change the labels of a project.")
def tagset() -> None:
    """Show and change the labels of a project.

    What is changed is one edit in the project's log: the window's Ctrl+Z takes it back, and copies of the project take
    it over when they are merged. Annotations are never touched by it: a renamed or merged label is a new reading of
    what was labelled.
    """


@tagset.command("list")
def list_() -> None:
    """List the tagsets that the program brings."""
    from annotator.storage.tables.tagsets import list_tagsets, load_tagset

    rows = []
    for name in list_tagsets():
        found = load_tagset(name)
        rows.append((name, found.names.get("en", name), " ".join(label.id for label in found.labels)))
    for line in render_table(("name", "title", "labels"), rows):
        echo(line)


@tagset.command()
@click.argument("project", type=PROJECT)
@json_option
def show(project: Path, as_json: bool) -> None:
    """Show the labels of a project with their keys, their former ids, and how much each is used."""
    from annotator.services.project.tagset_preview import count_uses
    from annotator.storage.project import Project
    from annotator.team.merge import not_in_tagset_lines

    with Project.open_to_read(project) as opened:
        labels = opened.tagset.labels
        uses = count_uses(opened).labels
        counts = [uses[label.first_id] for label in labels]
        strange = opened.uses.not_in_tagset()
    if as_json:
        told = [
            {"id": x.id, "key": x.key, "names": dict(x.names), "colour": dict(x.colour), "formerly": list(x.formerly)}
            | asdict(usage)
            for x, usage in zip(labels, counts, strict=True)
        ]
        shown = {"tagset": opened.tagset.name, "labels": told, "labels_not_in_tagset": strange}
        echo_json(shown)
        return
    head = ("id", "key", "Arabic", "English", "annotations", "articles", "suggestions", "formerly")
    rows = [
        (
            x.id,
            x.key,
            x.names.get("ar", ""),
            x.names.get("en", ""),
            str(usage.annotations),
            str(usage.documents),
            str(usage.suggestions),
            " ".join(x.formerly),
        )
        for x, usage in zip(labels, counts, strict=True)
    ]
    for line in [*render_table(head, rows), *not_in_tagset_lines(strange)]:
        echo(line)


@tagset.command()
@click.argument("project", type=PROJECT)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
def export(project: Path, file: Path) -> None:
    """Write the labels of a project to a FILE, for another project or to be changed by hand."""
    from annotator.services.project.tagset_io import write_tagset
    from annotator.storage.project import Project

    with Project.open_to_read(project) as opened:
        write_tagset(opened.tagset, file, opened.path)
    echo(f"Wrote {pluralise(len(opened.tagset.labels), 'label')} to {file}.")


@tagset.command("import")
@click.argument("project", type=PROJECT)
@click.argument("file")
@dry_run_option
@json_option
def import_(project: Path, file: str, dry_run: bool, as_json: bool) -> None:
    """Take labels from a FILE, or from a tagset that the program brings, by its name.

    Labels that the project has, by their ids or by former ones, are changed to what the file says; others are added.
    No label is removed. The file's field "formerly" names ids that a label had before: so labels are renamed and
    merged.
    """
    from annotator.services.project.tagset_io import changes_to
    from annotator.storage.project import Project
    from annotator.storage.tables.tagsets import load_tagset

    wanted = load_tagset(file)
    with Project.open(project) as opened:
        _change(opened, changes_to(opened.labels.draft, wanted), dry_run=dry_run, as_json=as_json)


@tagset.command()
@click.argument("project", type=PROJECT)
@click.argument("label")
@click.argument("new_id", required=False)
@click.option("--ar", metavar="NAME", help="The label's name in Arabic.")
@click.option("--en", metavar="NAME", help="The label's name in English.")
@dry_run_option
@json_option
def rename(
    project: Path, label: str, new_id: str | None, ar: str | None, en: str | None, dry_run: bool, as_json: bool
) -> None:
    """Give a LABEL another id, as it is exported, or other names, or both.

    What was labelled under the old id has the new one from now on, in merged copies of colleagues too.
    """
    from annotator.domain.tagset.changes import Describe, Rename
    from annotator.storage.project import Project

    names = {language: name for language, name in (("ar", ar), ("en", en)) if name is not None}
    if not new_id and not names:
        raise click.UsageError("Give a new id, or a name with --ar or --en.")
    with Project.open(project) as opened:
        changes: list[TagsetChange] = [Rename(label, new_id)] if new_id else []
        if names:
            held = opened.labels.draft.find(label).names
            changes.append(Describe(new_id or label, names={**held, **names}))
        _change(opened, changes, dry_run=dry_run, as_json=as_json)


@tagset.command()
@click.argument("project", type=PROJECT)
@click.argument("labels", nargs=-1, required=True)
@click.option("--into", required=True, metavar="LABEL", help="The label that they become part of.")
@dry_run_option
@json_option
def merge(project: Path, labels: tuple[str, ...], into: str, dry_run: bool, as_json: bool) -> None:
    """Make LABELS part of another one: all that has them has that one from now on."""
    from annotator.domain.tagset.changes import Merge
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        _change(opened, [Merge(label, into) for label in labels], dry_run=dry_run, as_json=as_json)


def _change(project: Project, changes: Sequence[TagsetChange], *, dry_run: bool, as_json: bool) -> None:
    """Make changes as one edit of this account's annotator, and say what they concern."""
    from annotator.services.project.tagset_preview import count_uses, effects
    from annotator.session import Session
    from annotator.storage.file.identity import current_annotator

    found = effects(project.labels.draft, changes, count_uses(project).labels)
    changed = not dry_run and Session(project, current_annotator()).change_tagset(changes) is not None
    if as_json:
        told = [_told(effect) for effect in found]
        echo_json({"changed": changed, "changes": told})
        return
    for line in _lines(found):
        echo(line)
    if dry_run:
        echo("Nothing was changed.")
    else:
        echo("Changed; Ctrl+Z in the window takes it back." if changed else "There is nothing to change.")


def _lines(found: Sequence[Effect]) -> list[str]:
    """Say what changes do and what they concern; a new label's key and all moves go without lines of their own."""
    from annotator.domain.tagset.changes import Add, Move, Rekey

    added = {effect.change.label.id for effect in found if isinstance(effect.change, Add)}
    lines = []
    for effect in found:
        change = effect.change
        if not isinstance(change, Move) and not (isinstance(change, Rekey) and change.label in added):
            lines.append(_line(effect))
    if any(isinstance(effect.change, Move) and effect.change.label not in added for effect in found):
        lines.append("The order of the labels changes.")
    return lines


def _told(effect: Effect) -> dict[str, Any]:
    """Return a change and what it concerns as plain values."""
    fields = {name: value for name, value in asdict(effect.change).items() if value not in (None, False)}
    if isinstance(fields.get("label"), dict):
        fields["label"] = fields["label"]["id"]
    kind = type(effect.change).__name__.lower()
    return {"change": kind, **fields} | (asdict(effect.usage) if effect.usage else {})


def _line(effect: Effect) -> str:
    """Say in a line what a change does and what it concerns."""
    from annotator.domain.tagset.changes import Add, Describe, Merge, Rekey, Remove, Rename

    change, usage = effect.change, effect.usage
    match change:
        case Add():
            said = f"{change.label.id}: a new label"
        case Rename():
            said = f"{change.label}: its id becomes {change.id}"
        case Describe():
            given = [name for name, value in asdict(change).items() if name != "label" and value is not None]
            said = f"{change.label}: other {', '.join(given).replace('_', '-')}"
        case Rekey():
            said = f"{change.label}: its key becomes {change.key or 'none'}"
        case Merge():
            said = f"{change.label}: becomes part of {change.into}"
        case Remove():
            said = f"{change.label}: goes"
        case _:
            said = "The tagset as a whole changes"
    if usage is None:
        return f"{said}."
    return (
        f"{said} ({pluralise(usage.annotations, 'annotation')} in {pluralise(usage.documents, 'article')} by "
        f"{pluralise(usage.annotators, 'annotator')}, {pluralise(usage.suggestions, 'suggestion')})."
    )
