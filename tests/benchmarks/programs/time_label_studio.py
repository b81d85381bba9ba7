"""Run by Label Studio's own Python: time an import of a JSON file and its own exports, as one JSON object of seconds.

Called as: python time_label_studio.py FILE, with LABEL_STUDIO_BASE_DATA_DIR set to a new folder. What is timed is the
code that its server calls for a request, without the server, the browser and the start of the program.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

import label_studio

sys.path.insert(0, str(Path(label_studio.__file__).parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings.label_studio")

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from data_export.models import DataExport  # noqa: E402 - models exist only now
from data_export.serializers import ExportDataSerializer  # noqa: E402
from data_import.serializers import ImportApiSerializer  # noqa: E402
from organizations.models import Organization  # noqa: E402
from projects.models import Project  # noqa: E402
from tasks.models import Task  # noqa: E402
from users.models import User  # noqa: E402

user = User.objects.create(email="salma@example.org", username="salma")
organization = Organization.create_organization(created_by=user, title="news")
user.active_organization = organization
user.save()
labels = "".join(f'<Label value="{label}"/>' for label in ("PERS", "LOC", "ORG", "MISC"))
project = Project.objects.create(
    title="news",
    created_by=user,
    organization=organization,
    label_config=f'<View><Labels name="label" toName="text">{labels}</Labels><Text name="text" value="$text"/></View>',
)
took = {}


def timed(what, work):
    """Keep the wall clock's and the processor's seconds of some work."""
    began, used = time.perf_counter(), time.process_time()
    work()
    took[what] = [time.perf_counter() - began, time.process_time() - used]


def take_in():
    """Import as its import request does."""
    tasks = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    serializer = ImportApiSerializer(data=tasks, many=True, context={"project": project, "user": user})
    serializer.is_valid(raise_exception=True)
    serializer.save(project_id=project.id)


def write(kind):
    """Export as its export request does."""
    query = Task.objects.filter(project=project).select_related("project").prefetch_related("annotations")
    tasks = ExportDataSerializer(query, many=True, expand=["drafts"], context={"interpolate_key_frames": False}).data
    file, _, _ = DataExport.generate_export_file(project, tasks, kind, False, {})
    file.close()


timed("import", take_in)
timed("json", lambda: write("JSON"))
timed("conll", lambda: write("CONLL2003"))
took["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(took))
