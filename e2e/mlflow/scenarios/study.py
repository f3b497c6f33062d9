"""An Optuna study of 50 trials, logged by its callback."""

import warnings

import mlflow
import optuna
from mlflow import MlflowClient
from optuna_integration import MLflowCallback

warnings.filterwarnings("ignore")

optuna.logging.set_verbosity(optuna.logging.ERROR)
name = f"study {mlflow.__version__}"
callback = MLflowCallback(tracking_uri=mlflow.get_tracking_uri(), metric_name="loss")
study = optuna.create_study(study_name=name, direction="minimize")
study.optimize(
    lambda trial: (trial.suggest_float("x", -10, 10) - 2) ** 2, n_trials=50, callbacks=[callback]
)
client = MlflowClient()
experiment = client.get_experiment_by_name(name)
runs = client.search_runs([experiment.experiment_id], order_by=["metrics.loss ASC"])
assert len(runs) == 50, len(runs)
assert runs[0].data.metrics["loss"] == study.best_value
assert abs(float(runs[0].data.params["x"]) - study.best_params["x"]) < 1e-12
print("ok")
