"""Run by Label Studio's own Python: import a JSON file into a new project, and print what its export code gives back.

Called as: python import_into_label_studio.py FILE, with LABEL_STUDIO_BASE_DATA_DIR set to a new folder.
"""

import json
import os
import sys
from pathlib import Path

import label_studio

sys.path.insert(0, str(Path(label_studio.__file__).parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings.label_studio")

import django
from django.core.management import call_command

django.setup()
call_command("migrate", verbosity=0)

from data_import.serializers import ImportApiSerializer  # noqa: E402 - models exist only now
from organizations.models import Organization  # noqa: E402
from projects.models import Project  # noqa: E402
from tasks.models import Task  # noqa: E402
from users.models import User  # noqa: E402

tasks = json.loads(Path(sys.argv[1]).read_text("utf-8"))
made = [each for task in tasks for each in (*task["annotations"], *task["predictions"])]
results = [result for each in made for result in each["result"]]
labels = sorted({label for result in results for label in result["value"]["labels"]})
config = "".join(f'<Label value="{label}"/>' for label in labels)
user = User.objects.create(email="salma@example.org", username="salma")
organization = Organization.create_organization(created_by=user, title="news")
user.active_organization = organization
user.save()
project = Project.objects.create(
    title="news",
    created_by=user,
    organization=organization,
    label_config=f'<View><Labels name="label" toName="text">{config}</Labels><Text name="text" value="$text"/></View>',
)
serializer = ImportApiSerializer(data=tasks, many=True, context={"project": project, "user": user})
serializer.is_valid(raise_exception=True)
serializer.save(project_id=project.id)
found = []
for task in Task.objects.filter(project=project).order_by("id"):
    given = [{"result": annotation.result} for annotation in task.annotations.order_by("id")]
    predicted = [
        {"result": prediction.result, "model_version": prediction.model_version}
        for prediction in task.predictions.order_by("id")
    ]
    found.append({"data": task.data, "annotations": given, "predictions": predicted, "meta": task.meta})
print(json.dumps({"errors": [], "found": found}))
