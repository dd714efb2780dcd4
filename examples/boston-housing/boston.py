"""Boston Housing with boto3 alone: upload, train, batch transform, deploy, invoke, delete.

It runs as it is on AWS and on Clary:
    npx clary exec -- python3 examples/boston-housing/boston.py
"""
import csv
import json
import math
import pathlib
import random
import time

import boto3

session = boto3.Session()
region = session.region_name
identity = session.client("sts").get_caller_identity()
# The role that this runs as; on a notebook instance and under `clary exec` that is the execution role.
role = session.client("iam").get_role(RoleName=identity["Arn"].split("/")[1])["Role"]["Arn"]
s3, sagemaker, runtime = (session.client(name) for name in ("s3", "sagemaker", "sagemaker-runtime"))

bucket = "sagemaker-{}-{}".format(region, identity["Account"])
name = "boston-" + time.strftime("%Y-%m-%d-%H-%M-%S")
image = "811284229777.dkr.ecr.{}.amazonaws.com/xgboost:1".format(region)


def read_split():
    """(train, validation, test), each a list of rows of 13 features and the value."""
    file = pathlib.Path(__file__).with_name("boston-house-prices.csv")
    rows = [[float(cell) for cell in row] for row in list(csv.reader(file.open()))[2:]]
    random.Random(0).shuffle(rows)
    return rows[:228], rows[228:339], rows[339:]


def lines(rows, label):
    """CSV as the built-in algorithms want it: no header, the label first or not at all."""
    return "\n".join(",".join(map(str, ([row[-1]] if label else []) + row[:-1])) for row in rows)


def upload(key, body):
    s3.put_object(Bucket=bucket, Key="{}/{}".format(name, key), Body=body.encode())
    return "s3://{}/{}/{}".format(bucket, name, key)


def s3_input(uri):
    return {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri}}


def rmse(rows, predicted):
    return math.sqrt(sum((row[-1] - value) ** 2 for row, value in zip(rows, predicted)) / len(rows))


if bucket not in [entry["Name"] for entry in s3.list_buckets()["Buckets"]]:
    s3.create_bucket(Bucket=bucket, **({} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}))
train, validation, test = read_split()
channels = {"train": upload("train.csv", lines(train, True)), "validation": upload("validation.csv", lines(validation, True))}
test_uri = upload("test.csv", lines(test, False))

sagemaker.create_training_job(
    TrainingJobName=name,
    RoleArn=role,
    AlgorithmSpecification={"TrainingImage": image, "TrainingInputMode": "File"},
    ResourceConfig={"InstanceCount": 1, "InstanceType": "ml.m4.xlarge", "VolumeSizeInGB": 5},
    StoppingCondition={"MaxRuntimeInSeconds": 86400},
    OutputDataConfig={"S3OutputPath": "s3://{}/{}/output".format(bucket, name)},
    HyperParameters={"max_depth": "5", "eta": "0.2", "objective": "reg:linear", "early_stopping_rounds": "10", "num_round": "200"},
    InputDataConfig=[{"ChannelName": key, "ContentType": "csv", "DataSource": s3_input(uri)} for key, uri in channels.items()],
)
sagemaker.get_waiter("training_job_completed_or_stopped").wait(TrainingJobName=name, WaiterConfig={"Delay": 1})
job = sagemaker.describe_training_job(TrainingJobName=name)
print("trained:", {metric["MetricName"]: round(metric["Value"], 3) for metric in job["FinalMetricDataList"]})

model = {"Image": image, "ModelDataUrl": job["ModelArtifacts"]["S3ModelArtifacts"]}
sagemaker.create_model(ModelName=name, ExecutionRoleArn=role, PrimaryContainer=model)
sagemaker.create_transform_job(
    TransformJobName=name,
    ModelName=name,
    TransformInput={"ContentType": "text/csv", "SplitType": "Line", "DataSource": s3_input(test_uri)},
    TransformOutput={"S3OutputPath": "s3://{}/{}/transform".format(bucket, name)},
    TransformResources={"InstanceType": "ml.m4.xlarge", "InstanceCount": 1},
)
sagemaker.get_waiter("transform_job_completed_or_stopped").wait(TransformJobName=name, WaiterConfig={"Delay": 1})
output = s3.get_object(Bucket=bucket, Key="{}/transform/test.csv.out".format(name))["Body"].read().decode()
batch = rmse(test, [float(value) for value in output.replace(",", "\n").split()])

variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m4.xlarge", "InitialInstanceCount": 1}
sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
sagemaker.get_waiter("endpoint_in_service").wait(EndpointName=name, WaiterConfig={"Delay": 1})
answer = runtime.invoke_endpoint(EndpointName=name, ContentType="text/csv", Body=lines(test, False))
online = rmse(test, [float(value) for value in answer["Body"].read().decode().split(",")])

sagemaker.delete_endpoint(EndpointName=name)
sagemaker.delete_endpoint_config(EndpointConfigName=name)
sagemaker.delete_model(ModelName=name)
print(json.dumps({"rmse_batch": batch, "rmse_online": online}))
