"""Reference vectors of the two-sample Kolmogorov-Smirnov test and of Kolmogorov's distribution."""

import warnings

import numpy as np
from scipy import special, stats

from record import record

SEED = 20261123


def two_samples(rng):
    def case(name, reference, current):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            auto = stats.ks_2samp(reference, current, method="auto")
            asymptotic = stats.ks_2samp(reference, current, method="asymp")
        return {
            "name": name,
            "reference": reference,
            "current": current,
            "statistic": auto.statistic,
            "pValue": auto.pvalue,
            "location": auto.statistic_location,
            "asymptotic": asymptotic.pvalue,
        }

    rounded = lambda x: np.round(x, 3)
    yield case("golden A", [(37 * i % 101) / 10 for i in range(200)], [(53 * i % 97) / 10 + 1 for i in range(150)])
    for n, m in [(1, 1), (1, 5), (2, 3), (7, 7), (10, 15), (50, 50), (120, 77), (300, 201), (400, 400)]:
        for shift in (0.0, 0.4):
            yield case(f"normal {n} {m} {shift}", rounded(rng.normal(size=n)), rounded(rng.normal(shift, 1, m)))
    yield case("integers", rng.poisson(3, 250), rng.poisson(3.4, 180))
    yield case("one value", [2.0] * 20, [2.0] * 31)
    yield case("disjoint", list(range(30)), list(range(100, 140)))
    yield case("negative side larger", list(range(40, 80)), list(range(20, 70)))
    yield case("zeros of both signs", [-0.0, 0.0, 1.0], [0.0, 0.0, -0.0, 2.0])


def p_values():
    """p-values of given statistics, for sizes whose samples are too long to record."""
    for n, m in [
        (3, 4), (30, 30), (100, 99), (1000, 1000), (1000, 100), (5000, 4999), (10000, 10000), (10000, 7),
        (10001, 3), (10001, 12), (20000, 60), (20000, 140), (20000, 142), (100000, 500), (50000, 3000),
        (1000000, 1000000), (1000000, 20000), (3000000, 3000000), (200000, 180000),
    ]:  # fmt: skip
        effective = n * m / (n + m)
        for z in (0.25, 0.4, 0.5, 0.7, 0.87, 1.0, 1.36, 1.6, 2.0, 3.0, 6.0, 12.0, 18.0):
            d = z / effective**0.5
            if d > 1:
                continue
            exact = None
            if max(n, m) <= 10000:
                lcm = np.lcm(n, m)
                h = round(d * float(lcm))
                d = h / float(lcm)
                g = int(np.gcd(n, m))
                from scipy.stats._stats_py import _attempt_exact_2kssamp

                success, _, p = _attempt_exact_2kssamp(n, m, g, d, "two-sided")
                exact = p if success else None
            yield {
                "nReference": n,
                "nCurrent": m,
                "statistic": d,
                "exact": exact,
                "asymptotic": float(np.clip(stats.kstwo.sf(d, np.round(effective)), 0, 1)),
            }


def kolmogorov(rng):
    for n in (1, 2, 3, 5, 10, 20, 50, 100, 139, 140, 141, 142, 200, 500, 1000, 1999, 2001, 5000, 20000, 99999, 100001,
              500000, 999999, 1000001, 3000000):  # fmt: skip
        distances = [0.6 / n, 0.9 / n, 1.7 / n, 0.5, 0.73, 1 - 0.5 / n]
        distances += list(np.array([0.3, 0.45, 0.6, 0.8, 0.868, 0.87, 1.2, 1.48, 1.484, 1.9, 1.999, 2.5, 4.2, 8.0, 15, 19.2]) / n**0.5)
        distances += [(1.4 / n) ** (2 / 3) * f for f in (0.7, 0.999, 1.001)]
        for d in distances:
            if 0 < d < 1:
                yield {"n": n, "d": d, "upperTail": stats.kstwo.sf(d, n), "oneSided": special.smirnov(n, d)}


record("kolmogorov-smirnov", SEED, list(two_samples(np.random.default_rng(SEED))))
record("kolmogorov-smirnov-p", SEED, list(p_values()))
record("kolmogorov-distribution", SEED, list(kolmogorov(np.random.default_rng(SEED))))
