"""Makes ONNX models of scikit-learn ones, with what scikit-learn itself answers, for the tests of lib/evaluate.

    python make-models.py FOLDER

Writes to FOLDER, for each model, NAME.onnx and NAME.json: {"columns": {name: values}, "labels": [...], "classes": [...],
"probabilities": [[...]] or "values": [...]}, and versions.json. Needs scikit-learn and skl2onnx.
"""

import json
import pathlib
import sys

import numpy
import onnx
import skl2onnx
import sklearn
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

SEED = 20010101
ROWS = 400
FEATURES = ["distance", "hour", "delay"]


def main(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(SEED)
    # Values that a 32-bit float holds exactly: a tree asks which side of a threshold they are on.
    x = numpy.round(random.normal(size=(ROWS, 3)) * 64) / 64
    x = x.astype(numpy.float32)
    late = (x[:, 0] + 0.5 * x[:, 2] + random.normal(size=ROWS) > 0.4).astype(int)
    classes = numpy.array(["on_time", "late"])
    three = numpy.digitize(x[:, 0] + x[:, 1], [-0.5, 0.7])
    columns = {name: x[:, place].tolist() for place, name in enumerate(FEATURES)}

    forest = RandomForestClassifier(n_estimators=20, max_depth=6, random_state=SEED).fit(x, classes[late])
    logistic = make_pipeline(StandardScaler(), LogisticRegression()).fit(x, three)
    boosted = GradientBoostingRegressor(random_state=SEED).fit(x, x[:, 0] * 2 + x[:, 1])
    for zipmap in (False, True):
        suffix = "-zipmap" if zipmap else ""
        write(folder, "forest" + suffix, forest, x, columns, classes[late], zipmap)
        write(folder, "logistic" + suffix, logistic, x, columns, three, zipmap)
    write(folder, "boosted", boosted, x, columns, x[:, 0] * 2 + x[:, 1], None)

    airport = random.choice(["LAX", "JFK", "ORD"], size=ROWS)
    frame = {"airport": airport.reshape(-1, 1), "distance": x[:, :1]}
    table = numpy.hstack([airport.reshape(-1, 1).astype(object), x[:, :1].astype(object)])
    mixed = make_pipeline(
        ColumnTransformer([("airport", OneHotEncoder(handle_unknown="ignore"), [0]), ("distance", "passthrough", [1])]),
        LogisticRegression(),
    ).fit(table, classes[late])
    model = skl2onnx.convert_sklearn(
        mixed,
        initial_types=[("airport", StringTensorType([None, 1])), ("distance", FloatTensorType([None, 1]))],
        options={id(mixed): {"zipmap": False}},
        target_opset=17,
    )
    save(folder, "mixed", model)
    answers(
        folder,
        "mixed",
        {"airport": frame["airport"][:, 0].tolist(), "distance": columns["distance"]},
        classes[late],
        mixed.classes_,
        probabilities=mixed.predict_proba(table),
    )

    hostile(folder, forest, x)
    versions = {"scikit-learn": sklearn.__version__, "skl2onnx": skl2onnx.__version__, "onnx": onnx.__version__}
    (folder / "versions.json").write_text(json.dumps(versions))


def write(folder, name, model, x, columns, labels, zipmap) -> None:
    options = {} if zipmap is None else {id(model): {"zipmap": zipmap}}
    save(folder, name, to_onnx(model, x[:1], options=options, target_opset=17))
    if zipmap is None:
        answers(folder, name, columns, labels, None, values=model.predict(x))
    else:
        answers(folder, name, columns, labels, model.classes_, probabilities=model.predict_proba(x))


def save(folder, name, model) -> None:
    (folder / f"{name}.onnx").write_bytes(model.SerializeToString())


def answers(folder, name, columns, labels, classes, probabilities=None, values=None) -> None:
    told = {"columns": columns, "labels": labels.tolist()}
    if classes is not None:
        told["classes"] = [str(one) for one in classes]
        told["probabilities"] = probabilities.tolist()
    else:
        told["values"] = values.tolist()
    (folder / f"{name}.json").write_text(json.dumps(told))


def hostile(folder, forest, x) -> None:
    """Weights in another file, an operator of somebody's own, and a loop."""
    helper = onnx.helper
    floats = onnx.TensorProto.FLOAT
    value = helper.make_tensor_value_info
    weight = onnx.numpy_helper.from_array(numpy.ones((3, 1), dtype=numpy.float32), "weight")
    ends = ([value("x", floats, [None, 3])], [value("y", floats, [None, 1])])
    graph = helper.make_graph([helper.make_node("MatMul", ["x", "weight"], ["y"], name="product")], "g", *ends, [weight])
    outside = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.external_data_helper.convert_model_to_external_data(outside, location="weights.bin", size_threshold=0)
    onnx.save(outside, str(folder / "external.onnx"))
    own = helper.make_node("Secret", ["x"], ["y"], name="own", domain="com.example")
    save(folder, "custom", helper.make_model(helper.make_graph([own], "g", *ends), ir_version=8))
    nan = onnx.numpy_helper.from_array(numpy.array([[1], [numpy.nan], [1]], dtype=numpy.float32), "weight")
    product = helper.make_node("MatMul", ["x", "weight"], ["y"], name="product")
    save(folder, "nan", helper.make_model(helper.make_graph([product], "g", *ends, [nan]), ir_version=8))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
