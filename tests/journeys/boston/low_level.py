"""Boston through boto3 dictionaries and the session's helpers, as the low-level notebooks do; SDK 1.72 and 2.x alike."""
import json
import os
import subprocess
import sys
import tempfile
from time import gmtime, strftime

import pandas as pd
import sagemaker
from sagemaker import get_execution_role

import boston_data

data_dir = tempfile.mkdtemp()
parts = boston_data.write(data_dir)
y_test = parts["test"][1]

session = sagemaker.Session()
role = get_execution_role()
prefix = "boston-xgboost-LL"
test_location = session.upload_data(os.path.join(data_dir, "test.csv"), key_prefix=prefix)
val_location = session.upload_data(os.path.join(data_dir, "validation.csv"), key_prefix=prefix)
train_location = session.upload_data(os.path.join(data_dir, "train.csv"), key_prefix=prefix)

container = "811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1"
training_params = {
    "RoleArn": role,
    "AlgorithmSpecification": {"TrainingImage": container, "TrainingInputMode": "File"},
    "OutputDataConfig": {"S3OutputPath": "s3://" + session.default_bucket() + "/" + prefix + "/output"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m4.xlarge", "VolumeSizeInGB": 5},
    "StoppingCondition": {"MaxRuntimeInSeconds": 86400},
    "HyperParameters": {
        "max_depth": "5",
        "eta": "0.2",
        "gamma": "4",
        "min_child_weight": "6",
        "subsample": "0.8",
        "objective": "reg:linear",
        "early_stopping_rounds": "10",
        "num_round": "200",
    },
    "InputDataConfig": [
        {
            "ChannelName": channel,
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": location, "S3DataDistributionType": "FullyReplicated"}
            },
            "ContentType": "csv",
            "CompressionType": "None",
        }
        for channel, location in (("train", train_location), ("validation", val_location))
    ],
}
training_job_name = "boston-xgboost-" + strftime("%Y-%m-%d-%H-%M-%S", gmtime())
training_params["TrainingJobName"] = training_job_name
session.sagemaker_client.create_training_job(**training_params)
session.logs_for_job(training_job_name, wait=True)
training_job_info = session.sagemaker_client.describe_training_job(TrainingJobName=training_job_name)
model_artifacts = training_job_info["ModelArtifacts"]["S3ModelArtifacts"]

model_name = training_job_name + "-model"
session.sagemaker_client.create_model(
    ModelName=model_name, ExecutionRoleArn=role, PrimaryContainer={"Image": container, "ModelDataUrl": model_artifacts}
)

transform_job_name = "boston-xgboost-batch-transform-" + strftime("%Y-%m-%d-%H-%M-%S", gmtime())
session.sagemaker_client.create_transform_job(
    TransformJobName=transform_job_name,
    ModelName=model_name,
    MaxConcurrentTransforms=1,
    MaxPayloadInMB=6,
    BatchStrategy="MultiRecord",
    TransformOutput={"S3OutputPath": "s3://{}/{}/batch-bransform/".format(session.default_bucket(), prefix)},
    TransformInput={
        "ContentType": "text/csv",
        "SplitType": "Line",
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": test_location}},
    },
    TransformResources={"InstanceType": "ml.m4.xlarge", "InstanceCount": 1},
)
session.wait_for_transform_job(transform_job_name)
output = "s3://{}/{}/batch-bransform/".format(session.default_bucket(), prefix)
subprocess.check_call(["aws", "s3", "cp", "--recursive", output, data_dir], stdout=sys.stderr)
batch = pd.read_csv(os.path.join(data_dir, "test.csv.out"), header=None)

endpoint_config_name = "boston-xgboost-endpoint-config-" + strftime("%Y-%m-%d-%H-%M-%S", gmtime())
session.sagemaker_client.create_endpoint_config(
    EndpointConfigName=endpoint_config_name,
    ProductionVariants=[
        {
            "InstanceType": "ml.m4.xlarge",
            "InitialVariantWeight": 1,
            "InitialInstanceCount": 1,
            "ModelName": model_name,
            "VariantName": "AllTraffic",
        }
    ],
)
endpoint_name = "boston-xgboost-endpoint-" + strftime("%Y-%m-%d-%H-%M-%S", gmtime())
session.sagemaker_client.create_endpoint(EndpointName=endpoint_name, EndpointConfigName=endpoint_config_name)
endpoint_dec = session.wait_for_endpoint(endpoint_name)

payload = [[str(entry) for entry in row] for row in parts["test"][0].values]
payload = "\n".join([",".join(row) for row in payload])
response = session.sagemaker_runtime_client.invoke_endpoint(EndpointName=endpoint_name, ContentType="text/csv", Body=payload)
result = response["Body"].read().decode("utf-8")
online = [float(value) for value in result.split(",")]
session.sagemaker_client.delete_endpoint(EndpointName=endpoint_name)

print()  # the wait for the endpoint ends with "!" and no line break
print(
    json.dumps(
        {
            "sdk": sagemaker.__version__,
            "rmse_batch": boston_data.rmse(y_test, batch.values),
            "rmse_online": boston_data.rmse(y_test, online),
            "rows": len(online),
            "batch_rows": len(batch),
            "endpoint_status": endpoint_dec["EndpointStatus"],
            "content_type": response["ContentType"],
            "variant": response["InvokedProductionVariant"],
            "artifact": model_artifacts,
            "log_line_count": len(
                session.boto_session.client("logs").get_log_events(
                    logGroupName="/aws/sagemaker/TrainingJobs",
                    logStreamName=session.boto_session.client("logs").describe_log_streams(
                        logGroupName="/aws/sagemaker/TrainingJobs", logStreamNamePrefix=training_job_name + "/"
                    )["logStreams"][0]["logStreamName"],
                    startFromHead=True,
                )["events"]
            ),
        }
    )
)
