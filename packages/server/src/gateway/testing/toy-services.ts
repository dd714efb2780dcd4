import { RequestBody } from "@clary/wire";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { defineService, type AnyOperation, type Service } from "../../services/operation.ts";

/** Services that keep a little in memory, to see requests through the gateway with. */
export function toyServices(): readonly Service[] {
  return [
    defineService("sts", [getCallerIdentity], {}),
    defineService("sagemaker", [createModel], {}),
    defineService("sagemaker-runtime", [invokeEndpoint], {}),
    defineService("s3", s3Operations(), {}, { resourcePolicy: async () => undefined }),
  ];
}

const getCallerIdentity: AnyOperation<object> = {
  name: "GetCallerIdentity",
  permissions: () => [],
  run: async (_input, { caller }) => ({ Account: caller.account, Arn: caller.arn, UserId: caller.userId }),
};

const createModel: AnyOperation<object> = {
  name: "CreateModel",
  permissions: (input: { ModelName: string }, { scope }) => [
    {
      action: "sagemaker:CreateModel",
      resource: `arn:aws:sagemaker:${scope.region}:${scope.account}:model/${input.ModelName}`,
    },
  ],
  run: async (input: { ModelName: string }, { scope }) => ({
    ModelArn: `arn:aws:sagemaker:${scope.region}:${scope.account}:model/${input.ModelName}`,
  }),
};

const invokeEndpoint: AnyOperation<object> = {
  name: "InvokeEndpoint",
  permissions: () => [],
  async run(input: { EndpointName: string; Body: Uint8Array }) {
    if (input.EndpointName === "broken") {
      throw new TypeError("a fault of ours");
    }
    return { Body: input.Body, ContentType: "text/csv", InvokedProductionVariant: "AllTraffic" };
  },
};

interface ObjectInput {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body?: unknown;
  readonly Range?: string;
  readonly ContentLength?: number;
}

function s3Operations(): readonly AnyOperation<object>[] {
  const objects = new Map<string, Buffer>();
  const permissions = (input: ObjectInput): { action: string; resource: string }[] => [
    { action: "s3:Object", resource: `arn:aws:s3:::${input.Bucket}/${input.Key}` },
  ];
  return [
    {
      name: "PutObject",
      permissions,
      async run(input: ObjectInput) {
        const body = input.Body instanceof RequestBody ? input.Body : new RequestBody(new Uint8Array());
        const bytes = body.content instanceof Readable ? await buffer(body.content) : Buffer.from(body.content);
        objects.set(`${input.Bucket}/${input.Key}`, bytes);
        return {
          ETag: `"${bytes.length}-${input.ContentLength}"`,
          ChecksumCRC32: body.facts.trailers()["x-amz-checksum-crc32"],
        };
      },
    },
    {
      name: "GetObject",
      permissions,
      async run(input: ObjectInput) {
        const bytes = objects.get(`${input.Bucket}/${input.Key}`) ?? Buffer.alloc(0);
        return input.Range === undefined
          ? { Body: Readable.from([bytes]), ContentLength: bytes.length }
          : { Body: bytes.subarray(0, 1), ContentRange: `bytes 0-0/${bytes.length}`, ContentLength: 1 };
      },
    },
  ];
}
