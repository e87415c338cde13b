# SPDX-License-Identifier: GPL-2.0-only
"""Intervals of confidence over replications, and tests against closed forms."""

import functools
import math


def mean_of(values):
    """The mean, summed without loss."""
    return math.fsum(values) / len(values)


def deviation(values, mean):
    """The standard deviation of a sample."""
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


@functools.lru_cache
def quantile(share, freedom):
    """A quantile of Student's t."""
    # Not at the top: it takes longer to load than all else here.
    from scipy.stats import t

    return float(t.ppf(share, freedom))


def student(values, confidence=0.95):
    """Mean and half-width of its interval by Student's t; the half-width of one value is NaN.

    The values are those of replications, which are independent; packets and UEs of one run are not.
    """
    mean = mean_of(values)
    if len(values) < 2:
        return mean, math.nan
    spread = deviation(values, mean)
    if spread == 0:
        return mean, 0.0
    return mean, quantile((1 + confidence) / 2, len(values) - 1) * spread / math.sqrt(len(values))


def p_value(values, expected):
    """The two-sided p-value of Student's test that the mean is the expected one."""
    mean = mean_of(values)
    spread = deviation(values, mean) if len(values) > 1 else 0.0
    if spread == 0:
        return 1.0 if mean == expected else 0.0
    from scipy.stats import t

    statistic = abs(mean - expected) / (spread / math.sqrt(len(values)))
    return float(2 * t.sf(statistic, len(values) - 1))


def holm(p_values, level=0.05):
    """Which of many hypotheses are rejected by Holm's method, which keeps the level of all."""
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    rejected = [False] * len(p_values)
    for rank, index in enumerate(order):
        if p_values[index] > level / (len(p_values) - rank):
            break
        rejected[index] = True
    return rejected
