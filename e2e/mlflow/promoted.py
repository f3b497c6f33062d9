"""What the real client finds of a promoted model, and what it is told when it goes around the policy.

    python promoted.py MODEL VERSION OTHER

VERSION is in Production, which is protected; OTHER is to be moved there unmodified. Prints one line of JSON.
"""

import hashlib
import json
import pathlib
import sys

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

name, version, other = sys.argv[1:]
client = MlflowClient()
[served] = client.get_latest_versions(name, ["Production"])
assert str(served.version) == version, served
folder = pathlib.Path(mlflow.artifacts.download_artifacts(f"models:/{name}/Production"))
told = {
    "files": {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }
}

if (folder / "MLmodel").exists():
    import numpy

    model = mlflow.pyfunc.load_model(f"models:/{name}/Production")
    width = model.metadata.signature.inputs.inputs[0].shape[1]
    answer = model.predict(numpy.zeros((3, width), dtype=numpy.float32))
    told["probabilities"] = numpy.asarray(answer["probabilities"]).tolist()

try:
    client.transition_model_version_stage(name, other, "Production")
except MlflowException as error:
    told["refused"] = {
        "code": error.error_code,
        "status": error.get_http_status_code(),
        "message": error.message,
    }
print(json.dumps(told))
