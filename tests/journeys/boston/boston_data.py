"""Boston Housing, split as the classic notebooks split it, written as SageMaker wants it."""
import os
import sys

import numpy as np
import pandas as pd


def load(path):
    table = pd.read_csv(path, skiprows=1)
    return table.drop(columns=["MEDV"]), table[["MEDV"]]


def split(x, y, seed=0):
    order = np.random.RandomState(seed).permutation(len(x))
    test, rest = order[: len(x) // 3], order[len(x) // 3 :]
    validation, train = rest[: len(rest) // 3], rest[len(rest) // 3 :]
    return {name: (x.iloc[rows], y.iloc[rows]) for name, rows in (("train", train), ("validation", validation), ("test", test))}


def write(directory):
    """Writes train.csv, validation.csv (label first) and test.csv (no label); returns the split."""
    os.makedirs(directory, exist_ok=True)
    parts = split(*load(sys.argv[1]))
    for name, (x, y) in parts.items():
        table = x if name == "test" else pd.concat([y, x], axis=1)
        table.to_csv(os.path.join(directory, name + ".csv"), header=False, index=False)
    return parts


def rmse(actual, predicted):
    return float(np.sqrt(np.mean((np.asarray(actual).ravel() - np.asarray(predicted).ravel()) ** 2)))
