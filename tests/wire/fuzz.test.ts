import {
  AwsError,
  checkConstraints,
  type OperationModel,
  parseInput,
  type Protocol,
  type RoutedRequest,
  routeRest,
  serialiseError,
  type ServiceModel,
  type WireRequest,
} from "@clary/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadModel } from "./testing/models.ts";

/** Operations whose inputs hold, between them, every kind of shape; each in a protocol it is called in. */
const targets: readonly (readonly [service: string, operation: string, protocol: Protocol])[] = [
  ["sagemaker", "CreateTrainingJob", "awsJson1_1"],
  ["sagemaker", "Search", "awsJson1_1"],
  ["cloudwatch", "PutMetricData", "awsJson1_0"],
  ["cloudwatch", "PutMetricData", "awsQuery"],
  ["cloudwatch", "PutMetricData", "rpcv2Cbor"],
  ["iam", "CreateRole", "awsQuery"],
  ["ec2", "RunInstances", "ec2Query"],
  ["lambda", "CreateFunction", "restJson1"],
  ["api-gateway", "PutRestApi", "restJson1"],
  ["s3", "PutBucketLifecycleConfiguration", "restXml"],
  ["s3", "DeleteObjects", "restXml"],
  ["s3", "ListObjectsV2", "restXml"],
];

function load(service: string, name: string): OperationModel {
  const operation = loadModel(service).operations.get(name);
  if (operation === undefined) {
    throw new Error(`${service} has no ${name}`);
  }
  return operation;
}

/** What names and values of the model are mixed with. */
const fragments = [
  "<",
  ">",
  "</",
  "/>",
  "&amp;",
  "&#x1F600;",
  "&",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<!DOCTYPE",
  "<?",
  "?>",
  '"',
  "'",
  "=",
  "+",
  "%",
  "%2",
  "%41",
  ".",
  ".1",
  ".1.",
  ".member.",
  ".entry.1.key",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "null",
  "true",
  "1e999",
  "-1",
  "NaN",
  "2026-11-20T12:00:00Z",
  "__proto__",
  "constructor",
  "\\u0000",
  "\u0000",
  "\ud800",
  "é",
  "\u00bf",
  "\u00ff",
  "\u009f",
  "\u00c1",
  "\u00fb",
];

function memberNames(shape: OperationModel["input"]["members"][number]["shape"], depth = 0): readonly string[] {
  if (depth > 3) {
    return [];
  }
  if (shape.type === "list") {
    return memberNames(shape.member.shape, depth + 1);
  }
  if (shape.type === "map") {
    return memberNames(shape.value.shape, depth + 1);
  }
  if (shape.type !== "structure" && shape.type !== "union") {
    return [];
  }
  return shape.members.flatMap((member) => [member.name, ...memberNames(member.shape, depth + 1)]);
}

/** A JSON value in which members of the model turn up at any depth. */
function jsonOf(names: readonly string[]): fc.Arbitrary<string> {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom<unknown>(null, true, 0, 1.5, -1, 1e300, "", "1", "2026-11-20T12:00:00Z", "YWI="),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...names, "__proto__", "x"), tie("value"), { maxKeys: 6 }),
    ),
  }));
  return value.map((content) => JSON.stringify(content));
}

function bodyFor(operation: OperationModel): fc.Arbitrary<Uint8Array> {
  const names = memberNames(operation.input);
  const soup = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.constantFrom(...names)), { maxLength: 60 });
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    soup.map((parts) => Buffer.from(parts.join(""), "utf8")),
    soup.map((parts) => Buffer.from(parts.join(""), "latin1")),
    jsonOf(names).map((text) => Buffer.from(text)),
  );
}

/** The status a request is answered with when its operation does nothing. Errors that are not AwsErrors go on. */
function answerTo(operation: OperationModel, protocol: Protocol, request: WireRequest): number {
  try {
    checkConstraints(operation, parseInput(operation, protocol, request, { Bucket: "b" }));
    return 200;
  } catch (error) {
    if (error instanceof AwsError) {
      return serialiseError(operation.service, protocol, error, "id", request).status;
    }
    throw error;
  }
}

/** The name of the operation a request reaches; undefined also for a path that is no URI. */
function routed(model: ServiceModel, request: RoutedRequest): string | undefined {
  try {
    return routeRest(model, request)?.operation.name;
  } catch (error) {
    if (error instanceof AwsError && error.code === "InvalidURI") {
      return undefined;
    }
    throw error;
  }
}

describe("whatever comes, a parser answers or refuses in AWS's words", () => {
  it.each(targets)("%s %s by %s", (service, name, protocol) => {
    const operation = load(service, name);
    fc.assert(
      fc.property(bodyFor(operation), fc.string({ maxLength: 60 }), (body, query) => {
        const request = { method: "POST", path: "/", query, headers: { "content-type": "x" }, body };
        const status = answerTo(operation, protocol, request);
        expect([200, 400, 403, 404]).toContain(status);
      }),
      { numRuns: 400 },
    );
  });

  it("routes any path", () => {
    const models = ["s3", "lambda", "api-gateway"].map(loadModel);
    const segment = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom("functions", "restapis", "2015-03-31", "..", "%2F", "%ff", ""),
    );
    const request = fc.record({
      method: fc.constantFrom("GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"),
      path: fc.array(segment, { maxLength: 8 }).map((parts) => `/${parts.join("/")}`),
      query: fc.oneof(fc.string(), fc.constantFrom("uploads", "list-type=2", "x-id=GetObject", "delete&acl")),
      headers: fc.constant({}),
    });
    fc.assert(
      fc.property(request, (incoming) => {
        for (const model of models) {
          expect(() => routed(model, incoming)).not.toThrow();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("size alone takes time in proportion", () => {
  it.each<[string, Protocol, string]>([
    ["arrays in JSON", "awsJson1_1", `{"HyperParameters":${"[".repeat(2 ** 20)}`],
    ["one string in JSON", "awsJson1_1", `{"TrainingJobName":"${"a-".repeat(2 ** 19)}"}`],
    ["open elements in XML", "restXml", "<A>".repeat(2 ** 18)],
    ["attributes in XML", "restXml", `<A ${'b="c" '.repeat(2 ** 17)}/>`],
    ["quotes in XML", "restXml", `<A b='${">".repeat(2 ** 16)}`],
    ["entities in XML", "restXml", `<A>${"&amp;".repeat(2 ** 18)}</A>`],
    ["unclosed comments in XML", "restXml", "<!--".repeat(2 ** 18)],
    ["names in a query", "awsQuery", "A.member.1.B=1&".repeat(2 ** 16)],
    ["dots in a query", "awsQuery", ".".repeat(2 ** 20)],
  ])("%s", (_, protocol, body) => {
    const [service, name] = protocol === "restXml" ? ["s3", "DeleteObjects"] : ["sagemaker", "CreateTrainingJob"];
    const operation = load(service ?? "", name ?? "");
    const request = { method: "POST", path: "/", query: "", headers: {}, body: Buffer.from(body) };
    const started = performance.now();
    expect(() => checkConstraints(operation, parseInput(operation, protocol, request))).toThrow(AwsError);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
