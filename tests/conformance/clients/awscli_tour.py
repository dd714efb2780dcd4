"""The main path once through the AWS command line, version 1 or 2. Prints what it saw as one line of JSON.

    python awscli_tour.py AWS_PROGRAM BUCKET NAME
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

program, bucket, name = sys.argv[1:4]
image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1"
group = "/aws/sagemaker/TrainingJobs"
folder = tempfile.mkdtemp()


def run(*words):
    return subprocess.run([program, *words, "--output", "json"], capture_output=True, text=True, env={**os.environ, "AWS_PAGER": ""})


def aws(*words):
    done = run(*words)
    if done.returncode != 0:
        raise SystemExit("aws " + " ".join(words) + "\n" + done.stdout + done.stderr)
    return json.loads(done.stdout) if done.stdout.lstrip().startswith(("{", "[", '"')) else done.stdout


def error_of(*words):
    """Code, operation and message, as the command line prints them."""
    match = re.search(r"An error occurred \((\S+)\) when calling the (\S+) operation: (.*)", run(*words).stderr)
    return list(match.groups()) if match else None


def settled(member, *words):
    while True:
        answer = aws(*words)
        if answer[member] not in ("InProgress", "Creating", "Deleting"):
            return answer
        time.sleep(0.1)


def write(file, content):
    path = os.path.join(folder, file)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as stream:
        stream.write(content)
    return path


seen = {"identity": aws("sts", "get-caller-identity")["Arn"]}

# Objects
aws("s3", "mb", "s3://" + bucket)
rows = "".join("%g,%d,%d\n" % (2 * a + b, a, b) for a in range(10) for b in range(10))
write("up/train/rows + more.csv", rows)
aws("s3", "cp", "--recursive", os.path.join(folder, "up"), "s3://" + bucket)
aws("s3", "cp", "--recursive", "s3://" + bucket + "/train", os.path.join(folder, "down"))
with open(os.path.join(folder, "down", "rows + more.csv")) as stream:
    seen["object"] = stream.read() == rows
with urllib.request.urlopen(aws("s3", "presign", "s3://" + bucket + "/train/rows + more.csv").strip()) as response:
    seen["presigned"] = response.read().decode() == rows
seen["no_such_key"] = error_of("s3api", "get-object", "--bucket", bucket, "--key", "absent", os.path.join(folder, "none"))

# Training
seen["role"] = aws("iam", "get-role", "--role-name", seen["identity"].split("/")[1])["Role"]["Arn"]
request = {
    "TrainingJobName": name,
    "RoleArn": seen["role"],
    "AlgorithmSpecification": {"TrainingImage": image, "TrainingInputMode": "File"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m4.xlarge", "VolumeSizeInGB": 5},
    "StoppingCondition": {"MaxRuntimeInSeconds": 600},
    "OutputDataConfig": {"S3OutputPath": "s3://" + bucket + "/out"},
    "HyperParameters": {"objective": "reg:squarederror", "num_round": "20", "eta": "0.5"},
    "InputDataConfig": [
        {
            "ChannelName": "train",
            "ContentType": "text/csv",
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://" + bucket + "/train/"}},
        }
    ],
}
aws("sagemaker", "create-training-job", "--cli-input-json", json.dumps(request))
job = settled("TrainingJobStatus", "sagemaker", "describe-training-job", "--training-job-name", name)
seen["training"] = {
    "status": job["TrainingJobStatus"],
    "reason": job.get("FailureReason"),
    "artifact": job["ModelArtifacts"]["S3ModelArtifacts"],
}
events = aws("logs", "filter-log-events", "--log-group-name", group, "--log-stream-name-prefix", name + "/")["events"]
seen["rounds_logged"] = sum("#011train-rmse:" in event["message"] for event in events)

# Serving
container = "Image=%s,ModelDataUrl=%s" % (image, job["ModelArtifacts"]["S3ModelArtifacts"])
aws("sagemaker", "create-model", "--model-name", name, "--execution-role-arn", seen["role"], "--primary-container", container)
variant = "VariantName=AllTraffic,ModelName=%s,InstanceType=ml.m4.xlarge,InitialInstanceCount=1" % name
aws("sagemaker", "create-endpoint-config", "--endpoint-config-name", name, "--production-variants", variant)
aws("sagemaker", "create-endpoint", "--endpoint-name", name, "--endpoint-config-name", name)
seen["endpoint"] = settled("EndpointStatus", "sagemaker", "describe-endpoint", "--endpoint-name", name)["EndpointStatus"]
answer = os.path.join(folder, "answer")
# `fileb` means bytes to both versions; a plain word would be Base64 to version 2.
body = "fileb://" + write("row.csv", "3,4")
invoke = ("sagemaker-runtime", "invoke-endpoint", "--content-type", "text/csv", "--body", body, "--endpoint-name")
seen["invocation"] = aws(*invoke, name, answer)
with open(answer) as stream:
    seen["prediction"] = float(stream.read())

# Errors, and the end
seen["no_such_role"] = error_of("iam", "get-role", "--role-name", "absent")
seen["no_such_endpoint"] = error_of(*invoke, "absent", answer)
for kind in ("endpoint", "endpoint-config", "model"):
    aws("sagemaker", "delete-" + kind, "--" + kind + "-name", name)
seen["deleted"] = error_of("sagemaker", "describe-model", "--model-name", name)
aws("s3", "rb", "--force", "s3://" + bucket)
print(json.dumps(seen))
