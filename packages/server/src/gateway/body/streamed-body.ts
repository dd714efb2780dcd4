import { PassThrough, type Readable, type Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { AwsError, RequestBody, type BodyFacts } from "@clary/wire";
import { incompleteRequest } from "../errors.ts";
import type { AwsChunks } from "./aws-chunks.ts";
import type { BodyLimits } from "./body-limits.ts";
import type { IncomingBody } from "./incoming-body.ts";
import { requireSha256, sha256Check } from "./sha256-check.ts";
import type { SignedBody } from "./signed-body.ts";

/** What is to hold of a body's bytes. Neither: nothing was said about them (`UNSIGNED-PAYLOAD`, version 2, anonymous). */
export interface BodyClaims {
  /** Hash of the whole, in lower-case hex. */
  readonly sha256?: string;
  readonly chunks?: AwsChunks;
}

/** Up to this size collecting costs less than a stream: the store keeps such objects in one piece anyway. */
const collectedUpTo = 64 * 1024;

/** A body of S3's, which is read when its operation is known: whole, or as it comes. */
export function streamedBody(body: IncomingBody, limits: BodyLimits, claims: BodyClaims): SignedBody {
  const { chunks } = claims;

  async function collect(limit: BodyLimits["streamed"]): Promise<Decoded> {
    const raw = await body.collect(limit);
    if (claims.sha256 !== undefined) {
      requireSha256(raw, claims.sha256);
    }
    return chunks === undefined ? { bytes: raw } : decode(raw, chunks);
  }

  return {
    decodedLength: chunks === undefined ? body.declaredLength : chunks.decodedLength,
    bytes: async () => (await collect(limits.collected("s3"))).bytes,
    async stream() {
      if (body.declaredLength === undefined || body.declaredLength > collectedUpTo) {
        return streamThrough(body.stream(), claims);
      }
      const { bytes, facts } = await collect(limits.streamed);
      return new RequestBody(bytes, facts);
    },
  };
}

interface Decoded {
  readonly bytes: Uint8Array;
  readonly facts?: BodyFacts;
}

async function decode(raw: Buffer, chunks: AwsChunks): Promise<Decoded> {
  const decoder = chunks.decoder();
  decoder.end(raw);
  const bytes = await buffer(decoder);
  return { bytes, facts: { trailerNames: chunks.trailerNames, trailers: () => decoder.trailers } };
}

function streamThrough(raw: Readable, { sha256, chunks }: BodyClaims): RequestBody {
  if (chunks !== undefined) {
    const decoder = chunks.decoder();
    const facts = { trailerNames: chunks.trailerNames, trailers: () => decoder.trailers };
    return new RequestBody(connect(raw, decoder), facts);
  }
  return new RequestBody(connect(raw, sha256 === undefined ? new PassThrough() : sha256Check(sha256)));
}

/**
 * Not `pipeline`: that would destroy the source when the reader gives up, and with the source the connection on which the
 * client is to learn why.
 */
function connect(raw: Readable, through: Transform): Transform {
  // A request that is refused before its body is read leaves nobody who would hear of the body's faults; a reader that comes
  // later still meets them.
  through.on("error", () => undefined);
  // ECONNRESET and its like: the client's doing, no fault of ours.
  raw.on("error", (error) => through.destroy(error instanceof AwsError ? error : incompleteRequest()));
  raw.on("close", () => {
    if (!raw.readableEnded) {
      through.destroy(incompleteRequest());
    }
  });
  return raw.pipe(through);
}
