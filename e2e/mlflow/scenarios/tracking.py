"""Runs as training code logs them, and everything that can be asked of them afterwards."""

import math
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

client = MlflowClient()
experiment = mlflow.set_experiment(f"tracking {mlflow.__version__}")

with mlflow.start_run(run_name="parent", description="said of it") as parent:
    mlflow.log_param("lr", 0.1)
    mlflow.log_params({"depth": 3, "note": "it's «quoted»"})
    for step in range(10):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"acc": 0.9, "odd/name": -1.5, "nan": math.nan, "inf": math.inf}, step=3)
    mlflow.set_tag("team", "red")
    mlflow.set_tags({"a.b": "dotted", "long": "x" * 4000})
    mlflow.log_dict({"x": [1, 2]}, "conf/deep/settings.json")
    mlflow.log_text("grüße", "notes.txt")
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    mlflow.log_figure(figure, "figures/line.png")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sub").mkdir()
        Path(folder, "one file.bin").write_bytes(bytes(range(256)) * 4096)
        Path(folder, "sub", "two.txt").write_text("two")
        mlflow.log_artifact(str(Path(folder, "one file.bin")))
        mlflow.log_artifacts(folder, "all")
    children = []
    for place in range(3):
        with mlflow.start_run(run_name=f"child {place}", nested=True) as child:
            mlflow.log_metric("acc", place / 10)
            mlflow.log_param("place", place)
            children.append(child.info.run_id)

run = client.get_run(parent.info.run_id)
assert run.info.status == "FINISHED" and run.info.run_name == "parent", run.info
assert run.data.params == {"lr": "0.1", "depth": "3", "note": "it's «quoted»"}, run.data.params
assert run.data.metrics["loss"] == 0.1 and run.data.metrics["odd/name"] == -1.5
assert math.isnan(run.data.metrics["nan"]) and run.data.metrics["inf"] >= 1.797e308
assert run.data.tags["mlflow.note.content"] == "said of it" and run.data.tags["a.b"] == "dotted"
history = client.get_metric_history(run.info.run_id, "loss")
assert [point.step for point in history] == list(range(10))
assert history[4].value == 0.2
assert client.get_metric_history(run.info.run_id, "no such metric") == []

# Artifacts come back as they went.
root = run.info.artifact_uri
assert root.startswith("mlflow-artifacts:"), root
assert mlflow.artifacts.load_dict(f"{root}/conf/deep/settings.json") == {"x": [1, 2]}
assert mlflow.artifacts.load_text(f"{root}/notes.txt") == "grüße"
assert sorted(f.path for f in client.list_artifacts(run.info.run_id)) == [
    "all", "conf", "figures", "notes.txt", "one file.bin",
]
[sub, one] = sorted(client.list_artifacts(run.info.run_id, "all"), key=lambda f: not f.is_dir)
assert (sub.path, sub.is_dir, one.path, one.file_size) == ("all/sub", True, "all/one file.bin", 1 << 20)
assert client.list_artifacts(run.info.run_id, "notes.txt") == []
assert client.list_artifacts(run.info.run_id, "nothing") == []
with tempfile.TemporaryDirectory() as folder:
    got = client.download_artifacts(run.info.run_id, "all", folder)
    assert Path(got, "one file.bin").read_bytes() == bytes(range(256)) * 4096
    assert Path(got, "sub", "two.txt").read_text() == "two"

# Search, with the whole grammar.
def names(filter_string="", order_by=None, **more):
    found = client.search_runs([experiment.experiment_id], filter_string, order_by=order_by, **more)
    return [run.info.run_name for run in found]

assert names("metrics.acc > 0.05", ["metrics.acc DESC"]) == ["parent", "child 2", "child 1"]
assert names("metrics.acc <= 0.1 and params.place = '1'") == ["child 1"]
assert names("metrics.`odd/name` < 0") == ["parent"]
assert names("tags.team ILIKE 'R%'") == ["parent"]
assert names('params."lr" LIKE "0.%"') == ["parent"]
assert names("tags.`a.b` = 'dotted' AND attributes.status = 'FINISHED'") == ["parent"]
assert names(f"tags.mlflow.parentRunId = '{parent.info.run_id}'", ["params.place"]) == ["child 0", "child 1", "child 2"]
assert names(f"attributes.run_id IN ('{children[0]}', '{children[2]}')", ["run_name"]) == ["child 0", "child 2"]
assert names("run_name != 'parent' and start_time > 0", ["attributes.start_time ASC"]) == ["child 0", "child 1", "child 2"]
assert names("", ["metrics.acc ASC"])[-1] == "parent"
assert names("", ["params.place DESC"])[-1] == "parent"
pages, token = [], None
while True:
    page = client.search_runs([experiment.experiment_id], order_by=["metrics.acc"], max_results=3, page_token=token)
    pages += [run.info.run_name for run in page]
    token = page.token
    if not token:
        break
