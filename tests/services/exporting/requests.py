"""Exports in one line: the wishes of a test as one ExportRequest."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from annotator.formats.base.writer import WriteOptions
from annotator.services.exporting.dry_run import DryRun, dry_run
from annotator.services.exporting.export import export_project
from annotator.services.exporting.report import ExportReport
from annotator.services.exporting.request import ExportRequest
from annotator.services.progress import Progress, no_progress
from annotator.storage.project import Project

_OPTIONS = frozenset(option.name for option in fields(WriteOptions))


def request(format: str, **wishes: Any) -> ExportRequest:
    """Return a request with these options of the writer and of the request."""
    options = {name: wishes.pop(name) for name in _OPTIONS & wishes.keys()}
    return ExportRequest(format, WriteOptions(**options), **wishes)


def export_as(
    project: Project,
    out: Path,
    format: str,
    *,
    report_path: Path | None = None,
    progress: Progress = no_progress,
    **wishes: Any,
) -> ExportReport:
    """Export a project to a file."""
    return export_project(project, out, request(format, **wishes), report_path=report_path, progress=progress)


def dry_run_as(
    project: Project, format: str, *, first: int | None = None, progress: Progress = no_progress, **wishes: Any
) -> DryRun:
    """Do a dry run of an export."""
    return dry_run(project, request(format, **wishes), first=first, progress=progress)
