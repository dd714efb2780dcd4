"""Boston through Estimator, Transformer and predictor of SDK 1.72, call for call as the classic notebooks."""
import json
import os
import pprint
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd
import sagemaker
from sagemaker import get_execution_role
from sagemaker.amazon.amazon_estimator import get_image_uri
from sagemaker.predictor import csv_serializer

import boston_data

data_dir = tempfile.mkdtemp()
parts = boston_data.write(data_dir)
x_test, y_test = parts["test"]

session = sagemaker.Session()
role = get_execution_role()
prefix = "boston-xgboost-HL"
test_location = session.upload_data(os.path.join(data_dir, "test.csv"), key_prefix=prefix)
val_location = session.upload_data(os.path.join(data_dir, "validation.csv"), key_prefix=prefix)
train_location = session.upload_data(os.path.join(data_dir, "train.csv"), key_prefix=prefix)

container = get_image_uri(session.boto_region_name, "xgboost")
xgb = sagemaker.estimator.Estimator(
    container,
    role,
    train_instance_count=1,
    train_instance_type="ml.m4.xlarge",
    output_path="s3://{}/{}/output".format(session.default_bucket(), prefix),
    sagemaker_session=session,
)
xgb.set_hyperparameters(
    max_depth=5,
    eta=0.2,
    gamma=4,
    min_child_weight=6,
    subsample=0.8,
    objective="reg:linear",
    early_stopping_rounds=10,
    num_round=200,
)
s3_input_train = sagemaker.s3_input(s3_data=train_location, content_type="csv")
s3_input_validation = sagemaker.s3_input(s3_data=val_location, content_type="csv")
xgb.fit({"train": s3_input_train, "validation": s3_input_validation})

xgb_transformer = xgb.transformer(instance_count=1, instance_type="ml.m4.xlarge")
xgb_transformer.transform(test_location, content_type="text/csv", split_type="Line")
xgb_transformer.wait()
subprocess.check_call(["aws", "s3", "cp", "--recursive", xgb_transformer.output_path, data_dir], stdout=sys.stderr)
batch = pd.read_csv(os.path.join(data_dir, "test.csv.out"), header=None)
with open(os.path.join(data_dir, "test.csv.out")) as stream:
    batch_text = stream.read()

# One transformer may run several jobs, each with a name and an output of its own.
first_job, first_output = xgb_transformer.latest_transform_job.name, xgb_transformer.output_path
xgb_transformer.transform(test_location, content_type="text/csv", split_type="Line")
xgb_transformer.wait()
again = session.read_s3_file(session.default_bucket(), xgb_transformer.latest_transform_job.name + "/test.csv.out")

xgb_predictor = xgb.deploy(initial_instance_count=1, instance_type="ml.m4.xlarge")
xgb_predictor.content_type = "text/csv"
xgb_predictor.serializer = csv_serializer
answer = xgb_predictor.predict(x_test.values).decode("utf-8")
online = np.fromstring(answer, sep=",")
pprint.pprint(session.sagemaker_client.describe_endpoint(EndpointName=xgb_predictor.endpoint))
xgb_predictor.delete_endpoint()

# The name is free at once, as the web app's notebook needs it.
xgb_predictor = xgb.deploy(initial_instance_count=1, instance_type="ml.m4.xlarge")
xgb_predictor.content_type = "text/csv"
xgb_predictor.serializer = csv_serializer
redeployed = np.fromstring(xgb_predictor.predict(x_test.values).decode("utf-8"), sep=",")
xgb.delete_endpoint()

# A session of its own, which asks for the default bucket once more.
attached = sagemaker.estimator.Estimator.attach(xgb.latest_training_job.name)
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
                "same_name": first_job == xgb_transformer.latest_transform_job.name,
                "same_output": first_output == xgb_transformer.output_path,
                "same_predictions": again == batch_text,
            },
            "redeployed_alike": redeployed.tolist() == online.tolist(),
            "default_buckets": [session.default_bucket(), sagemaker.Session().default_bucket()],
            "attached_max_depth": attached.hyperparameters()["max_depth"],
            "attached_model": attached.model_data,
        }
    )
)
