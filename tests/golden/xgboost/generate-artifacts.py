"""Makes artifacts/: the same small models as each era's Python package stores them, and what they predict.

    python generate-artifacts.py        once with each of: xgboost 0.90, 1.2.1 (numpy 1.23), 1.7.6, xgboost-cpu 3.2.0

Images up to 1.2 store a pickle, 1.3 to 1.7 the binary form, 3.0 UBJSON; JSON is what users bring.
"""
import json
import os
import pickle

import numpy
import xgboost

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = {
    "squared": {"objective": "reg:squarederror", "max_depth": 3, "gamma": 4.0},
    "classes": {"objective": "multi:softprob", "num_class": 3, "max_depth": 2},
    "dart": {"booster": "dart", "rate_drop": 0.3, "objective": "binary:logistic", "max_depth": 2},
    "linear": {"booster": "gblinear", "updater": "coord_descent", "objective": "reg:squarederror"},
    "counts": {"objective": "count:poisson", "max_depth": 2},
}


def read(name):
    table = numpy.loadtxt(os.path.join(HERE, "data", name), delimiter=",").astype(numpy.float32)
    return table[:, 1:], table[:, 0]


def labels_for(case, labels):
    if case == "classes":
        return numpy.digitize(labels, [17, 25])
    return (labels > 21).astype(numpy.float32) if case == "dart" else labels


def main():
    features, labels = read("boston-train.csv")
    rows = xgboost.DMatrix(read("boston-validation.csv")[0][:20])
    version = xgboost.__version__
    written = {}
    for case, parameters in CASES.items():
        train = xgboost.DMatrix(features, label=labels_for(case, labels))
        booster = xgboost.train({**parameters, "seed": 1, "nthread": 1, "base_score": 0.5}, train, 4)
        path = os.path.join(HERE, "artifacts", f"{case}-{version}")
        forms = []
        if version < "1.3":
            pickle.dump(booster, open(f"{path}.pickle", "wb"))
            forms.append("pickle")
        if version < "3":
            booster.save_model(f"{path}.binary")
            forms.append("binary")
        if version >= "1.7":
            booster.save_model(f"{path}.json")
            booster.save_model(f"{path}.ubj")
            forms.extend(["json", "ubj"])
        predictions = booster.predict(rows)
        written[case] = {
            "forms": forms,
            "predictions": [float(str(value)) for value in numpy.float32(predictions).ravel()],
        }
    with open(os.path.join(HERE, "artifacts", f"{version}.json"), "w") as file:
        json.dump(written, file, separators=(",", ":"))
        file.write("\n")


main()
