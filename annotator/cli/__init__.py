"""The commands: each a few lines that call the rooms below.

Exit codes: 0 done, 1 done but some input was refused, 2 could not, 130 stopped by Ctrl+C. Nothing heavy
is imported before a command runs, so that --help answers at once.
"""

from __future__ import annotations

from annotator.cli.starting import StoppingAtOnce

with StoppingAtOnce():
    from annotator.cli.backup_commands import backup, restore
    from annotator.cli.check_commands import check, repair
    from annotator.cli.data_commands import import_, merge, suggest
    from annotator.cli.export_command import export_
    from annotator.cli.group import main
    from annotator.cli.learn_commands import train
    from annotator.cli.measure_commands import evaluate, simulate
    from annotator.cli.model_commands import models
    from annotator.cli.project_commands import new, stats
    from annotator.cli.remove_command import remove
    from annotator.cli.tagset_commands import tagset
    from annotator.cli.team_commands import team
    from annotator.cli.window_commands import demo, doctor, open_

for command in (
    open_,
    demo,
    new,
    import_,
    suggest,
    train,
    export_,
    merge,
    remove,
    tagset,
    team,
    stats,
    backup,
    restore,
    check,
    repair,
    evaluate,
    simulate,
    models,
    doctor,
):
    main.add_command(command)

__all__ = ["main"]
