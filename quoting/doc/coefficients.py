#!/usr/bin/env python3
"""Prints the fits that stand in Coefficients.java, with their error in u = 2^-53. Needs mpmath (1.3.0 was used)."""
from mpmath import (atanh, cos, erfc, exp, log, lu_solve, matrix, mp, mpf, nstr, pi, polyval, sqrt)


def show(name, values):
    print(name, ", ".join(float(v).hex().replace("0x1.0000000000000p", "0x1.0p") for v in values))


def interpolate(f, low, high, degree):
    """The polynomial through f at the Chebyshev nodes of [low, high]."""
    nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * degree + 2)) for i in range(degree + 1)]
    powers = matrix(degree + 1, degree + 1)
    values = matrix(degree + 1, 1)
    for i, x in enumerate(nodes):
        values[i] = f(x)
        for j in range(degree + 1):
            powers[i, j] = x**j
    solved = lu_solve(powers, values)
    return [solved[j] for j in range(degree + 1)]


def rational(f, top, bottom, most, points=300, knee=mpf(4), rounds=6):
    """Least squares of relative error on [0, most], reweighted towards the worst points; the denominator starts with 1."""
    end = (most - knee) / (most + knee)
    ts = [(end - 1) / 2 + (end + 1) / 2 * cos(pi * (2 * i + 1) / (2 * points)) for i in range(points)]
    xs = [knee * (1 + t) / (1 - t) for t in ts]
    fs = [f(x) for x in xs]
    weights, below = [mpf(1)] * points, [mpf(1)] * points
    unknowns = top + 1 + bottom
    for _ in range(rounds):
        a, b = matrix(points, unknowns), matrix(points, 1)
        for i, x in enumerate(xs):
            scale = weights[i] / (below[i] * fs[i])
            for j in range(top + 1):
                a[i, j] = scale * x**j
            for j in range(1, bottom + 1):
                a[i, top + j] = -scale * fs[i] * x**j
            b[i] = scale * fs[i]
        sizes = [max(abs(a[i, j]) for i in range(points)) for j in range(unknowns)]
        for j in range(unknowns):
            for i in range(points):
                a[i, j] /= sizes[j]
        solved = lu_solve(a.T * a, a.T * b)
        c = [solved[j] / sizes[j] for j in range(unknowns)]
        p, q = c[: top + 1], [mpf(1)] + c[top + 1 :]
        below = [polyval(q[::-1], x) for x in xs]
        errors = [abs(polyval(p[::-1], x) / d / v - 1) for x, d, v in zip(xs, below, fs)]
        worst = max(errors)
        weights = [w * (mpf("0.3") + e / worst) for w, e in zip(weights, errors)]
        heaviest = max(weights)
        weights = [w / heaviest for w in weights]
    return p, q, worst


mp.prec = 250
half = log(2) / 2 * mpf("1.0005")
show("EXP", interpolate(lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > mpf(10) ** -20 else mpf(1) / 2, -half, half, 9))
widest = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2 * mpf("1.001")
show("LOG", interpolate(lambda z: (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z, mpf(0), widest, 6))

mp.prec = 320
p, q, worst = rational(lambda x: 1 / (sqrt(pi / 2) * exp(x * x / 2) * erfc(x / sqrt(2))) - x, 10, 11, mpf(64))
show("MILLS_A", p)
show("MILLS_B", q)
print("mills error in u", nstr(worst * 2**53, 5))
