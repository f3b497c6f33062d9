"""
The same client calls against any tracking server: python tracking-client.py <experiment> <run with the long history>
<rounds>. Beside each, what of it is the server's: the same request without anybody who makes objects of the reply.
"""

import json
import os
import statistics
import sys
import time

import requests
from mlflow import MlflowClient
from mlflow.entities import Metric

experiment, long_run, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
client = MlflowClient()


def seconds(work, times=rounds):
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


run = client.create_run(experiment).info.run_id
step = 0


def log():
    global step
    client.log_batch(run, [Metric(f"m{i % 10}", i / 7, 1000 + i, step + i // 10) for i in range(1000)])
    step += 100


def search(n):
    found = client.search_runs([experiment], "metrics.acc > 0.5", order_by=["metrics.acc DESC"], max_results=n)
    assert len(found) == n, len(found)


def history():
    points = client.get_metric_history(long_run, "loss")
    assert len(points) == 100_000, len(points)


session = requests.Session()
session.headers["Authorization"] = f"Bearer {os.environ.get('MLFLOW_TRACKING_TOKEN', '')}"
address = f"{os.environ['MLFLOW_TRACKING_URI']}/api/2.0/mlflow"


def bare_log():
    global step
    metrics = [
        {"key": f"m{i % 10}", "value": i / 7, "timestamp": 1000 + i, "step": step + i // 10} for i in range(1000)
    ]
    session.post(f"{address}/runs/log-batch", json={"run_id": run, "metrics": metrics}).raise_for_status()
    step += 100


def bare_search(n):
    session.post(
        f"{address}/runs/search",
        json={
            "experiment_ids": [experiment],
            "filter": "metrics.acc > 0.5",
            "order_by": ["metrics.acc DESC"],
            "max_results": n,
        },
    ).raise_for_status()


def bare_history():
    asked = {"run_id": long_run, "metric_key": "loss"}
    session.get(f"{address}/metrics/get-history", params=asked).raise_for_status()


log(), search(10)
figures = {
    "log_batch": (seconds(log), seconds(bare_log)),
    "search_runs, 10 best": (seconds(lambda: search(10)), seconds(lambda: bare_search(10))),
    "search_runs, 100 best": (seconds(lambda: search(100)), seconds(lambda: bare_search(100))),
    "history": (seconds(history, 3), seconds(bare_history, 3)),
}
print(json.dumps({name: {"client": client, "server": server} for name, (client, server) in figures.items()}))
