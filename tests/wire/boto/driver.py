"""Calls every operation of a service through boto3 and prints how what either side got differs from what was sent.

usage: driver.py SERVICE PORT REPORT_PORT

PORT is the server under test. REPORT_PORT compares what was sent with what that server understood, and tells what it
answered. Prints one JSON object: the number of operations and the list of differences.
"""

import http.client
import json
import sys

import boto3
from botocore.config import Config
from comparison import comparable, first_difference, known_part
from values import generate


def main():
    service, port, report_port = sys.argv[1:]
    client = boto3.client(
        service,
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        config=Config(
            retries={"max_attempts": 0},
            parameter_validation=False,
            inject_host_prefix=False,
            s3={"addressing_style": "path"},
        ),
    )
    report = http.client.HTTPConnection("127.0.0.1", int(report_port))
    differences = []
    methods = sorted(client.meta.method_to_api_mapping.items())
    for method, operation in methods:
        difference = try_operation(client, method, operation, report)
        if difference:
            differences.append(operation + difference)
    print(json.dumps({"operations": len(methods), "differences": differences}))


def try_operation(client, method, operation, report):
    model = client.meta.service_model.operation_model(operation)
    sent = generate(model.input_shape) if model.input_shape else {}
    expected = comparable(sent)
    try:
        received = comparable(getattr(client, method)(**sent))
    except Exception as error:
        answer = ask(report, operation, expected)
        return None if answer["unknown"] else (answer["problem"] or f" failed: {error!r}")[:300]
    answer = ask(report, operation, expected)
    if answer["problem"] or not model.output_shape:
        return answer["problem"]
    difference = first_difference(
        known_part(answer["output"], model.output_shape), known_part(received, model.output_shape)
    )
    return f" output{difference}" if difference else None


def ask(report, operation, sent):
    """What the server thinks of the last request, given what it should have been."""
    report.request("POST", "/", json.dumps({"operation": operation, "sent": sent}))
    return json.loads(report.getresponse().read())


main()
