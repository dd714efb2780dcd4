"""The main path once through boto3, as any program written for AWS takes it. Prints what it saw as one line of JSON.

    python boto3_tour.py BUCKET NAME
"""
import json
import sys
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

bucket, name = sys.argv[1:3]
image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
group = "/aws/sagemaker/TrainingJobs"

s3 = boto3.client("s3")
sagemaker = boto3.client("sagemaker")
runtime = boto3.client("sagemaker-runtime")
logs = boto3.client("logs")
iam = boto3.client("iam")
seen = {"identity": boto3.client("sts").get_caller_identity()["Arn"]}


def error_of(call, **request):
    try:
        call(**request)
    except ClientError as error:
        facts = error.response["Error"]
        return [error.response["ResponseMetadata"]["HTTPStatusCode"], facts["Code"], facts["Message"]]


def settled(describe, member, **request):
    """The description once its status is final; jobs here take about a second."""
    while True:
        answer = describe(**request)
        if answer[member] not in ("InProgress", "Creating", "Deleting"):
            return answer
        time.sleep(0.1)


def fetch(url, method="GET", data=None):
    headers = {"Content-Type": "text/plain"} if data else {}
    with urllib.request.urlopen(urllib.request.Request(url, method=method, data=data, headers=headers)) as response:
        return response.read().decode()


# Objects
s3.create_bucket(Bucket=bucket)
rows = "".join("%g,%d,%d\n" % (2 * a + b, a, b) for a in range(10) for b in range(10))
s3.put_object(Bucket=bucket, Key="train/rows + more.csv", Body=rows.encode(), Metadata={"kind": "rows"})
got = s3.get_object(Bucket=bucket, Key="train/rows + more.csv")
seen["object"] = {"same": got["Body"].read().decode() == rows, "metadata": got["Metadata"]}
seen["keys"] = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket, Prefix="train/")["Contents"]]
seen["presigned"] = {}
for version in ("s3", "s3v4"):
    signer = boto3.client("s3", config=Config(signature_version=version))
    target = {"Bucket": bucket, "Key": "presigned/" + version}
    # The older form signs the type, and urllib always sends one.
    put = signer.generate_presigned_url("put_object", {**target, "ContentType": "text/plain"})
    fetch(put, "PUT", version.encode())
    seen["presigned"][version] = fetch(signer.generate_presigned_url("get_object", target))
seen["no_such_key"] = error_of(s3.get_object, Bucket=bucket, Key="absent")
seen["no_such_head"] = error_of(s3.head_object, Bucket=bucket, Key="absent")

# Training
role = "arn:aws:iam::{}:role/{}".format(seen["identity"].split(":")[4], seen["identity"].split("/")[1])
seen["role"] = iam.get_role(RoleName=role.split("/")[-1])["Role"]["Arn"]
sagemaker.create_training_job(
    TrainingJobName=name,
    RoleArn=seen["role"],
    AlgorithmSpecification={"TrainingImage": image, "TrainingInputMode": "File"},
    ResourceConfig={"InstanceCount": 1, "InstanceType": "ml.m4.xlarge", "VolumeSizeInGB": 5},
    StoppingCondition={"MaxRuntimeInSeconds": 600},
    OutputDataConfig={"S3OutputPath": "s3://" + bucket + "/out"},
    HyperParameters={"objective": "reg:squarederror", "num_round": "20", "eta": "0.5"},
    InputDataConfig=[
        {
            "ChannelName": "train",
            "ContentType": "text/csv",
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://" + bucket + "/train/"}},
        }
    ],
)
job = settled(sagemaker.describe_training_job, "TrainingJobStatus", TrainingJobName=name)
seen["training"] = {
    "status": job["TrainingJobStatus"],
    "reason": job.get("FailureReason"),
    "artifact": job["ModelArtifacts"]["S3ModelArtifacts"],
    "kms": job["OutputDataConfig"]["KmsKeyId"],
    "messages": [step["StatusMessage"] for step in job["SecondaryStatusTransitions"]],
    "metrics": [metric["MetricName"] for metric in job["FinalMetricDataList"]],
}
stream = logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=name + "/")["logStreams"][0]["logStreamName"]
events = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True)["events"]
seen["rounds_logged"] = sum("#011train-rmse:" in event["message"] for event in events)

# Serving
container = {"Image": image, "ModelDataUrl": job["ModelArtifacts"]["S3ModelArtifacts"]}
sagemaker.create_model(ModelName=name, ExecutionRoleArn=seen["role"], PrimaryContainer=container)
variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m4.xlarge", "InitialInstanceCount": 1}
sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant])
sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
seen["endpoint"] = settled(sagemaker.describe_endpoint, "EndpointStatus", EndpointName=name)["EndpointStatus"]
answer = runtime.invoke_endpoint(EndpointName=name, ContentType="text/csv", Body="3,4")
seen["invocation"] = {
    "prediction": float(answer["Body"].read()),
    "content_type": answer["ContentType"],
    "variant": answer["InvokedProductionVariant"],
}

# Errors, and the end
seen["no_such_role"] = error_of(iam.get_role, RoleName="absent")
seen["no_such_endpoint"] = error_of(runtime.invoke_endpoint, EndpointName="absent", Body=b"")
seen["no_such_group"] = error_of(logs.describe_log_streams, logGroupName="/absent")
sagemaker.delete_endpoint(EndpointName=name)
sagemaker.delete_endpoint_config(EndpointConfigName=name)
sagemaker.delete_model(ModelName=name)
seen["deleted"] = error_of(sagemaker.describe_model, ModelName=name)
contents = s3.list_objects_v2(Bucket=bucket)["Contents"]
s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": entry["Key"]} for entry in contents]})
s3.delete_bucket(Bucket=bucket)
print(json.dumps(seen))
