"""Everything that a tracking server holds under a prefix, as JSON that is the same wherever it lies.

Experiments are told apart by name, files by their digests, and places by what is below the experiment's.
"""

import hashlib
import json
import pathlib
import re
import sys
import tempfile

import mlflow
import pandas as pd
from mlflow import MlflowClient
from mlflow.entities import ViewType

prefix = sys.argv[1]
client = MlflowClient()


def paged(ask):
    token = None
    while True:
        page = ask(token)
        yield from page
        token = page.token
        if not token:
            return


def below_experiment(uri):
    return re.sub(r"^.*/(?=models/m-|[0-9a-f]{32}/)", "", uri or "")


def files_at(uri):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=folder))
        return {
            str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }


def text(value):
    return str(float(value))


def run_of(run, experiment):
    run = client.get_run(run.info.run_id)
    info, data = run.info, run.data
    history = {
        # A store in a folder keeps a point that was logged twice twice.
        key: sorted(
            {(point.step, point.timestamp, text(point.value)) for point in client.get_metric_history(info.run_id, key)}
        )
        for key in data.metrics
    }
    outputs = getattr(run, "outputs", None)
    return {
        "experiment": experiment,
        "id": info.run_id,
        "name": info.run_name,
        "user": info.user_id,
        "status": info.status,
        "start": info.start_time,
        "end": info.end_time,
        "lifecycle": info.lifecycle_stage,
        "params": data.params,
        "tags": data.tags,
        "latest": {key: text(value) for key, value in data.metrics.items()},
        "history": history,
        "datasets": [
            {**dict(each.dataset), "tags": {tag.key: tag.value for tag in each.tags}}
            for each in run.inputs.dataset_inputs
        ],
        "models": sorted([each.model_id, each.step] for each in (outputs.model_outputs if outputs else [])),
        # Servers fail over the folder of a run that logged no file.
        "files": files_at(info.artifact_uri) if client.list_artifacts(info.run_id) else {},
    }


def logged_models(experiment_id, experiment):
    if not hasattr(client, "search_logged_models"):
        return
    for model in client.search_logged_models([experiment_id]):
        yield {
            "experiment": experiment,
            "id": model.model_id,
            "name": model.name,
            "created": model.creation_timestamp,
            "status": str(model.status),
            "run": model.source_run_id,
            "params": model.params,
            "tags": model.tags,
            "metrics": sorted([each.key, text(each.value), each.step] for each in model.metrics or []),
            "files": files_at(model.artifact_location),
        }


def version_of(version):
    uri = client.get_model_version_download_uri(version.name, version.version)
    with tempfile.TemporaryDirectory() as folder:
        # A copy: a client that finds the model on its own disk would write a note beside it.
        address = f"models:/{version.name}/{version.version}"
        copy = mlflow.artifacts.download_artifacts(artifact_uri=address, dst_path=folder)
        predicted = mlflow.pyfunc.load_model(copy).predict(pd.DataFrame({"x": [21.0]}))
    return {
        "number": str(version.version),
        "stage": version.current_stage,
        "description": version.description,
        "run": version.run_id,
        "tags": version.tags,
        "source": below_experiment(version.source),
        "place": below_experiment(uri),
        "created": version.creation_timestamp,
        "updated": version.last_updated_timestamp,
        "predicts": predicted["x"].tolist(),
    }


experiments = [
    each
    for each in paged(lambda token: client.search_experiments(view_type=ViewType.ALL, page_token=token))
    if each.name.startswith(f"{prefix}-")
]
found = {"experiments": [], "runs": [], "logged_models": [], "models": []}
for each in sorted(experiments, key=lambda experiment: experiment.name):
    found["experiments"].append(
        {
            "name": each.name,
            "lifecycle": each.lifecycle_stage,
            "created": each.creation_time,
            "updated": each.last_update_time,
            "tags": each.tags,
        }
    )
    runs = paged(
        lambda token: client.search_runs(
            [each.experiment_id], run_view_type=ViewType.ALL, page_token=token, max_results=500
        )
    )
    found["runs"] += sorted((run_of(run, each.name) for run in runs), key=lambda run: run["id"])
    found["logged_models"] += sorted(
        logged_models(each.experiment_id, each.name), key=lambda model: model["id"]
    )
for model in paged(lambda token: client.search_registered_models(page_token=token)):
    if model.name.startswith(f"{prefix}-"):
        versions = client.search_model_versions(f"name = '{model.name}'")
        found["models"].append(
            {
                "name": model.name,
                "description": model.description or "",
                "tags": model.tags,
                "aliases": {alias: str(number) for alias, number in model.aliases.items()},
                "created": model.creation_timestamp,
                "versions": sorted(map(version_of, versions), key=lambda version: int(version["number"])),
            }
        )
pathlib.Path(sys.argv[2]).write_text(json.dumps(found, indent=1, sort_keys=True))
print("ok")
