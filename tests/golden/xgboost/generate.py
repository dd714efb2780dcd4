"""Makes expected.json: what Python's XGBoost gives for the cases of cases.json on the data beside this file.

    python3 -m venv venv && venv/bin/pip install xgboost-cpu==3.2.0 numpy scipy
    venv/bin/python generate.py

Nothing of Clary takes part. Numbers are float32, printed with the fewest digits that read back equal.
"""
import json
import os
import platform

import numpy
import scipy.sparse
import xgboost

HERE = os.path.dirname(os.path.abspath(__file__))


def read_csv(path):
    table = numpy.loadtxt(path, delimiter=",", dtype=numpy.float64).astype(numpy.float32)
    return xgboost.DMatrix(table[:, 1:], label=table[:, 0])


def read_libsvm(path, columns):
    labels, rows, indices, values = [], [], [], []
    for row, line in enumerate(open(path)):
        label, *entries = line.split()
        labels.append(float(label))
        for entry in entries:
            index, value = entry.split(":")
            rows.append(row)
            indices.append(int(index))
            values.append(float(value))
    shape = (len(labels), columns or max(indices) + 1)
    matrix = scipy.sparse.csr_matrix((numpy.float32(values), (rows, indices)), shape=shape)
    return xgboost.DMatrix(matrix, label=labels)


def read(data):
    if data == "agaricus":
        train = read_libsvm(os.path.join(HERE, "data/agaricus-train.libsvm"), None)
        return train, read_libsvm(os.path.join(HERE, "data/agaricus-validation.libsvm"), train.num_col())
    return tuple(read_csv(os.path.join(HERE, "data", f"{data}-{name}.csv")) for name in ("train", "validation"))


def shortest(values):
    return [float(str(value)) for value in numpy.asarray(values, dtype=numpy.float32).ravel()]


def trees_of(booster):
    model = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]
    model = model.get("gbtree", model)["model"]
    if "trees" not in model:
        return {"weights": shortest(model["weights"])}
    return {
        "trees": [
            {
                "left": tree["left_children"],
                "columns": tree["split_indices"],
                "values": shortest(tree["split_conditions"]),
            }
            for tree in model["trees"]
        ]
    }


def run(case):
    train, validation = read(case["data"])
    history = {}
    callbacks = []
    if "earlyStoppingRounds" in case:
        callbacks.append(xgboost.callback.EarlyStopping(rounds=case["earlyStoppingRounds"], save_best=True))
    booster = xgboost.train(
        {**case["reference"], "nthread": 1},
        train,
        case["rounds"],
        evals=[(train, "train"), (validation, "validation")],
        evals_result=history,
        callbacks=callbacks,
        verbose_eval=False,
    )
    last = {f"{name}-{metric}": values[-1] for name, metrics in history.items() for metric, values in metrics.items()}
    predictions = booster.predict(validation)
    return {
        "name": case["name"],
        "lastEvaluations": last,
        "width": 1 if predictions.ndim == 1 else predictions.shape[1],
        "predictions": shortest(predictions),
        **trees_of(booster),
    }


def main():
    cases = json.load(open(os.path.join(HERE, "cases.json")))
    expected = {
        "xgboost": xgboost.__version__,
        "numpy": numpy.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cases": [run(case) for case in cases],
    }
    with open(os.path.join(HERE, "expected.json"), "w") as file:
        json.dump(expected, file, separators=(",", ":"))
        file.write("\n")


main()
