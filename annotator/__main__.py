"""`python -m annotator`: the same as the command annotator."""

from __future__ import annotations

from annotator.cli import main

if __name__ == "__main__":
    main(prog_name="annotator")
