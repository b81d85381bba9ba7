"""Run by doccano's own Python: time an import of a JSONL file and its own export, as one JSON object of seconds.

Called as: python time_doccano.py FILE, with DATABASE_URL set to a new database. What is timed is the code that its
server calls for a request, without the server, the browser and the start of the program.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

import backend

sys.path.insert(0, str(Path(backend.__file__).parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from data_export.celery_tasks import create_collaborative_dataset, create_formatter, create_writer  # noqa: E402
from data_import.datasets import load_dataset  # noqa: E402 - models exist only now
from data_import.pipeline.catalog import create_file_format  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from projects.models import SequenceLabelingProject  # noqa: E402

user = User.objects.create_user("salma")
project = SequenceLabelingProject.objects.create(
    name="news",
    project_type="SequenceLabeling",
    created_by=user,
    allow_overlapping=True,
    collaborative_annotation=True,
)
took = {}


def timed(what, work):
    """Keep the wall clock's and the processor's seconds of some work."""
    began, used = time.perf_counter(), time.process_time()
    work()
    took[what] = [time.perf_counter() - began, time.process_time() - used]


def take_in():
    """Import as its import task does."""
    source = FileName(full_path=sys.argv[1], generated_name="a.jsonl", upload_name="a.jsonl")
    options = {"encoding": "utf_8", "column_data": "text", "column_label": "label"}
    load_dataset("SequenceLabeling", create_file_format("JSONL"), [source], project, **options).save(user)


def write():
    """Export as its export task does."""
    create_collaborative_dataset(project, ".", False, create_formatter(project, "JSONL"), create_writer("JSONL"))


timed("import", take_in)
timed("json", write)
took["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(took))
