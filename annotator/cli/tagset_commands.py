"""annotator tagset list, show, export, import, rename and merge"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.group import PROJECT
from annotator.cli.options import json_option
from annotator.cli.output import STDOUT, echo, echo_json
from annotator.cli.table import render_table
from annotator.domain.plurals import pluralise

if TYPE_CHECKING:
    from annotator.domain.tagset.changes import TagsetChange
    from annotator.services.project.tagset_preview import Effect
    from annotator.storage.project import Project

dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would change, without changing it.")


@click.group()
def tagset() -> None:
    """Show or change the project's labels.

    Each change is one edit in the project's log: Ctrl+Z in the editor undoes it, and merging copies merges it.
    Annotations are not rewritten: the log keeps a label's first id, so an annotation made under a former id gets the
    present label.
    """


@tagset.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the bundled tagsets."""
    from annotator.storage.tables.tagsets import list_tagsets, load_tagset

    found = {name: load_tagset(name) for name in list_tagsets()}
    if as_json:
        echo_json(
            [
                {"name": name, "names": dict(each.names), "labels": [label.id for label in each.labels]}
                for name, each in found.items()
            ]
        )
        return
    rows = [
        (name, each.names.get("en", name), " ".join(label.id for label in each.labels)) for name, each in found.items()
    ]
    for line in render_table(("name", "title", "labels"), rows):
        echo(line)


