"""Boston through Estimator, Transformer and Predictor of SDK 2.x."""
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd
import sagemaker
from sagemaker import get_execution_role, image_uris
from sagemaker.deserializers import CSVDeserializer
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.serializers import CSVSerializer

import boston_data

data_dir = tempfile.mkdtemp()
parts = boston_data.write(data_dir)
x_test, y_test = parts["test"]

session = sagemaker.Session()
role = get_execution_role()
prefix = "boston-xgboost-HL2"
locations = {
    name: session.upload_data(os.path.join(data_dir, name + ".csv"), key_prefix=prefix) for name in ("train", "validation", "test")
}

container = image_uris.retrieve("xgboost", session.boto_region_name, version=sys.argv[2])
xgb = Estimator(
    container,
    role,
    instance_count=1,
    instance_type="ml.m4.xlarge",
    output_path="s3://{}/{}/output".format(session.default_bucket(), prefix),
    sagemaker_session=session,
)
xgb.set_hyperparameters(
    max_depth=5,
    eta=0.2,
    gamma=4,
    min_child_weight=6,
    subsample=0.8,
    objective="reg:squarederror",
    early_stopping_rounds=10,
    num_round=200,
)
xgb.fit({name: TrainingInput(locations[name], content_type="csv") for name in ("train", "validation")})

transformer = xgb.transformer(instance_count=1, instance_type="ml.m4.xlarge")
transformer.transform(locations["test"], content_type="text/csv", split_type="Line")
subprocess.check_call(["aws", "s3", "cp", "--recursive", transformer.output_path, data_dir], stdout=sys.stderr)
batch = pd.read_csv(os.path.join(data_dir, "test.csv.out"), header=None)

predictor = xgb.deploy(1, "ml.m4.xlarge", serializer=CSVSerializer(), deserializer=CSVDeserializer())
online = np.array(predictor.predict(x_test.values), dtype=float).ravel()
predictor.delete_endpoint()
attached = Estimator.attach(xgb.latest_training_job.name)

print(
    json.dumps(
        {
            "sdk": sagemaker.__version__,
            "rmse_batch": boston_data.rmse(y_test, batch.values),
            "rmse_online": boston_data.rmse(y_test, online),
            "rows": len(online),
            "batch_rows": len(batch),
            "attached_max_depth": attached.hyperparameters()["max_depth"],
        }
    )
)
