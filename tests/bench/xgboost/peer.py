"""The same training as train-process.js, by Python's xgboost and pandas."""
import json
import sys
import tempfile

import pandas
import xgboost

setting = json.loads(sys.argv[1])


def read(path):
    table = pandas.read_csv(path, header=None, dtype="float32")
    return xgboost.DMatrix(table.iloc[:, 1:].to_numpy(), label=table.iloc[:, 0].to_numpy(), nthread=setting["threads"])


train = read(setting["train"])
evals = [(train, "train")]
if setting["validation"]:
    evals.append((read(setting["validation"]), "validation"))
parameters = {**setting["parameters"], "nthread": setting["threads"], "base_score": 0.5}
booster = xgboost.train(parameters, train, setting["rounds"], evals=evals)
with tempfile.NamedTemporaryFile(suffix=".ubj") as file:
    booster.save_model(file.name)
