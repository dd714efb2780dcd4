"""Python's own xgboost as the judge of artifacts. Prints its predictions for the rows of `rows.json` as one line of JSON.

    python xgboost_reference.py read DIRECTORY     DIRECTORY/xgboost-model, pickled or saved
    python xgboost_reference.py write DIRECTORY    trains, and writes pickle, json and ubj there, each an `xgboost-model` in a folder
"""
import json
import os
import pickle
import sys

import numpy as np
import xgboost

command, directory = sys.argv[1:3]
with open(os.path.join(directory, "rows.json")) as stream:
    rows = np.array(json.load(stream), dtype=np.float32)


def read(path):
    with open(path, "rb") as stream:
        if stream.read(1) == b"\x80":
            stream.seek(0)
            return pickle.load(stream)
    booster = xgboost.Booster()
    booster.load_model(path)
    return booster


def write():
    values = np.array([[a, b] for a in range(10) for b in range(10)], dtype=np.float32)
    labels = 2 * values[:, 0] + values[:, 1] + np.sin(values[:, 0])
    booster = xgboost.train({"max_depth": 4, "eta": 0.3}, xgboost.DMatrix(values, labels), 15)
    for form in ("pickle", "json", "ubj"):
        os.makedirs(os.path.join(directory, form))
        path = os.path.join(directory, form, "xgboost-model")
        if form == "pickle":
            with open(path, "wb") as stream:
                pickle.dump(booster, stream)
        else:
            with open(path, "wb") as stream:
                stream.write(booster.save_raw(form))
    return booster


booster = read(os.path.join(directory, "xgboost-model")) if command == "read" else write()
print(json.dumps(booster.predict(xgboost.DMatrix(rows)).tolist()))
