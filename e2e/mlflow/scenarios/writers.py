"""Twenty writers on one run, each with its own client: nothing deadlocks and no point is lost."""

import random
from concurrent.futures import ThreadPoolExecutor

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

WRITERS, BATCHES, KEYS = 20, 10, 10
experiment = mlflow.set_experiment(f"writers {mlflow.__version__}")
run = MlflowClient().create_run(experiment.experiment_id)


def write(writer):
    client = MlflowClient()
    for batch in range(BATCHES):
        keys = random.sample(range(KEYS), KEYS)
        metrics = [Metric(f"m{key}", writer, batch, batch * WRITERS + writer) for key in keys]
        client.log_batch(run.info.run_id, metrics, [Param(f"p{key}", "same") for key in keys],
                         [RunTag(f"t{key}", str(writer)) for key in keys])
        client.log_metric(run.info.run_id, "shared", writer, batch, batch * WRITERS + writer)


with ThreadPoolExecutor(WRITERS) as pool:
    list(pool.map(write, range(WRITERS)))
client = MlflowClient()
for key in [f"m{key}" for key in range(KEYS)] + ["shared"]:
    points = client.get_metric_history(run.info.run_id, key)
    assert sorted(point.step for point in points) == list(range(WRITERS * BATCHES)), key
assert client.get_run(run.info.run_id).data.metrics["shared"] == WRITERS - 1
print("ok")
