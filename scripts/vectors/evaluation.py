"""Reference vectors of an evaluation: confusion metrics, curves, calibration, paired tests and intervals."""

import numpy as np
from scipy import stats
from sklearn import calibration, metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from record import record

SEED = 20261126


def drawn_classes(rng, n, k, right=0.6):
    actual = rng.choice(k, n, p=rng.dirichlet(np.ones(k) * 3))
    return actual, np.where(rng.random(n) < right, actual, rng.integers(0, k, n))


def confusion(rng):
    for n, k in [(1, 2), (25, 2), (400, 2), (90, 3), (3000, 6), (40, 12)]:
        actual, predicted = drawn_classes(rng, n, k)
        labels = np.arange(k)
        case = {"counts": metrics.confusion_matrix(actual, predicted, labels=labels)}
        for average in ("macro", "weighted"):
            scores = metrics.precision_recall_fscore_support(actual, predicted, average=average, zero_division=0)
            case[average] = dict(zip(("precision", "recall", "f1"), scores[:3]))
        each = metrics.precision_recall_fscore_support(actual, predicted, labels=labels, zero_division=0)
        case["perClass"] = dict(zip(("precision", "recall", "f1"), each[:3]))
        case["balancedAccuracy"] = metrics.balanced_accuracy_score(actual, predicted)
        case["mcc"] = metrics.matthews_corrcoef(actual, predicted)
        low, high = proportion_confint((actual == predicted).sum(), n, method="wilson")
        case["accuracy"] = {"value": metrics.accuracy_score(actual, predicted), "lower": low, "upper": high}
        yield case


def drawn_scores(rng, n, rounding, strength=1.5):
    labels = rng.integers(0, 2, n)
    labels[:2] = [0, 1]
    return labels, np.round(1 / (1 + np.exp(-rng.normal((labels * 2 - 1) * strength / 2, 1.5))), rounding)


def curves(rng):
    for n, rounding in [(8, 1), (60, 1), (300, 2), (500, 8)]:
        labels, scores = drawn_scores(rng, n, rounding)
        fpr, tpr, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
        precision, recall, _ = metrics.precision_recall_curve(labels, scores)
        yield {
            "labels": labels,
            "scores": scores,
            "thresholds": thresholds[1:],
            "fpr": fpr[1:],
            "tpr": tpr[1:],
            # sklearn's run from the lowest threshold up and end at (1, 0)
            "precision": precision[:-1][::-1],
            "recall": recall[:-1][::-1],
            "auc": metrics.roc_auc_score(labels, scores),
            "averagePrecision": metrics.average_precision_score(labels, scores),
            "logLoss": metrics.log_loss(labels, scores),
            "brier": metrics.brier_score_loss(labels, scores),
        }


def calibrations(rng):
    for n, rounding, bins in [(30, 1, 5), (400, 2, 10), (900, 8, 15)]:
        labels, scores = drawn_scores(rng, n, rounding)
        for strategy in ("uniform", "quantile"):
            observed, mean = calibration.calibration_curve(labels, scores, n_bins=bins, strategy=strategy)
            yield {
                "labels": labels,
                "scores": scores,
                "bins": bins,
                "strategy": strategy,
                "observed": observed,
                "mean": mean,
            }


def probabilities(rng):
    """More than two classes."""
    for n, k in [(50, 3), (300, 5)]:
        labels = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
        scores = np.exp(rng.normal(0, 1, (n, k)) + 1.2 * np.eye(k)[labels])
        scores /= scores.sum(axis=1, keepdims=True)
        yield {
            "labels": labels,
            "scores": scores,
            "logLoss": metrics.log_loss(labels, scores),
            "brier": metrics.brier_score_loss(labels, scores, scale_by_half=False),
            "macroAuc": metrics.roc_auc_score(labels, scores, multi_class="ovr", average="macro"),
        }


