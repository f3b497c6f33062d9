"""Reference vectors of model performance, by scikit-learn."""

import numpy as np
from scipy import stats
from sklearn import metrics

from record import record

SEED = 20261125


def classes(rng):
    for n, names in [(1, "ab"), (60, "ab"), (200, "abc"), (300, "abcdef")]:
        actual = rng.choice(list(names), n)
        predicted = np.where(rng.random(n) < 0.6, actual, rng.choice(list(names) + ["z"], n))
        kinds = dict(average="macro", zero_division=0)
        yield {
            "actual": actual,
            "predicted": predicted,
            "accuracy": metrics.accuracy_score(actual, predicted),
            "precision": metrics.precision_score(actual, predicted, **kinds),
            "recall": metrics.recall_score(actual, predicted, **kinds),
            "f1": metrics.f1_score(actual, predicted, **kinds),
            "positiveF1": metrics.f1_score(actual, predicted, labels=["a"], average="macro", zero_division=0),
        }


def probabilities(rng):
    for n, rounding in [(20, 1), (200, 2), (500, 6)]:
        labels = rng.integers(0, 2, n)
        labels[:2] = [0, 1]
        scores = np.round(1 / (1 + np.exp(-rng.normal(labels * 2 - 1, 2))), rounding)
        yield {
            "labels": labels,
            "scores": scores,
            "auc": metrics.roc_auc_score(labels, scores),
            "logLoss": metrics.log_loss(labels, scores),
            "brier": metrics.brier_score_loss(labels, scores),
        }


def regressions(rng):
    for n in (2, 30, 400):
        labels = np.round(rng.normal(50, 10, n), 3)
        predictions = np.round(labels + rng.normal(1, 4, n), 3)
        yield {
            "labels": labels,
            "predictions": predictions,
            "rmse": metrics.root_mean_squared_error(labels, predictions),
            "mae": metrics.mean_absolute_error(labels, predictions),
            "r2": metrics.r2_score(labels, predictions),
        }


def bands():
    for rate, n in [(0.8, 100), (0.97, 20), (0.5, 1), (0.999, 1500), (0.2, 1999)]:
        low, high = stats.binom.ppf([0.025, 0.975], n, rate) / n
        yield {"rate": rate, "n": n, "lower": low, "upper": high}


record("classification", SEED, list(classes(np.random.default_rng(SEED))))
record("probabilities", SEED, list(probabilities(np.random.default_rng(SEED))))
record("regression", SEED, list(regressions(np.random.default_rng(SEED))))
record("binomial-band", SEED, list(bands()))
