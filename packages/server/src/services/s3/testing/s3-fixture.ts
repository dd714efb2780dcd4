import type * as s3 from "@aws-sdk/client-s3";
import { AwsError } from "@clary/wire";
import type { Authoriser } from "../../access.ts";
import type { CallContext, OperationName, Permission } from "../../operation.ts";
import { s3Service } from "../service.ts";
import type { S3Input, S3Output } from "../shared/s3-operation.ts";
import { emptyStore, now } from "./opened-store.ts";
import type { ObjectStore } from "../../../platform/objects/object-store.ts";

type Name = OperationName<typeof s3>;

/** S3 over the real store, with one empty bucket `data`. */
export interface S3Fixture {
  readonly objects: ObjectStore;
  readonly context: CallContext;
  call<N extends Name>(name: N, input: S3Input<N>, context?: Partial<CallContext>): Promise<S3Output<N>>;
  permissions<N extends Name>(name: N, input: S3Input<N>): readonly Permission[];
  resourcePolicy(resource: string): Promise<string | undefined>;
}

export const account = "123456789012";

/** Callers may do everything, unless `authoriser` says otherwise. */
export async function s3Fixture(authoriser: Authoriser = { authorise: () => undefined }): Promise<S3Fixture> {
  const objects = await emptyStore([account]);
  await objects.createBucket({ name: "data", account, region: "us-east-1" });
  const service = s3Service({ objects, authoriser });
  const context: CallContext = {
    requestId: "request",
    scope: { account, region: "us-east-1" },
    caller: { type: "root", account, arn: `arn:aws:iam::${account}:root`, userId: account },
    now,
    userAgent: "",
    sourceIp: "127.0.0.1",
    origin: "http://127.0.0.1:4566",
    signal: new AbortController().signal,
  };
  const operation = (name: string): NonNullable<ReturnType<typeof service.operations.get>> => {
    const found = service.operations.get(name);
    if (found === undefined) {
      throw new Error(`no operation ${name}`);
    }
    return found;
  };
  return {
    objects,
    context,
    async call<N extends Name>(name: N, input: S3Input<N>, differences: Partial<CallContext> = {}) {
      return (await operation(name).run(input, { ...context, ...differences })) as S3Output<N>;
    },
    permissions: (name, input) => operation(name).permissions(input, context),
    resourcePolicy: async (resource) => service.resourcePolicy?.(resource, context),
  };
}

/** The error a call ends with, as plain facts to compare. */
export async function failure(call: Promise<unknown>): Promise<object> {
  try {
    await call;
  } catch (error) {
    if (error instanceof AwsError) {
      return { code: error.code, status: error.status, message: error.message, ...error.members };
    }
    throw error;
  }
  throw new Error("the call succeeded");
}
