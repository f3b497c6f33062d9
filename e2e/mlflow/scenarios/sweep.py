"""
An Optuna study with params of every kind, pruned and failed trials, logged by its callback. Says what Optuna itself makes
of it: the best trial, the history of the best, and the params by importance.
"""

import json
import math
import sys
import warnings

import mlflow
import optuna
from mlflow import MlflowClient
from optuna_integration import MLflowCallback

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.CRITICAL)
direction = sys.argv[1]
sign = 1 if direction == "minimize" else -1
name = f"sweep to {direction} {mlflow.__version__}"


def objective(trial):
    rate = trial.suggest_float("rate", 1e-4, 1, log=True)
    x = trial.suggest_float("x", -10, 10)
    layers = trial.suggest_int("layers", 1, 4)
    booster = trial.suggest_categorical("booster", ["gbtree", "dart", "linear"])
    if trial.number % 11 == 4:
        raise ValueError("this trial fails")
    loss = 12 * (math.log10(rate) + 2) ** 2 + 0.25 * (x - 2) ** 2 + (booster == "linear") + 0.01 * layers
    # Better than any trial can end, for a while: a pruned trial is not the best one.
    trial.report(sign * (loss - 50), 0)
    if trial.number % 7 == 3:
        raise optuna.TrialPruned
    return sign * loss


# The name says neither which way is better; what Optuna noted with each run does.
callback = MLflowCallback(tracking_uri=mlflow.get_tracking_uri(), metric_name="outcome")
study = optuna.create_study(study_name=name, direction=direction, sampler=optuna.samplers.TPESampler(seed=7))
study.optimize(objective, n_trials=60, callbacks=[callback], catch=(ValueError,))

experiment = MlflowClient().get_experiment_by_name(name).experiment_id
best = study.best_trial
history, so_far = [], None
for trial in study.get_trials(states=[optuna.trial.TrialState.COMPLETE]):
    so_far = trial.value if so_far is None else min(so_far * sign, trial.value * sign) * sign
    history.append({"number": trial.number, "value": trial.value, "best": so_far})
states = [trial.state.name.lower() for trial in study.trials]
print(
    json.dumps(
        {
            "experiment": experiment,
            "best": {"number": best.number, "value": best.value, "params": best.params},
            "history": history,
            "states": {state: states.count(state) for state in sorted(set(states))},
            "importance": list(optuna.importance.get_param_importances(study).items()),
        }
    )
)
