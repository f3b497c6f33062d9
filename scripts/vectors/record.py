"""Where the reference vectors of lib/stats go, and which versions made them."""

import json
import math
import pathlib

import numpy
import scipy
import sklearn

TARGET = pathlib.Path(__file__).resolve().parents[2] / "lib" / "stats" / "vectors"


def plain(value):
    """numpy to JSON; what JSON cannot say (nan, inf) becomes null."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (numpy.integer, bool, int)):
        return int(value)
    if isinstance(value, (numpy.floating, float)):
        return float(value) if math.isfinite(value) else None
    return value


def record(name, seed, cases):
    TARGET.mkdir(parents=True, exist_ok=True)
    made_with = {"scipy": scipy.__version__, "sklearn": sklearn.__version__, "numpy": numpy.__version__}
    text = json.dumps({"madeWith": made_with, "seed": seed, "cases": plain(cases)}, separators=(",", ":"))
    (TARGET / f"{name}.vectors.json").write_text(text.replace("},{", "},\n{") + "\n")
