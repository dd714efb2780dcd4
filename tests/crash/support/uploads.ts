import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { SeededRandom } from "../../support/seeded-random.ts";
import { bytesNamed, md5, multipartVersion, type Ledger } from "./ledger.ts";

const smallestPart = 5 * 2 ** 20;

/** An upload whose end nobody has been told. */
interface OpenUpload {
  readonly key: string;
  readonly id: string;
  readonly parts: readonly Buffer[];
  /** Numbers of the parts whose upload was acknowledged. */
  readonly acknowledged: Set<number>;
  /** Asked for, without an answer. */
  ending: "complete" | "abort" | undefined;
}

/** Multipart uploads that servers are killed under. */
export class Uploads {
  readonly #bucket: string;
  readonly #ledger: Ledger;
  readonly #open = new Map<string, OpenUpload>();
  #count = 0;
  #continued = 0;

  constructor(bucket: string, ledger: Ledger) {
    this.#bucket = bucket;
    this.#ledger = ledger;
  }

  /** How many were taken up again after a crash. */
  get continued(): number {
    return this.#continued;
  }

  /** Makes uploads until the server goes away. */
  async run(s3: S3Client, random: SeededRandom): Promise<void> {
    for (;;) {
      const upload = await this.#create(s3, random);
      await this.#finish(s3, upload, random.next() < 0.2 ? "abort" : "complete");
    }
  }

  /** Checks what a crash left of each upload and brings it to its end: some are completed, some aborted. */
  async takeUp(s3: S3Client, random: SeededRandom): Promise<string[]> {
    const problems: string[] = [];
    for (const upload of this.#open.values()) {
      const found = await this.#listParts(s3, upload);
      if (found === undefined) {
        problems.push(...(upload.ending === undefined ? [`upload of ${upload.key} is lost`] : []));
        this.#open.delete(upload.id);
        continue;
      }
      problems.push(...lostParts(upload, found));
      upload.acknowledged.clear();
      [...found.keys()].forEach((number) => upload.acknowledged.add(number));
      await this.#finish(s3, upload, random.next() < 0.5 ? "abort" : "complete");
      this.#continued += 1;
    }
    return problems;
  }

  /** Aborts uploads of which only the server knows, because its answer was lost; none may be left. */
  async abortForgotten(s3: S3Client): Promise<number> {
    const listed = await s3.send(new ListMultipartUploadsCommand({ Bucket: this.#bucket }));
    for (const { Key, UploadId } of listed.Uploads ?? []) {
      await s3.send(new AbortMultipartUploadCommand({ Bucket: this.#bucket, Key, UploadId }));
    }
    const left = await s3.send(new ListMultipartUploadsCommand({ Bucket: this.#bucket }));
    return left.Uploads?.length ?? 0;
  }

  async #create(s3: S3Client, random: SeededRandom): Promise<OpenUpload> {
    const key = `uploads/${this.#count++}`;
    const sizes = [smallestPart, random.integer(1, 300_000)];
    const parts = sizes.map((size, index) => bytesNamed(`${key}:${index}`, size));
    const { UploadId: id = "" } = await s3.send(new CreateMultipartUploadCommand({ Bucket: this.#bucket, Key: key }));
    const upload: OpenUpload = { key, id, parts, acknowledged: new Set(), ending: undefined };
    this.#open.set(id, upload);
    return upload;
  }

  async #finish(s3: S3Client, upload: OpenUpload, ending: "complete" | "abort"): Promise<void> {
    const { key, id, parts, acknowledged } = upload;
    const address = { Bucket: this.#bucket, Key: key, UploadId: id };
    for (const [index, Body] of parts.entries()) {
      if (!acknowledged.has(index + 1)) {
        await s3.send(new UploadPartCommand({ ...address, PartNumber: index + 1, Body }));
        acknowledged.add(index + 1);
      }
    }
    upload.ending = ending;
    if (ending === "abort") {
      await s3.send(new AbortMultipartUploadCommand(address));
    } else {
      const Parts = parts.map((part, index) => ({ PartNumber: index + 1, ETag: `"${md5(part)}"` }));
      const command = new CompleteMultipartUploadCommand({ ...address, MultipartUpload: { Parts } });
      await this.#ledger.write(key, multipartVersion(parts), () => s3.send(command));
    }
    this.#open.delete(id);
  }

  /** ETags by part number; undefined when the server does not know the upload. */
  async #listParts(s3: S3Client, { key, id }: OpenUpload): Promise<ReadonlyMap<number, string> | undefined> {
    try {
      const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket: this.#bucket, Key: key, UploadId: id }));
      return new Map(Parts.map(({ PartNumber = 0, ETag = "" }) => [PartNumber, ETag]));
    } catch (error) {
      if (error instanceof Error && error.name === "NoSuchUpload") {
        return undefined;
      }
      throw error;
    }
  }
}

function lostParts({ key, parts, acknowledged }: OpenUpload, found: ReadonlyMap<number, string>): string[] {
  return [...acknowledged]
    .filter((number) => found.get(number) !== `"${md5(parts[number - 1] ?? Buffer.alloc(0))}"`)
    .map((number) => `part ${number} of ${key} was acknowledged and is ${found.get(number) ?? "absent"}`);
}
