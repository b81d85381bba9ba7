"""annotator desktop install and remove, and annotator completion"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from annotator.cli.options import json_option
from annotator.cli.output import echo, echo_json

SHELLS = ("bash", "zsh", "fish")
_COMPLETIONS = {
    "bash-completion/completions/annotator": "bash",
    "fish/vendor_completions.d/annotator.fish": "fish",
}
"""Where shells look for completions in the user's data folder. zsh has no folder of its own there."""


@click.group()
def desktop() -> None:
    """Add annotator to the menu of a Linux desktop, or remove it.

    The Debian package does this itself. Use it after an installation with uv, pipx or pip.
    """


@desktop.command()
@json_option
def install(as_json: bool) -> None:
    """Add a menu entry, icons, the file type .annot, and completion for bash and fish.

    The files are written to your data folder, usually ~/.local/share. A double-click on a project then opens it.
    """
    from annotator.services.desktop import install as install_files

    written = install_files({name: completion_script(shell) for name, shell in _COMPLETIONS.items()})
    if as_json:
        echo_json({"written": [str(path) for path in written]})
        return
    for path in written:
        echo(str(path))


@desktop.command()
@json_option
def remove(as_json: bool) -> None:
    """Remove what "desktop install" added."""
    from annotator.services.desktop import remove as remove_files

    removed = remove_files(dict.fromkeys(_COMPLETIONS, ""))
    if as_json:
        echo_json({"removed": [str(path) for path in removed]})
        return
    for path in removed:
        echo(f"Removed {path}")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print a script that completes commands in a shell.

    It completes options and the values of --format, --tagset and --suggester, too.

    \b
    Examples:
      eval "$(annotator completion bash)"
      annotator completion zsh > ~/.zfunc/_annotator
    """
    for line in completion_script(shell).splitlines():
        echo(line)


def completion_script(shell: str) -> str:
    """Return the script that completes commands in a shell."""
    from annotator.cli.group import main

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - click has all of SHELLS
    # source_template and not source(), which starts bash to check its version.
    made = found(main, {}, "annotator", "_ANNOTATOR_COMPLETE")
    return made.source_template % made.source_vars()
