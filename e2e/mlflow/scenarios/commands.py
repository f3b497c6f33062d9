"""MLflow's own command line against this server."""

import json
import subprocess
import sys

import mlflow
import numpy
from sklearn.linear_model import LinearRegression

three = int(mlflow.__version__.split(".")[0]) >= 3


def run(*arguments, stdin=None):
    command = [sys.executable, "-m", "mlflow", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, input=stdin, timeout=120)
    assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
    return done.stdout


name = f"commands {mlflow.__version__}"
run("experiments", "create", "--experiment-name", name)
experiment = mlflow.set_experiment(name)
model = LinearRegression().fit(numpy.array([[0.0], [1.0]]), numpy.array([0.0, 2.0]))
where = {"name": "model"} if three else {"artifact_path": "model"}
with mlflow.start_run(run_name="by command") as made:
    mlflow.log_text("hello", "hello.txt")
    mlflow.sklearn.log_model(model, pip_requirements=["scikit-learn"], registered_model_name=name, **where)
assert name in run("experiments", "search")
assert made.info.run_id in run("runs", "list", "--experiment-id", experiment.experiment_id)
assert json.loads(run("runs", "describe", "--run-id", made.info.run_id))["info"]["run_name"] == "by command"
run("runs", "delete", "--run-id", made.info.run_id)
run("runs", "restore", "--run-id", made.info.run_id)
assert "hello.txt" in run("artifacts", "list", "--run-id", made.info.run_id)
answer = run("models", "predict", "-m", f"models:/{name}/1", "--env-manager", "local",
             stdin='{"inputs": [[2.0]]}')
[prediction] = json.loads(answer.strip().splitlines()[-1])["predictions"]
assert abs(prediction - 4) < 1e-9, answer
print("ok")
