"""The same client calls against any tracking server: python tracking-client.py <experiment> <run with the long history>"""

import json
import statistics
import sys
import time

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


def search():
    found = client.search_runs([experiment], "metrics.acc > 0.5", order_by=["metrics.acc DESC"], max_results=100)
    assert len(found) == 100, len(found)


def history():
    points = client.get_metric_history(long_run, "loss")
    assert len(points) == 100_000, len(points)


log(), search()
print(json.dumps({"log_batch": seconds(log), "search_runs": seconds(search), "history": seconds(history, 3)}))
