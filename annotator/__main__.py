"""`python -m annotator`: the same as the command annotator. Child processes and the stand-alone program begin here."""

from __future__ import annotations

import sys

from annotator.program_command import WORKER, restore_library_path


def main() -> None:
    """Run a command, or serve the program that started this one as its child process."""
    restore_library_path()
    if sys.argv[1:2] == [WORKER]:
        from annotator.suggest.child_process import main as serve

        serve(*sys.argv[2:])
    else:
        from annotator.cli import main as run

        run(prog_name="annotator")


if __name__ == "__main__":
    main()
