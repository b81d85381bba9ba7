"""The table of label ids: what each id in the log that differs means now. The view of annotations reads it.

Nothing else does: the program computes the same from the tagset (domain/tagset/tagset_cells.py). The table is written
in the transaction that changes the tagset.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

from annotator.domain.tagset.tagset import Label, Tagset
from annotator.domain.tagset.tagset_cells import fold_tagset


def present_label_ids(db: Database) -> dict[str, str]:
    """Return the present id of each label whose id in the log differs, from the project's tagset and its changes.

    Returns nothing if the tagset cannot be read. Opening and checking the project then report that.
    """
    row = db.execute("select value from meta where name = 'tagset'").fetchone()
    if row is None:
        return {}  # a new file
    try:
        labels = json.loads(row[0])["labels"]
        # The ids do not depend on names and colours.
        base = Tagset("", tuple(Label(each["id"], {}, {}, formerly=tuple(each.get("formerly", ()))) for each in labels))
        cells = {key: json.loads(value)["value"] for key, value in db.execute("select key, value from tagset")}
        return dict(fold_tagset(base, cells).ids.present)
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}


def write_label_ids(db: Database) -> None:
    """Write the table again, in the open transaction."""
    db.execute("delete from label_ids")
    db.conn.executemany("insert into label_ids (stored, label) values (?, ?)", sorted(present_label_ids(db).items()))
