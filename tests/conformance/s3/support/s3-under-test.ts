import { randomUUID } from "node:crypto";
import { CreateBucketCommand, S3Client, S3ServiceException, type S3ClientConfig } from "@aws-sdk/client-s3";
import { afterAll, beforeAll } from "vitest";
import { startServer, type ServerUnderTest } from "../../../support/server.ts";

type Address = Pick<ServerUnderTest, "endpoint" | "accessKeyId" | "secretAccessKey" | "region">;

/** S3 as a client sees it, with a bucket of the test file's own. */
export interface S3UnderTest {
  readonly client: S3Client;
  readonly address: Address;
  readonly bucket: string;
}

/**
 * Starts a server for the tests of a file, or uses the one that `CLARY_TEST_ENDPOINT`, `AWS_ACCESS_KEY_ID` and
 * `AWS_SECRET_ACCESS_KEY` name. Read the answer's members inside tests only.
 */
export function s3UnderTest(): S3UnderTest {
  const bucket = `test-${randomUUID()}`;
  let address: Address | undefined;
  let client: S3Client | undefined;
  let stop = async (): Promise<void> => undefined;

  beforeAll(async () => {
    address = addressGiven() ?? (await start());
    client = clientOf(address);
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(async () => {
    client?.destroy();
    await stop();
  });

  async function start(): Promise<Address> {
    const server = await startServer();
    stop = () => server.stop();
    return server;
  }

  return {
    bucket,
    get client() {
      return started(client);
    },
    get address() {
      return started(address);
    },
  };
}

/** A client with the address's keys; `options` differ from the usual ones. */
export function clientOf(address: Address, options: S3ClientConfig = {}): S3Client {
  const { endpoint, region, accessKeyId, secretAccessKey } = address;
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: 1,
    ...options,
  });
}

/** What a call failed with, as a client sees it. */
export async function failureOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof S3ServiceException) {
      const { name, message, $metadata, ...members } = error;
      return { ...members, code: name, message, status: $metadata.httpStatusCode };
    }
    throw error;
  }
  throw new Error("the call succeeded");
}

function addressGiven(): Address | undefined {
  const {
    CLARY_TEST_ENDPOINT: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId = "",
    AWS_SECRET_ACCESS_KEY: secretAccessKey = "",
    AWS_DEFAULT_REGION: region = "us-east-1",
  } = process.env;
  return endpoint === undefined ? undefined : { endpoint, accessKeyId, secretAccessKey, region };
}

function started<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("the server is started before the first test, not earlier");
  }
  return value;
}
