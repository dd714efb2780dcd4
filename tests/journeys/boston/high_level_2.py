"""Boston through Estimator, Transformer and Predictor of SDK 2.x."""
import json
import os
import pprint
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
with open(os.path.join(data_dir, "test.csv.out")) as stream:
    batch_text = stream.read()

# One transformer may run several jobs, each with a name and an output of its own.
first_job, first_output = transformer.latest_transform_job.name, transformer.output_path
transformer.transform(locations["test"], content_type="text/csv", split_type="Line")
again = session.read_s3_file(session.default_bucket(), transformer.latest_transform_job.name + "/test.csv.out")

predictor = xgb.deploy(1, "ml.m4.xlarge", serializer=CSVSerializer(), deserializer=CSVDeserializer())
online = np.array(predictor.predict(x_test.values), dtype=float).ravel()
pprint.pprint(session.sagemaker_client.describe_endpoint(EndpointName=predictor.endpoint_name))
predictor.delete_endpoint()

# The name is free at once, as the web app's notebook needs it.
predictor = xgb.deploy(
    1, "ml.m4.xlarge", endpoint_name=predictor.endpoint_name, serializer=CSVSerializer(), deserializer=CSVDeserializer()
)
redeployed = np.array(predictor.predict(x_test.values), dtype=float).ravel()
predictor.delete_model()
predictor.delete_endpoint()

# A session of its own, which asks for the default bucket once more.
attached = Estimator.attach(xgb.latest_training_job.name)
pprint.pprint(session.sagemaker_client.describe_training_job(TrainingJobName=attached.latest_training_job.name))

print(
    json.dumps(
        {
            "sdk": sagemaker.__version__,
            "rmse_batch": boston_data.rmse(y_test, batch.values),
            "rmse_online": boston_data.rmse(y_test, online),
            "rows": len(online),
            "batch_rows": len(batch),
            "role": role,
            "second_transform": {
                "same_name": first_job == transformer.latest_transform_job.name,
                "same_output": first_output == transformer.output_path,
                "same_predictions": again == batch_text,
            },
            "redeployed_alike": redeployed.tolist() == online.tolist(),
            "default_buckets": [session.default_bucket(), sagemaker.Session().default_bucket()],
            "attached_max_depth": attached.hyperparameters()["max_depth"],
            "attached_model": attached.model_data,
        }
    )
)
