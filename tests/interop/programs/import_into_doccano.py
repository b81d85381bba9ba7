"""Run by doccano's own Python: import a JSONL file into a new project, and print what its export code gives back.

Called as: python import_into_doccano.py FILE FOLDER, with DATABASE_URL set to a database in FOLDER.
"""

import json
import os
import sys
from pathlib import Path

import backend

sys.path.insert(0, str(Path(backend.__file__).parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from data_import.datasets import load_dataset  # noqa: E402 - models exist only now
from data_import.pipeline.catalog import create_file_format  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from labels.models import Span  # noqa: E402
from projects.models import SequenceLabelingProject  # noqa: E402

user = User.objects.create_user("salma")
project = SequenceLabelingProject.objects.create(
    name="news", project_type="SequenceLabeling", created_by=user, allow_overlapping=True
)
source = FileName(full_path=sys.argv[1], generated_name="a.jsonl", upload_name="a.jsonl")
options = {"encoding": "utf_8", "column_data": "text", "column_label": "label"}
dataset = load_dataset("SequenceLabeling", create_file_format("JSONL"), [source], project, **options)
dataset.save(user)
found = []
for example in project.examples.order_by("id"):
    spans = Span.objects.filter(example=example).order_by("start_offset", "-end_offset", "id")
    labels = [[span.start_offset, span.end_offset, span.label.text] for span in spans]
    found.append({"text": example.text, "label": labels, **example.meta})
print(json.dumps({"errors": [error.dict() for error in dataset.errors], "found": found}))
