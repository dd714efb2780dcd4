import { Transform, type TransformCallback } from "node:stream";
import { chunkSignatureMismatch, incompleteBody, malformedChunk, malformedTrailer } from "./chunk-errors.ts";
import type { ChunkVerifier } from "./chunk-verifier.ts";

export interface AwsChunkedOptions {
  /** Verifies signed chunks; absent for `STREAMING-UNSIGNED-PAYLOAD-TRAILER`. */
  readonly verifier?: ChunkVerifier;
  /** Whether trailing headers may follow the last chunk (the `-TRAILER` forms). */
  readonly trailer: boolean;
  /** `x-amz-decoded-content-length`. */
  readonly decodedLength?: number;
}

const CHUNK_HEAD = /^([0-9a-fA-F]{1,12})[ \t]*(?:;[ \t]*chunk-signature=([0-9a-f]{64}))?[ \t]*$/;
const TRAILER_SIGNATURE = "x-amz-trailer-signature";
/** A chunk's head is under 110 bytes; a trailer holds a checksum and a signature. */
const MAX_LINE = 1024;
const MAX_TRAILERS = 16;
const LF = 0x0a;

/** What the next bytes are. */
type State = "head" | "data" | "dataEnd" | "trailer" | "done";

/**
 * Decodes `Content-Encoding: aws-chunked`. Bytes go on as they come; a chunk's signature is checked at its end and fails
 * the stream, so that whoever reads to a good end has read what was signed. Errors are AwsErrors in S3's words.
 */
export class AwsChunkedDecoder extends Transform {
  readonly #options: AwsChunkedOptions;
  readonly #trailers: Record<string, string> = {};
  #state: State = "head";
  #line: Buffer = Buffer.alloc(0);
  #left = 0;
  #signature = "";
  #decoded = 0;
  #trailerLines = "";

  constructor(options: AwsChunkedOptions) {
    super();
    this.#options = options;
  }

  /** Trailing headers, names in lower case; complete when the stream has ended. */
  get trailers(): Readonly<Record<string, string>> {
    return this.#trailers;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    try {
      this.#consume(chunk);
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }

  override _flush(callback: TransformCallback): void {
    try {
      this.#finish();
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }

  #consume(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length && this.#state !== "done") {
      at = this.#state === "data" ? this.#takeData(bytes, at) : this.#takeLine(bytes, at);
    }
  }

  #takeData(bytes: Buffer, at: number): number {
    const data = bytes.subarray(at, at + this.#left);
    this.#left -= data.length;
    this.#decoded += data.length;
    if (this.#options.decodedLength !== undefined && this.#decoded > this.#options.decodedLength) {
      throw incompleteBody();
    }
    this.#options.verifier?.update(data);
    this.push(data);
    if (this.#left === 0) {
      this.#endChunk();
      this.#state = "dataEnd";
    }
    return at + data.length;
  }

  /** Gathers a line that may come in pieces. */
  #takeLine(bytes: Buffer, at: number): number {
    const feed = bytes.indexOf(LF, at);
    const end = feed < 0 ? bytes.length : feed + 1;
    this.#line = Buffer.concat([this.#line, bytes.subarray(at, end)]);
    if (this.#line.length > MAX_LINE) {
      throw this.#state === "trailer" ? malformedTrailer() : malformedChunk();
    }
    if (feed >= 0) {
      const line = this.#line.toString("latin1").replace(/\r?\n$/, "");
      this.#line = Buffer.alloc(0);
      this.#readLine(line);
    }
    return end;
  }

  #readLine(line: string): void {
    if (this.#state === "head") {
      this.#readHead(line);
    } else if (this.#state === "trailer") {
      this.#readTrailer(line);
    } else if (line === "") {
      this.#state = "head";
    } else {
      throw malformedChunk();
    }
  }

  #readHead(line: string): void {
    const match = CHUNK_HEAD.exec(line);
    if (match === null || (this.#options.verifier !== undefined && match[2] === undefined)) {
      throw malformedChunk();
    }
    this.#left = Number.parseInt(match[1] ?? "", 16);
    this.#signature = match[2] ?? "";
    if (this.#left > 0) {
      this.#state = "data";
    } else {
      this.#endChunk();
      this.#state = "trailer";
    }
  }

  #endChunk(): void {
    const { verifier } = this.#options;
    if (verifier !== undefined && !verifier.endChunk(this.#signature)) {
      throw chunkSignatureMismatch();
    }
  }

  #readTrailer(line: string): void {
    if (line === "") {
      this.#state = "done";
      return;
    }
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!this.#options.trailer || colon < 1 || Object.keys(this.#trailers).length >= MAX_TRAILERS) {
      throw malformedTrailer();
    }
    const value = line.slice(colon + 1).trim();
    this.#trailers[name] = value;
    if (name !== TRAILER_SIGNATURE) {
      this.#trailerLines += `${name}:${value}\n`;
    }
  }

  /** The last empty line is left out by some clients. */
  #finish(): void {
    if (this.#state === "trailer" && this.#line.length > 0) {
      this.#readLine(this.#line.toString("latin1"));
    }
    if (this.#state !== "done" && this.#state !== "trailer") {
      throw incompleteBody();
    }
    const { decodedLength } = this.#options;
    if (decodedLength !== undefined && decodedLength !== this.#decoded) {
      throw incompleteBody();
    }
    this.#verifyTrailer();
  }

  #verifyTrailer(): void {
    const { verifier, trailer } = this.#options;
    const signature = this.#trailers[TRAILER_SIGNATURE];
    delete this.#trailers[TRAILER_SIGNATURE];
    if (verifier === undefined || !trailer) {
      return;
    }
    if (signature === undefined || !verifier.verifyTrailer(this.#trailerLines, signature)) {
      throw chunkSignatureMismatch();
    }
  }
}
