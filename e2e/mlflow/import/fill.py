"""Fills an MLflow server with everything that an import brings over, under names that start with a prefix.

python fill.py <prefix> <runs> first    all of it
python fill.py <prefix> <runs> more     what training adds later: a run ends, another is made, a version gets an alias
"""

import math
import pathlib
import sys
import tempfile

import mlflow
import numpy as np
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

prefix, runs, phase = sys.argv[1], int(sys.argv[2]), sys.argv[3]
client = MlflowClient()
three = int(mlflow.__version__.split(".")[0]) >= 3
start = 1_700_000_000_000


class Doubles(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input * 2


def log_model():
    """Without requirements, which a process of their own would be started for to find them."""
    return mlflow.pyfunc.log_model(
        artifact_path="model",
        python_model=Doubles(),
        pip_requirements=[],
        signature=mlflow.models.infer_signature(pd.DataFrame({"x": [1.0]}), pd.DataFrame({"x": [2.0]})),
    )


def sweep():
    mlflow.set_experiment(f"{prefix}-sweep")
    with mlflow.start_run(run_name="parent") as parent:
        mlflow.log_params({"depth": 3, "words": "naïve – “quoted” ✓", "empty": ""})
        for child in range(runs):
            with mlflow.start_run(nested=True, run_name=f"child-{child}") as run:
                points = [
                    Metric("loss", 1 / (1 + step), start + 1000 * step, step)
                    for step in range(400)
                ]
                points += [Metric("acc", child / 7 + step / 1e6, start + step, -5 + step) for step in range(90)]
                client.log_batch(
                    run.info.run_id,
                    metrics=points,
                    params=[Param("lr", str(0.1 / (child + 1)))],
                    tags=[RunTag("fold", str(child % 3))],
                )
    return parent.info.run_id


def oddities():
    experiment = mlflow.create_experiment(f"{prefix}-odd", tags={"team": "flights", "note": "line\nbreak"})
    mlflow.set_experiment(f"{prefix}-odd")
    with mlflow.start_run(run_name="odd") as run:
        for step, value in enumerate([math.nan, math.inf, -math.inf, 1.5]):
            client.log_metric(run.info.run_id, "odd", value, timestamp=start + step, step=step)
        client.log_metric(run.info.run_id, "a/b c.d-e_f", 1e-300, timestamp=start, step=0)
        data = mlflow.data.from_pandas(pd.DataFrame({"x": [1.0, 2.0], "y": [0, 1]}), name="flights", targets="y")
        mlflow.log_input(data, context="training")
        mlflow.log_text("zero\n", "notes/deep/naïve file.txt")
        mlflow.log_dict({"a": [1, 2]}, "table.json")
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "weights.bin")
            path.write_bytes(np.random.default_rng(7).bytes(3_000_000))
            mlflow.log_artifact(str(path))
            path.with_name("empty").write_bytes(b"")
            mlflow.log_artifact(str(path.with_name("empty")))
    failed = client.create_run(experiment, run_name="failed", start_time=start)
    client.set_terminated(failed.info.run_id, "FAILED", end_time=start + 5)
    client.set_terminated(client.create_run(experiment, run_name="killed").info.run_id, "KILLED")
    going = client.create_run(experiment, run_name="going")
    client.log_metric(going.info.run_id, "loss", 0.5, timestamp=start, step=1)
    deleted = client.create_run(experiment, run_name="deleted")
    client.log_param(deleted.info.run_id, "p", "1")
    client.set_terminated(deleted.info.run_id)
    client.delete_run(deleted.info.run_id)

    gone = mlflow.create_experiment(f"{prefix}-deleted")
    run = client.create_run(gone, run_name="with it")
    client.set_terminated(run.info.run_id)
    client.delete_experiment(gone)


def registry():
    name = f"{prefix}-model"
    mlflow.set_experiment(f"{prefix}-models")
    client.create_registered_model(name, tags={"team": "flights"}, description="Doubles what it gets.")
    for number in range(1, 4):
        with mlflow.start_run(run_name=f"model-{number}") as run:
            mlflow.log_metric("acc", number / 10)
            logged = log_model()
        source = f"{run.info.artifact_uri}/model" if number == 1 else f"runs:/{run.info.run_id}/model"
        more = {"tags": {"n": str(number)}, "description": f"version {number}"}
        if three:
            # Models lie beside runs, and are registered as themselves.
            source, more["model_id"] = logged.model_uri, logged.model_id
        client.create_model_version(name, source, run.info.run_id, **more)
    client.delete_model_version(name, "2")
    client.transition_model_version_stage(name, "1", "Production")
    client.transition_model_version_stage(name, "3", "Staging")
    client.set_registered_model_alias(name, "champion", "1")
    client.set_registered_model_alias(name, "challenger", "3")
    client.create_registered_model(f"{prefix}-empty")


def more():
    experiment = client.get_experiment_by_name(f"{prefix}-odd").experiment_id
    [going] = [run for run in client.search_runs([experiment]) if run.info.run_name == "going"]
    client.log_metric(going.info.run_id, "loss", 0.25, timestamp=start + 1, step=2)
    client.set_terminated(going.info.run_id)
    late = client.create_run(experiment, run_name="late")
    client.log_param(late.info.run_id, "p", "2")
    client.set_terminated(late.info.run_id)
    client.set_registered_model_alias(f"{prefix}-model", "late", "3")


if phase == "first":
    oddities()
    registry()
    sweep()
else:
    more()
print("ok")
