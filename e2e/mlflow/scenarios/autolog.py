"""scikit-learn's autolog: params, metrics, data sets and the model, without a line of logging code."""

import mlflow
from mlflow import MlflowClient
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier

mlflow.set_experiment(f"autolog {mlflow.__version__}")
mlflow.sklearn.autolog()
features, labels = load_iris(return_X_y=True)
with mlflow.start_run() as run:
    RandomForestClassifier(n_estimators=5, max_depth=3).fit(features, labels)
run = MlflowClient().get_run(run.info.run_id)
assert run.data.params["n_estimators"] == "5", run.data.params
assert run.data.metrics["training_score"] > 0.9, run.data.metrics
assert run.inputs.dataset_inputs, "autolog notes its data set"
if int(mlflow.__version__.split(".")[0]) >= 3:
    uri = f"models:/{run.outputs.model_outputs[0].model_id}"
else:
    uri = f"runs:/{run.info.run_id}/model"
assert mlflow.pyfunc.load_model(uri).predict(features[:2]).tolist() == [0, 0]
print("ok")
