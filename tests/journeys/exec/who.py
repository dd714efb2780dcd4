"""Who the caller is to STS, asked as the SageMaker SDK asks: by the name of AWS's own host, whatever the environment says."""
import json
import os

import boto3

region = os.environ["AWS_DEFAULT_REGION"]
fixed = boto3.client("sts", endpoint_url="https://sts.%s.amazonaws.com" % region).get_caller_identity()["Arn"]
plain = boto3.client("sts").get_caller_identity()["Arn"]
buckets = [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]]
print(json.dumps({"fixed": fixed, "plain": plain, "buckets": buckets, "region": region}))
