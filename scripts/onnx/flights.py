"""Trains a scikit-learn model on flights, turns it to ONNX, and registers it with Tidemark by MLflow's own client.

    MLFLOW_TRACKING_URI=http://localhost:3000 MLFLOW_TRACKING_TOKEN=tm_ir_… python flights.py JANUARY.csv FOLDER MODEL

JANUARY.csv has the columns recent_delay_at_origin, departure_hour, distance, origin, destination, departure (ISO 8601) and
label ("late" or "on_time"), in the order of departure; the days from the 25th on are held out. Writes FOLDER/flights.onnx,
which says itself how its inputs are made (metadata "input_mapping", docs/evaluation.md), and prints as the last line
{"version", "run_id", "onnx"}. Needs mlflow, scikit-learn, skl2onnx, onnx and onnxruntime.
"""

import json
import pathlib
import sys

import mlflow
import numpy
import onnx
import pandas
from mlflow.models import infer_signature
from skl2onnx import to_onnx
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import accuracy_score, brier_score_loss, log_loss, roc_auc_score

SEED = 20010101
HELD_OUT_FROM = "2001-01-25"
# An airport's late share counts as much as the overall one at this many flights.
SMOOTHING = 50
SETTINGS = {"max_iter": 120, "learning_rate": 0.08, "max_leaf_nodes": 15, "min_samples_leaf": 200}


def log_odds(share):
    return numpy.log(share / (1 - share))


def encoding(airports: pandas.Series, late: pandas.Series) -> dict:
    """Log-odds of being late by airport, drawn towards the overall ones where flights are few."""
    counts = late.groupby(airports).agg(["sum", "count"])
    shares = (counts["sum"] + SMOOTHING * late.mean()) / (counts["count"] + SMOOTHING)
    return {name: round(float(log_odds(share)), 4) for name, share in shares.items()}


def main(table: pathlib.Path, folder: pathlib.Path, name: str) -> None:
    flights = pandas.read_csv(table)
    late = (flights["label"] == "late").astype(int)
    training = flights["departure"] < HELD_OUT_FROM
    other = round(float(log_odds(late[training].mean())), 4)
    airports = {end: encoding(flights.loc[training, end], late[training]) for end in ("origin", "destination")}

    recent = flights["recent_delay_at_origin"]
    inputs = numpy.column_stack(
        [
            numpy.arcsinh(recent.fillna(0) / 10),
            recent.isna(),
            flights["distance"],
            flights["departure_hour"],
            flights["origin"].map(airports["origin"]).fillna(other),
            flights["destination"].map(airports["destination"]).fillna(other),
        ]
    ).astype(numpy.float32)
    labels = numpy.where(late == 1, "late", "on_time")
    model = HistGradientBoostingClassifier(random_state=SEED, **SETTINGS).fit(inputs[training], labels[training])
    place = list(model.classes_).index("late")
    scores = model.predict_proba(inputs[~training])[:, place]
    truth = late[~training]

    mapping = {
        "inputs": [
            {
                "kind": "number",
                "feature": "recent_delay_at_origin",
                "divisor": 10,
                "transform": "asinh",
                "missing": 0,
                "missing_indicator": True,
            },
            {"kind": "number", "feature": "distance"},
            {"kind": "number", "feature": "departure_hour"},
            {"kind": "dictionary", "feature": "origin", "values": airports["origin"], "other": other},
            {"kind": "dictionary", "feature": "destination", "values": airports["destination"], "other": other},
        ],
        "output": {
            "kind": "probabilities",
            "classes": [str(one) for one in model.classes_],
            "positive_class": "late",
        },
        "label": "label",
    }
    made = to_onnx(model, inputs[:1], options={id(model): {"zipmap": False}}, target_opset=17)
    onnx.helper.set_model_props(made, {"input_mapping": json.dumps(mapping)})

    mlflow.set_experiment(f"{name} in scikit-learn")
    with mlflow.start_run(run_name="gradient-boosting") as run:
        mlflow.log_params({"seed": SEED, "smoothing_flights": SMOOTHING, **SETTINGS})
        mlflow.log_input(
            mlflow.data.from_pandas(flights[training], name="flights-2001-01", targets="label"), context="training"
        )
        mlflow.log_metrics(
            {
                "val_auc": roc_auc_score(truth, scores),
                "val_log_loss": log_loss(truth, scores),
                "val_brier": brier_score_loss(truth, scores),
                "val_accuracy": accuracy_score(truth, scores >= 0.5),
            }
        )
        logged = mlflow.onnx.log_model(
            made,
            name="model",
            registered_model_name=name,
            signature=infer_signature(inputs[:5], model.predict_proba(inputs[:5]).astype(numpy.float32)),
            pip_requirements=["onnx", "onnxruntime"],
            save_as_external_data=False,
        )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "flights.onnx"
    onnx.save_model(made, file)
    print(json.dumps({"version": str(logged.registered_model_version), "run_id": run.info.run_id, "onnx": str(file)}))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3])
