"""Reference vectors of distances between counts, chi-square, Benjamini-Hochberg and the rates."""

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon

from record import record

SEED = 20261124


def half_filled(counts):
    """Our treatment of empty cells: half an observation of the own side."""
    counts = np.asarray(counts, float)
    return np.where(counts == 0, 0.5, counts) / counts.sum()


def distances(rng):
    for n, m, bins in [(100, 100, 3), (200, 150, 10), (1000, 120, 30), (50000, 700, 60), (12, 9, 12), (3, 1000000, 5)]:
        reference = rng.multinomial(n, rng.dirichlet(np.ones(bins)))
        current = rng.multinomial(m, rng.dirichlet(np.ones(bins) * 2))
        used = reference + current > 0
        r, c = half_filled(reference)[used], half_filled(current)[used]
        p, q = reference / n, current / m
        yield {
            "reference": reference,
            "current": current,
            "psi": np.sum((c - r) * np.log(c / r)),
            "kl": stats.entropy(r, c),
            "klBits": stats.entropy(r, c, base=2),
            "js": jensenshannon(p, q, base=2),
            "jsNats": jensenshannon(p, q),
            "tv": np.abs(p - q).sum() / 2,
            "hellinger": np.linalg.norm(np.sqrt(p) - np.sqrt(q)) / np.sqrt(2),
        }


def wasserstein(rng):
    for n, m in [(1, 1), (5, 9), (100, 60), (40, 40)]:
        for draw in (lambda k: np.round(rng.normal(3, 2, k), 3), lambda k: rng.poisson(2, k).astype(float)):
            u, v, uw, vw = draw(n), draw(m), rng.integers(0, 9, n) + (np.arange(n) == 0), rng.integers(0, 9, m) + (np.arange(m) == 0)
            yield {
                "reference": u,
                "current": v,
                "referenceWeights": uw,
                "currentWeights": vw,
                "raw": stats.wasserstein_distance(u, v),
                "weighted": stats.wasserstein_distance(u, v, uw, vw),
            }


def chi_square(rng):
    tables = [[[50, 30, 20], [40, 45, 15]], [[50, 30, 20, 0], [40, 45, 10, 5]], [[60, 40], [90, 110]], [[5, 5], [5, 6]],
              [[10, 0], [10, 4]], [[1000, 3, 2, 7], [12, 0, 1, 0]], [[100000, 200000], [1, 5]]]  # fmt: skip
    for n, m, k in [(1000, 300, 5), (5000, 80, 20), (400, 90000, 50)]:
        tables.append([rng.multinomial(n, np.ones(k) / k), rng.multinomial(m, rng.dirichlet(np.ones(k) * 9))])
    for table in tables:
        used = np.asarray(table)[:, np.sum(table, axis=0) > 0]
        result = stats.chi2_contingency(used)
        yield {
            "reference": table[0],
            "current": table[1],
            "statistic": result.statistic,
            "dof": result.dof,
            "pValue": result.pvalue,
            "minExpected": result.expected_freq.min(),
        }


def false_discovery(rng):
    for p in [[0.01, 0.04, 0.03], [0.5], [0.05] * 4, [0.0, 1.0, 0.2], rng.random(20), rng.random(50) ** 4]:
        yield {"pValues": p, "qValues": stats.false_discovery_control(p)}


def proportions():
    for hits, n in [(0, 10), (10, 10), (3, 17), (500, 1000), (2, 100000)]:
        interval = stats.binomtest(hits, n).proportion_ci(method="wilson")
        other, m = hits + 4, 2 * n + 5
        z = (other / m - hits / n) / np.sqrt((hits + other) / (n + m) * (1 - (hits + other) / (n + m)) * (1 / n + 1 / m))
        yield {
            "hits": hits,
            "n": n,
            "lower": interval.low,
            "upper": interval.high,
            "otherHits": other,
            "otherN": m,
            "z": z,
            "pValue": 2 * stats.norm.sf(abs(z)),
        }


def tails():
    for x, dof in [(0.1, 1), (3.8, 1), (30, 10), (1000, 3), (90, 99), (400, 255), (1e-9, 2)]:
        yield {"x": x, "dof": dof, "upperTail": stats.chi2.sf(x, dof), "quantile95": stats.chi2.ppf(0.95, dof)}


record("distances", SEED, list(distances(np.random.default_rng(SEED))))
record("wasserstein", SEED, list(wasserstein(np.random.default_rng(SEED))))
record("chi-square", SEED, list(chi_square(np.random.default_rng(SEED))))
record("benjamini-hochberg", SEED, list(false_discovery(np.random.default_rng(SEED))))
record("proportions", SEED, list(proportions()))
record("chi-square-tail", SEED, list(tails()))