@tagset.command()
@click.argument("project", type=PROJECT)
@json_option
def show(project: Path, as_json: bool) -> None:
    """Show the labels of a project and their uses.

    Example:  annotator tagset show news.annot
    """
    from annotator.services.project.tagset_preview import count_uses
    from annotator.storage.project import Project
    from annotator.team.merge import not_in_tagset_lines

    with Project.open_to_read(project) as opened:
        labels = opened.tagset.labels
        uses = count_uses(opened).labels
        counts = [uses[label.first_id] for label in labels]
        unknown = opened.label_occurrences.not_in_tagset()
    if as_json:
        rows = [
            {"id": x.id, "key": x.key, "names": dict(x.names), "colour": dict(x.colour), "formerly": list(x.formerly)}
            | asdict(usage)
            for x, usage in zip(labels, counts, strict=True)
        ]
        shown = {"tagset": opened.tagset.name, "labels": rows, "labels_not_in_tagset": unknown}
        echo_json(shown)
        return
    head = ("id", "key", "Arabic", "English", "annotations", "articles", "suggestions", "formerly")
    cells = [
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
    for line in [*render_table(head, cells), *not_in_tagset_lines(unknown)]:
        echo(line)


@tagset.command()
@click.argument("project", type=PROJECT)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@json_option
def export(project: Path, file: Path, as_json: bool) -> None:
    """Write the labels of a project to a JSON FILE, or with - to standard output.

    Edit it, or use it for another project with "annotator tagset import".

    Example:  annotator tagset export news.annot labels.json
    """
    from annotator.services.project.tagset_io import write_tagset
    from annotator.storage.project import Project
    from annotator.storage.tables.tagsets import tagset_to_json

    with Project.open_to_read(project) as opened:
        if file == STDOUT:
            echo_json(json.loads(tagset_to_json(opened.tagset)))
            return
        write_tagset(opened.tagset, file, opened.path)
    if as_json:
        echo_json({"path": str(file), "labels": [label.id for label in opened.tagset.labels]})
        return
    echo(f"Wrote {pluralise(len(opened.tagset.labels), 'label')} to {file}.")


@tagset.command("import")
@click.argument("project", type=PROJECT)
@click.argument("file")
@dry_run_option
@json_option
def import_(project: Path, file: str, dry_run: bool, as_json: bool) -> None:
    """Import labels from a JSON FILE or a bundled tagset.

    Labels that the project already has, by their present or former ids, are updated; others are added. No label is
    removed. To rename or merge labels, list their old ids in the field "formerly" of the new label.

    Example:  annotator tagset import news.annot labels.json --dry-run
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
    """Change the id of a LABEL, its names, or both.

    The id is what exports write. Annotations made under the old id get the new one, also those in copies merged later.

    Example:  annotator tagset rename news.annot PLATFORM MEDIUM --en Medium
    """
    from annotator.domain.tagset.changes import DescribeLabel, RenameLabel
    from annotator.storage.project import Project

    names = {language: name for language, name in (("ar", ar), ("en", en)) if name is not None}
    if not new_id and not names:
        raise click.UsageError("Give a new id, or a name with --ar or --en.")
    with Project.open(project) as opened:
        changes: list[TagsetChange] = [RenameLabel(label, new_id)] if new_id else []
        if names:
            held = opened.labels.draft.find(label).names
            changes.append(DescribeLabel(new_id or label, names={**held, **names}))
        _change(opened, changes, dry_run=dry_run, as_json=as_json)


@tagset.command()
@click.argument("project", type=PROJECT)
@click.argument("labels", nargs=-1, required=True)
@click.option("--into", required=True, metavar="LABEL", help="The label to merge them into.")
@dry_run_option
@json_option
def merge(project: Path, labels: tuple[str, ...], into: str, dry_run: bool, as_json: bool) -> None:
    """Merge LABELS into another label.

    Example:  annotator tagset merge news.annot FORCE ARMED --into ORG
    """
    from annotator.domain.tagset.changes import MergeLabels
    from annotator.storage.project import Project

    with Project.open(project) as opened:
        _change(opened, [MergeLabels(label, into) for label in labels], dry_run=dry_run, as_json=as_json)


def _change(project: Project, changes: Sequence[TagsetChange], *, dry_run: bool, as_json: bool) -> None:
    """Apply changes as one edit by the annotator who works in this copy, and print what they affect."""
    from annotator.services.project.tagset_preview import count_uses, effects
    from annotator.services.team.identity import holder_of
    from annotator.session import Session

    found = effects(project.labels.draft, changes, count_uses(project).labels)
    changed = not dry_run and Session(project, holder_of(project)).change_tagset(changes) is not None
    if as_json:
        echo_json({"changed": changed, "changes": [_effect_to_json(effect) for effect in found]})
        return
    for line in _lines(found):
        echo(line)
    if dry_run:
        echo("Nothing was changed.")
    else:
        echo("Changed. Ctrl+Z in the editor undoes it." if changed else "Nothing to change.")


def _lines(found: Sequence[Effect]) -> list[str]:
    """Return a line for each change. A new label's key has no line of its own, and all moves share one."""
    from annotator.domain.tagset.changes import AddLabel, MoveLabel, SetLabelKey

    added = {effect.change.label.id for effect in found if isinstance(effect.change, AddLabel)}
    lines = []
    for effect in found:
        change = effect.change
        if not isinstance(change, MoveLabel) and not (isinstance(change, SetLabelKey) and change.label in added):
            lines.append(_line(effect))
    if any(isinstance(effect.change, MoveLabel) and effect.change.label not in added for effect in found):
        lines.append("The order of the labels changes.")
    return lines


def _effect_to_json(effect: Effect) -> dict[str, Any]:
    """Return a change and the number of its uses as plain values."""
    fields = {name: value for name, value in asdict(effect.change).items() if value not in (None, False)}
    if isinstance(fields.get("label"), dict):
        fields["label"] = fields["label"]["id"]
    kind = effect.change.kind
    return {"change": kind, **fields} | (asdict(effect.usage) if effect.usage else {})


def _line(effect: Effect) -> str:
    from annotator.domain.tagset.changes import (
        AddLabel,
        DescribeLabel,
        MergeLabels,
        RemoveLabel,
        RenameLabel,
        SetLabelKey,
    )

    change, usage = effect.change, effect.usage
    match change:
        case AddLabel():
            text = f"{change.label.id}: a new label"
        case RenameLabel():
            text = f"{change.label}: renamed to {change.id}"
        case DescribeLabel():
            given = [name for name, value in asdict(change).items() if name != "label" and value is not None]
            text = f"{change.label}: new {', '.join(given).replace('_', '-')}"
        case SetLabelKey():
            text = f"{change.label}: new key {change.key or 'none'}"
        case MergeLabels():
            text = f"{change.label}: merged into {change.into}"
        case RemoveLabel():
            text = f"{change.label}: removed"
        case _:
            text = "The tagset's own fields change"
    if usage is None:
        return f"{text}."
    return (
        f"{text} ({pluralise(usage.annotations, 'annotation')} in {pluralise(usage.documents, 'article')} by "
        f"{pluralise(usage.annotators, 'annotator')}, {pluralise(usage.suggestions, 'suggestion')})."
    )
