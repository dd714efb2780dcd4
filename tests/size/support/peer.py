"""What a person would do in Python with the data of the size test, one step per process.

    peer.py train TRAIN.csv MODEL ROUNDS
    peer.py transform TEST.csv MODEL OUTPUT.csv
    gunicorn --workers 2 'peer:serve("MODEL")'
"""
import io
import sys

import numpy as np
import pandas as pd
import xgboost

PARAMETERS = {
    "max_depth": 5,
    "eta": 0.2,
    "gamma": 4,
    "min_child_weight": 6,
    "objective": "binary:logistic",
    "tree_method": "hist",
    "base_score": 0.5,
}


def read(source):
    return pd.read_csv(source, header=None, dtype=np.float32).to_numpy()


def train(path, model, rounds):
    table = read(path)
    matrix = xgboost.DMatrix(table[:, 1:], label=table[:, 0])
    del table
    xgboost.train(PARAMETERS, matrix, num_boost_round=int(rounds)).save_model(model)


def transform(path, model, output):
    booster = xgboost.Booster(model_file=model)
    predictions = booster.predict(xgboost.DMatrix(read(path)))
    pd.DataFrame(predictions).to_csv(output, header=False, index=False)


def serve(model):
    """An application for gunicorn, as `peer:serve("MODEL")`."""
    from flask import Flask, Response, request

    booster = xgboost.Booster(model_file=model)
    app = Flask(__name__)

    @app.post("/invocations")
    def invocations():
        matrix = xgboost.DMatrix(read(io.BytesIO(request.get_data())))
        return Response("\n".join(map(str, booster.predict(matrix))), mimetype="text/csv")

    return app


if __name__ == "__main__":
    {"train": train, "transform": transform}[sys.argv[1]](*sys.argv[2:])
