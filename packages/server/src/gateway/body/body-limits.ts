import { messageTooLong, requestTooLarge, uploadTooLarge } from "../errors.ts";
import type { BodyLimit } from "./incoming-body.ts";

const kib = 1024;
const mib = 1024 * kib;
const gib = 1024 * mib;

/** How large the body of a request may be, by what is done with it. */
export interface BodyLimits {
  /** Of requests to a service whose bodies are collected in memory. */
  collected(serviceId: string): BodyLimit;
  /** Of one PutObject or UploadPart, which are streamed. */
  readonly streamed: BodyLimit;
  /** Of forms that arrive before it is known which service they are for. */
  readonly unidentified: BodyLimit;
}

export interface BodyLimitsOptions {
  /** Of InvokeEndpoint: 6 MB in the API model, raised to 25 MB by AWS in 2025. Default 25 MiB. */
  readonly invokeEndpointBytes?: number;
}

/**
 * The sizes that AWS documents, rounded up to the encoded form where a file travels as base64: S3's largest document is
 * CompleteMultipartUpload with 10,000 parts and five checksums each; a Lambda archive is 50 MB, an ECR layer part 20 MiB.
 */
export function bodyLimits({ invokeEndpointBytes = 25 * mib }: BodyLimitsOptions = {}): BodyLimits {
  const ordinary = collectedUpTo(4 * mib);
  const byService: ReadonlyMap<string, BodyLimit> = new Map([
    ["sagemaker-runtime", collectedUpTo(invokeEndpointBytes)],
    ["s3", { bytes: 8 * mib, tooLarge: messageTooLong }],
    ["lambda", collectedUpTo(70 * mib)],
    ["ecr", collectedUpTo(28 * mib)],
  ]);
  return {
    collected: (serviceId) => byService.get(serviceId) ?? ordinary,
    streamed: { bytes: 5 * gib, tooLarge: uploadTooLarge },
    unidentified: collectedUpTo(mib),
  };
}

function collectedUpTo(bytes: number): BodyLimit {
  return { bytes, tooLarge: requestTooLarge };
}
