"""A model from its training to Production, and every way of loading it."""

import json

import mlflow
import numpy
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from sklearn.linear_model import LogisticRegression

client = MlflowClient()
three = int(mlflow.__version__.split(".")[0]) >= 3
name = f"flights {mlflow.__version__}"
features = numpy.array([[0.0], [1.0], [2.0], [3.0]])
labels = numpy.array([0, 0, 1, 1])
mlflow.set_experiment(f"registry {mlflow.__version__}")


def train(**more):
    model = LogisticRegression().fit(features, labels)
    where = {"name": "model"} if three else {"artifact_path": "model"}
    with mlflow.start_run() as run:
        mlflow.log_metric("acc", 1.0)
        info = mlflow.sklearn.log_model(
            model, signature=infer_signature(features, model.predict(features)), input_example=features[:1],
            pip_requirements=["scikit-learn"], **where, **more
        )
    return run, info


first, info = train(registered_model_name=name)
train(registered_model_name=name)
version = client.get_model_version(name, "1")
assert version.status == "READY" and version.run_id == first.info.run_id, version
assert [v.version for v in client.search_model_versions(f"name = '{name}'", order_by=["version_number ASC"])] in (["1", "2"], [1, 2])


def loads(uri):
    model = mlflow.pyfunc.load_model(uri)
    assert list(model.predict(features)) == [0, 0, 1, 1], uri
    return model


assert loads(info.model_uri).metadata.signature is not None
loads(f"runs:/{first.info.run_id}/model")
loads(f"models:/{name}/1")
loads(f"models:/{name}/latest")

# Stages.
moved = client.transition_model_version_stage(name, "1", "Production")
assert moved.current_stage == "Production"
loads(f"models:/{name}/Production")
client.transition_model_version_stage(name, "2", "production", archive_existing_versions=True)
assert client.get_model_version(name, "1").current_stage == "Archived"
[production] = client.get_latest_versions(name, ["Production"])
assert str(production.version) == "2"
try:
    client.transition_model_version_stage(name, "2", "Somewhere")
    raise AssertionError("a stage was invented")
except MlflowException as error:
    assert error.error_code == "INVALID_PARAMETER_VALUE", error

# Aliases and tags.
client.set_registered_model_alias(name, "champion", "1")
loads(f"models:/{name}@champion")
assert str(client.get_model_version_by_alias(name, "champion").version) == "1"
client.set_registered_model_alias(name, "champion", "2")
assert client.get_registered_model(name).aliases == {"champion": "2"} or client.get_registered_model(name).aliases == {"champion": 2}
client.delete_registered_model_alias(name, "champion")
client.set_registered_model_tag(name, "task", "delay")
client.set_model_version_tag(name, "1", "checked", "yes")
assert client.get_registered_model(name).tags == {"task": "delay"}
assert client.get_model_version(name, "1").tags["checked"] == "yes"
client.delete_registered_model_tag(name, "task")
client.delete_model_version_tag(name, "1", "checked")
assert client.get_registered_model(name).tags == {}
client.update_registered_model(name, "delays of flights")
client.update_model_version(name, "1", "the first")
assert client.get_registered_model(name).description == "delays of flights"
assert client.get_model_version(name, "1").description == "the first"

# Search.
by_run = client.search_model_versions(f"run_id = '{first.info.run_id}'")
assert [str(v.version) for v in by_run] == ["1"]
assert [m.name for m in client.search_registered_models(f"name ILIKE '{name.upper()}'")] == [name]
assert [m.name for m in client.search_registered_models(f"name LIKE '{name[:4]}%'", order_by=["name DESC"], max_results=1)]
assert client.search_model_versions("tags.checked = 'yes'") == []

# Registered from a run, copied, described, deleted.
source = info.model_uri
made = client.create_model_version(name, source, first.info.run_id, tags={"how": "by hand"}, description="third")
assert str(made.version) == "3" and made.tags["how"] == "by hand"
assert client.get_model_version_download_uri(name, "3")
mlflow.register_model(f"runs:/{first.info.run_id}/model", name)
loads(f"models:/{name}/4")
if hasattr(client, "copy_model_version"):
    copied = client.copy_model_version(f"models:/{name}/1", f"{name} copy")
    loads(f"models:/{name} copy/{copied.version}")
    client.delete_registered_model(f"{name} copy")
client.delete_model_version(name, "4")
try:
    client.get_model_version(name, "4")
    raise AssertionError("a deleted version was found")
except MlflowException as error:
    assert error.error_code == "RESOURCE_DOES_NOT_EXIST", error
assert str(client.create_model_version(name, "runs:/none/model", "none").version) == "5"
client.rename_registered_model(name, f"{name} renamed")
loads(f"models:/{name} renamed/1")
try:
    client.get_registered_model(name)
    raise AssertionError("the old name is still there")
except MlflowException as error:
    assert error.error_code == "RESOURCE_DOES_NOT_EXIST", error
client.create_registered_model(f"{name} empty", tags={"a": "b"}, description="nothing yet")
try:
    client.create_registered_model(f"{name} empty")
    raise AssertionError("a name was taken twice")
except MlflowException as error:
    assert error.error_code == "RESOURCE_ALREADY_EXISTS", error
client.delete_registered_model(f"{name} empty")

if three:
    from mlflow.utils.credentials import get_default_host_creds
    from mlflow.utils.rest_utils import http_request

    found = mlflow.search_logged_models(filter_string=f"source_run_id = '{first.info.run_id}'", output_format="list")
    assert [model.model_id for model in found] == [info.model_id], found
    model = mlflow.get_logged_model(info.model_id)
    assert model.status.value == "READY" and model.metrics[0].value == 1.0, model
    registered = json.loads(model.tags["mlflow.modelVersions"])
    assert {"name": f"{name} renamed", "version": 1} in registered, registered
    file = http_request(
        get_default_host_creds(mlflow.get_tracking_uri()),
        f"/ajax-api/2.0/mlflow/logged-models/{info.model_id}/artifacts/files",
        "GET",
        params={"artifact_file_path": "MLmodel"},
    )
    assert file.status_code == 200 and info.model_id in file.text, file.text
    mlflow.set_logged_model_tags(info.model_id, {"k": "v"})
    assert mlflow.get_logged_model(info.model_id).tags["k"] == "v"
    client.delete_logged_model_tag(info.model_id, "k")
    better = mlflow.search_logged_models(
        filter_string="metrics.acc > 0.5", order_by=[{"field_name": "metrics.acc", "ascending": False}], output_format="list"
    )
    assert len(better) == 2, better
    assert [out.model_id for out in client.get_run(first.info.run_id).outputs.model_outputs] == [info.model_id]
print("ok")
