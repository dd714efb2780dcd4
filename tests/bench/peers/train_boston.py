"""The training job of the demo as a bare process: the same parameters, data and work, nothing around it."""
import sys

import numpy as np
import xgboost

train, validation, model = sys.argv[1:]


def matrix(path):
    table = np.loadtxt(path, delimiter=",", dtype=np.float32)
    return xgboost.DMatrix(table[:, 1:], label=table[:, 0])


dtrain, dvalidation = matrix(train), matrix(validation)
booster = xgboost.train(
    {
        "max_depth": 5,
        "eta": 0.2,
        "gamma": 4,
        "min_child_weight": 6,
        "subsample": 0.8,
        "objective": "reg:squarederror",
        "base_score": 0.5,
        "nthread": 1,
    },
    dtrain,
    num_boost_round=200,
    evals=[(dtrain, "train"), (dvalidation, "validation")],
    early_stopping_rounds=10,
)
booster.save_model(model)
