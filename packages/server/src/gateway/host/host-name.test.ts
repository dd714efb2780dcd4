import { expect, it } from "vitest";
import { indexOf } from "../testing/service-index.ts";
import { hostReader, type HostFacts } from "./host-name.ts";

const read = hostReader(
  indexOf(
    { id: "s3", endpointPrefixes: ["s3"] },
    { id: "sts", endpointPrefixes: ["sts"] },
    { id: "ecr", endpointPrefixes: ["api.ecr"] },
    { id: "sagemaker-runtime", endpointPrefixes: ["runtime.sagemaker"] },
  ),
);

const east = "us-east-1";
const cases: readonly (readonly [string, HostFacts])[] = [
  ["127.0.0.1:8080", {}],
  ["[::1]:8080", {}],
  ["localhost:8080", {}],
  ["clary.example:8080", {}],
  ["sts.amazonaws.com", { service: "sts" }],
  ["STS.us-east-1.amazonaws.com:443", { service: "sts", region: east }],
  ["sts.cn-north-1.amazonaws.com.cn", { service: "sts", region: "cn-north-1" }],
  ["sts-fips.us-gov-west-1.amazonaws.com", { service: "sts", region: "us-gov-west-1" }],
  ["api.ecr.us-east-1.amazonaws.com", { service: "ecr", region: east }],
  ["runtime.sagemaker.us-east-1.amazonaws.com", { service: "sagemaker-runtime", region: east }],
  ["athena.us-east-1.amazonaws.com", { unknownService: "athena", region: east }],
  ["s3.amazonaws.com", { service: "s3" }],
  ["s3.us-east-1.amazonaws.com", { service: "s3", region: east }],
  ["s3-us-west-2.amazonaws.com", { service: "s3", region: "us-west-2" }],
  ["my-bucket.s3.amazonaws.com", { service: "s3", bucket: "my-bucket" }],
  ["my.dotted.bucket.s3.us-east-1.amazonaws.com", { service: "s3", bucket: "my.dotted.bucket", region: east }],
  ["my-bucket.s3.dualstack.us-east-1.amazonaws.com", { service: "s3", bucket: "my-bucket", region: east }],
  ["s3.s3.amazonaws.com", { service: "s3", bucket: "s3" }],
  ["my-bucket.localhost:8080", { bucket: "my-bucket" }],
  ["my-bucket.s3.localhost:8080", { service: "s3", bucket: "my-bucket" }],
  ["s3.localhost", { service: "s3" }],
  ["sts.localhost", { service: "sts" }],
  ["runtime.sagemaker.us-east-1.localhost", { service: "sagemaker-runtime", region: east }],
];

it.each(cases)("%s", (host, facts) => {
  expect(read(host)).toEqual(facts);
});
