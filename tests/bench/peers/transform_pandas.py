"""Batch prediction as most people write it: read_csv, predict, to_csv."""
import sys

import pandas as pd
import xgboost

model, source, target = sys.argv[1:]
booster = xgboost.Booster()
booster.load_model(model)
table = pd.read_csv(source, header=None, dtype="float32")
pd.DataFrame(booster.inplace_predict(table.to_numpy())).to_csv(target, header=False, index=False)
