"""What CAMeL Tools itself says: NERecognizer.predict on the sentences of standard input, as JSON.

Run as `python -m tests.suggest.camel.camel_reference MODEL_FOLDER`, in the environment that the worker has.
"""

from __future__ import annotations

import json
import sys

from camel_tools.ner import NERecognizer

if __name__ == "__main__":
    recogniser = NERecognizer(sys.argv[1], use_gpu=False)
    json.dump(recogniser.predict(json.load(sys.stdin)), sys.stdout)
