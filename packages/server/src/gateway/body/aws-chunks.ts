import { AwsChunkedDecoder, ChunkVerifier, streamingPayload, type Signature } from "@clary/wire";

/** A body in `aws-chunked` framing. */
export interface AwsChunks {
  /** `x-amz-decoded-content-length`; undefined when it is not given as a number. */
  readonly decodedLength: number | undefined;
  /** Names in `x-amz-trailer`, lower case. */
  readonly trailerNames: readonly string[];
  /** A new decoder, which verifies the chunks where they are signed. */
  decoder(): AwsChunkedDecoder;
}

/** Who signed the chunks, and the secret to check that with; undefined for anonymous requests, whose chunks are unsigned. */
export interface ChunkSigner {
  readonly signature: Signature;
  readonly secret: string;
}

/** The framing that a declared payload hash (`STREAMING-…`) names; undefined when it names none that can be read. */
export function awsChunks(
  declared: string,
  headers: Readonly<Record<string, string>>,
  signer: ChunkSigner | undefined,
): AwsChunks | undefined {
  const framing = streamingPayload(declared);
  if (framing === undefined || (framing.chunksSigned && signer === undefined)) {
    return undefined;
  }
  const length = headers["x-amz-decoded-content-length"] ?? "";
  const decodedLength = /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  return {
    decodedLength,
    trailerNames: (headers["x-amz-trailer"] ?? "")
      .toLowerCase()
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    decoder: () =>
      new AwsChunkedDecoder({
        trailer: framing.trailer,
        ...(decodedLength === undefined ? {} : { decodedLength }),
        ...(framing.chunksSigned && signer !== undefined
          ? { verifier: new ChunkVerifier(signer.signature, signer.secret) }
          : {}),
      }),
  };
}