assert pages == names("", ["metrics.acc"]), pages
frame = mlflow.search_runs(filter_string="metrics.acc > 0.05")
assert len(frame) == 3 and frame["metrics.acc"].max() == 0.9
for wrong in ["metrics.acc > 'x'", "nonsense.a = 'b'", "params.lr = 3"]:
    try:
        names(wrong)
        raise AssertionError(f"{wrong} was taken")
    except MlflowException as error:
        assert error.error_code == "INVALID_PARAMETER_VALUE", error

# A batch at its limits, and beyond.
with mlflow.start_run(run_name="batch") as batch:
    points = [Metric("m", value=i, timestamp=1000 + i, step=i) for i in range(800)]
    params = [Param(f"p{i}", str(i)) for i in range(100)]
    client.log_batch(batch.info.run_id, points, params, [RunTag(f"t{i}", "v") for i in range(100)])
    client.log_batch(batch.info.run_id, points, params, [])
    assert len(client.get_metric_history(batch.info.run_id, "m")) == 800
    try:
        client.log_param(batch.info.run_id, "p0", "other")
        raise AssertionError("a param was changed")
    except MlflowException as error:
        assert error.error_code == "INVALID_PARAMETER_VALUE" and "p0" in str(error), error
assert len(client.get_run(batch.info.run_id).data.params) == 100

# Tags go, runs are renamed, deleted and restored.
client.set_tag(batch.info.run_id, "gone", "1")
client.delete_tag(batch.info.run_id, "gone")
assert "gone" not in client.get_run(batch.info.run_id).data.tags
client.update_run(batch.info.run_id, status="KILLED", name="renamed")
assert client.get_run(batch.info.run_id).info.run_name == "renamed"
client.delete_run(batch.info.run_id)
assert "renamed" not in names()
assert "renamed" in names(run_view_type=ViewType.DELETED_ONLY)
client.restore_run(batch.info.run_id)
assert names("status = 'KILLED'") == ["renamed"]

# Data sets.
if hasattr(mlflow, "log_input"):
    import pandas

    frame = pandas.DataFrame({"x": [1, 2, 3], "y": [0, 1, 0]})
    data = mlflow.data.from_pandas(frame, source="https://example.org/data.csv", name="delays", targets="y")
    with mlflow.start_run(run_name="with data") as reader:
        mlflow.log_input(data, context="training")
    [read] = client.get_run(reader.info.run_id).inputs.dataset_inputs
    assert (read.dataset.name, read.dataset.digest) == ("delays", data.digest), read.dataset
    assert [(tag.key, tag.value) for tag in read.tags] == [("mlflow.data.context", "training")]
    assert names("dataset.name = 'delays' AND dataset.context = 'training'") == ["with data"]

# Experiments.
other = client.create_experiment(f"other {mlflow.__version__}", tags={"kind": "side"})
found = client.search_experiments(filter_string="tags.kind = 'side' AND name LIKE 'other%'", order_by=["name ASC"])
assert other in [each.experiment_id for each in found]
client.rename_experiment(other, f"renamed {mlflow.__version__}")
client.set_experiment_tag(other, "k", "v")
assert client.get_experiment(other).tags["k"] == "v"
client.delete_experiment(other)
assert client.get_experiment(other).lifecycle_stage == "deleted"
assert other not in [each.experiment_id for each in client.search_experiments()]
assert other in [each.experiment_id for each in client.search_experiments(view_type=ViewType.DELETED_ONLY)]
client.restore_experiment(other)
assert client.get_experiment_by_name(f"renamed {mlflow.__version__}").lifecycle_stage == "active"
assert client.get_experiment_by_name("no such experiment") is None
try:
    client.create_experiment(experiment.name)
    raise AssertionError("a name was taken twice")
except MlflowException as error:
    assert error.error_code == "RESOURCE_ALREADY_EXISTS", error
print("ok")