def delong(labels, first, second):
    """By its definition, pair by pair."""
    positive, negative = labels == 1, labels == 0

    def components(scores):
        x, y = scores[positive][:, None], scores[negative][None, :]
        wins = (x > y) + (x == y) / 2
        return wins.mean(axis=1), wins.mean(axis=0)

    (a10, a01), (b10, b01) = components(first), components(second)
    s10, s01 = np.cov(np.stack([a10, b10])), np.cov(np.stack([a01, b01]))
    s = s10 / positive.sum() + s01 / negative.sum()
    difference = b10.mean() - a10.mean()
    z = difference / np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    return {
        "auc": a10.mean(),
        "variance": s[0, 0],
        "otherAuc": b10.mean(),
        "difference": difference,
        "z": z,
        "pValue": 2 * stats.norm.sf(abs(z)),
    }


def paired_areas(rng):
    for n, rounding in [(20, 1), (150, 2), (400, 9)]:
        labels, first = drawn_scores(rng, n, rounding)
        second = np.round(np.clip(first + rng.normal(0, 0.2, n), 0, 1), rounding)
        yield {"labels": labels, "champion": first, "challenger": second, **delong(labels, first, second)}


def mcnemars():
    for b, c in [(2, 9), (0, 0), (5, 5), (0, 6), (40, 71), (900, 1012), (20000, 20511), (600000, 602000)]:
        table = [[0, b], [c, 0]]
        exact = mcnemar(table, exact=True).pvalue
        yield {
            "onlyChampion": b,
            "onlyChallenger": c,
            "exact": 1.0 if b + c == 0 else exact,
            "statistic": 0.0 if b + c == 0 else mcnemar(table, exact=False, correction=True).statistic,
            "corrected": 1.0 if b + c == 0 else mcnemar(table, exact=False, correction=True).pvalue,
            "mid": 1.0 if b + c == 0 else (1 - stats.binom.pmf(b, b + c, 0.5) if b == c else exact - stats.binom.pmf(min(b, c), b + c, 0.5)),
        }


def differences():
    for hits, n, other, m in [(48, 80, 56, 70), (0, 10, 0, 20), (10, 10, 0, 20), (5, 56, 0, 29), (900, 1000, 45, 51)]:
        low, high = confint_proportions_2indep(other, m, hits, n, method="newcomb", compare="diff")
        yield {"hits": hits, "n": n, "otherHits": other, "otherN": m, "lower": low, "upper": high}


def regressions(rng):
    for n in (3, 40, 500):
        labels = np.round(rng.normal(50, 10, n), 3)
        predictions = np.round(labels + rng.standard_t(5, n) * 4, 3)
        other = np.round(labels + rng.standard_t(5, n) * 4.2, 3)
        squared = [(p - labels) ** 2 for p in (predictions, other)]
        test = stats.ttest_rel(squared[1], squared[0])
        interval = test.confidence_interval(0.95)
        absolute = stats.ttest_1samp(np.abs(predictions - labels), 0).confidence_interval(0.95)
        yield {
            "labels": labels,
            "predictions": predictions,
            "other": other,
            "mape": metrics.mean_absolute_percentage_error(labels, predictions),
            "mae": metrics.mean_absolute_error(labels, predictions),
            "maeLower": absolute.low,
            "maeUpper": absolute.high,
            "difference": np.mean(squared[1] - squared[0]),
            "lower": interval.low,
            "upper": interval.high,
            "pValue": 2 * stats.norm.sf(abs(test.statistic)),
        }


rng = lambda: np.random.default_rng(SEED)
record("confusion", SEED, list(confusion(rng())))
record("curves", SEED, list(curves(rng())))
record("calibration", SEED, list(calibrations(rng())))
record("class-probabilities", SEED, list(probabilities(rng())))
record("delong", SEED, list(paired_areas(rng())))
record("mcnemar", SEED, list(mcnemars()))
record("newcombe", SEED, list(differences()))
record("paired-regression", SEED, list(regressions(rng())))
