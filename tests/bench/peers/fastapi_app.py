"""The usual way to serve XGBoost with FastAPI: one CSV row in, one prediction out."""
import os

import numpy as np
import xgboost
from fastapi import FastAPI, Request, Response

booster = xgboost.Booster({"nthread": 1})
booster.load_model(os.environ["MODEL"])
app = FastAPI()


@app.post("/invocations")
async def invocations(request: Request):
    row = np.array((await request.body()).decode().split(","), dtype=np.float32).reshape(1, -1)
    return Response(str(booster.inplace_predict(row)[0]), media_type="text/csv")
