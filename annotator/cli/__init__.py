"""The command line: each command parses its options, calls a service and prints the result.

Heavy modules are imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

from annotator.cli.interrupt import ExitOnInterrupt

with ExitOnInterrupt():
    from annotator.cli.adjudicate_command import adjudicate
    from annotator.cli.agreement_command import agreement
    from annotator.cli.assign_command import assign
    from annotator.cli.backup_commands import backup, restore
    from annotator.cli.check_commands import check, repair, rules
    from annotator.cli.desktop_command import completion, desktop
    from annotator.cli.doctor_command import doctor
    from annotator.cli.effort_command import effort
    from annotator.cli.evaluate_command import evaluate
    from annotator.cli.export_command import export_
    from annotator.cli.formats_command import formats
    from annotator.cli.group import main
    from annotator.cli.import_command import import_
    from annotator.cli.merge_command import merge
    from annotator.cli.models_commands import models
    from annotator.cli.options import hidden_alias
    from annotator.cli.pack_command import pack
    from annotator.cli.progress_command import progress
    from annotator.cli.project_commands import new, stats
    from annotator.cli.remove_command import remove
    from annotator.cli.suggest_command import suggest
    from annotator.cli.sync_command import sync
    from annotator.cli.tagset_commands import tagset
    from annotator.cli.team_commands import team
    from annotator.cli.train_command import train
    from annotator.cli.window_commands import demo, open_

for command in (
    open_,
    demo,
    new,
    import_,
    suggest,
    train,
    export_,
    assign,
    pack,
    merge,
    adjudicate,
    sync,
    remove,
    tagset,
    rules,
    team,
    agreement,
    stats,
    progress,
    backup,
    restore,
    check,
    repair,
    evaluate,
    effort,
    models,
    formats,
    doctor,
    desktop,
    completion,
):
    main.add_command(command)

# Former names, for one release.
main.add_command(hidden_alias(team, "annotators", '"annotator annotators" is now "annotator team".'))
main.add_command(hidden_alias(effort, "simulate", '"annotator simulate" is now "annotator effort".'))

__all__ = ["main"]
