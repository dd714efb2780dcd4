"""The usual way to serve XGBoost with Flask: one CSV row in, one prediction out."""
import os

import numpy as np
import xgboost
from flask import Flask, Response, request

booster = xgboost.Booster({"nthread": 1})
booster.load_model(os.environ["MODEL"])
app = Flask(__name__)


@app.post("/invocations")
def invocations():
    row = np.array(request.get_data().decode().split(","), dtype=np.float32).reshape(1, -1)
    return Response(str(booster.inplace_predict(row)[0]), mimetype="text/csv")
