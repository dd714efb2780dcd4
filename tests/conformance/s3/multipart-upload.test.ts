import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { failureOf, s3UnderTest } from "./support/s3-under-test.ts";

const s3 = s3UnderTest();
const mebi5 = 5 * 1024 * 1024;

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string | undefined;
}

async function begin(Key: string, input: Partial<CreateMultipartUploadCommandInput> = {}): Promise<Upload> {
  const target = { Bucket: s3.bucket, Key };
  const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand({ ...target, ...input }));
  return { ...target, UploadId };
}

async function part(upload: Upload, PartNumber: number, Body: Buffer, input: object = {}): Promise<CompletedPart> {
  const answer = await s3.client.send(new UploadPartCommand({ ...upload, PartNumber, Body, ...input }));
  const { ETag, ChecksumCRC32, ChecksumSHA256 } = answer;
  return { PartNumber, ETag, ChecksumCRC32, ChecksumSHA256 };
}

const complete = (upload: Upload, Parts: CompletedPart[], input: object = {}): Promise<object> =>
  s3.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...input }));

describe("multipart uploads", () => {
  it("join their parts in order, whatever order they came in", async () => {
    const upload = await begin("joined", { ContentType: "application/gzip", Metadata: { a: "b" } });
    const [first, second] = [Buffer.alloc(mebi5, "a"), Buffer.from("tail")];
    const last = await part(upload, 7, second);
    const parts = [await part(upload, 2, first), last];
    expect(await s3.client.send(new ListPartsCommand({ ...upload }))).toMatchObject({
      Parts: [
        { PartNumber: 2, Size: mebi5 },
        { PartNumber: 7, Size: 4 },
      ],
      IsTruncated: false,
    });
    expect(await complete(upload, parts)).toMatchObject({
      Bucket: s3.bucket,
      Key: "joined",
      ETag: expect.stringMatching(/^"[0-9a-f]{32}-2"$/) as string,
    });
    const input = { Bucket: s3.bucket, Key: "joined" };
    const { Body, ContentType, Metadata } = await s3.client.send(new GetObjectCommand(input));
    expect([ContentType, Metadata]).toEqual(["application/gzip", { a: "b" }]);
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.concat([first, second]))).toBe(true);
    const head = await s3.client.send(new HeadObjectCommand({ ...input, PartNumber: 2 }));
    expect(head).toMatchObject({ PartsCount: 2, ContentLength: 4, $metadata: { httpStatusCode: 206 } });
    const range = await s3.client.send(new GetObjectCommand({ ...input, Range: `bytes=${mebi5 - 2}-${mebi5 + 1}` }));
    expect(await range.Body?.transformToString()).toBe("aata");
  });

  it("keep composite and whole checksums", async () => {
    const composite = await begin("composite", { ChecksumAlgorithm: "SHA256" });
    const one = await part(composite, 1, Buffer.from("abc"), { ChecksumAlgorithm: "SHA256" });
    expect(await complete(composite, [one])).toMatchObject({
      ChecksumSHA256: expect.stringMatching(/=-1$/) as string,
      ChecksumType: "COMPOSITE",
    });
    const whole = await begin("whole", { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const parts = [await part(whole, 1, Buffer.alloc(mebi5)), await part(whole, 2, Buffer.from("abc"))];
    expect(await complete(whole, parts)).toMatchObject({ ChecksumType: "FULL_OBJECT" });
    // Reading compares the bytes of both parts with the checksum that was combined from theirs.
    const input = { Bucket: s3.bucket, Key: "whole", ChecksumMode: "ENABLED" as const };
    const { Body, ChecksumCRC32 } = await s3.client.send(new GetObjectCommand(input));
    expect(ChecksumCRC32).toMatch(/^[A-Za-z0-9+/]{6}==$/);
    expect((await Body?.transformToByteArray())?.length).toBe(mebi5 + 3);
  });

  it("copy parts of objects", async () => {
    await s3.client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: "digits", Body: "0123456789" }));
    const upload = await begin("copied");
    const CopySource = `${s3.bucket}/digits`;
    const copy = (input: object): Promise<{ CopyPartResult?: CompletedPart | undefined }> =>
      s3.client.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource, ...input }));
    const { CopyPartResult } = await copy({ CopySourceRange: "bytes=3-5" });
    await complete(upload, [{ ...CopyPartResult, PartNumber: 1 }].map(withoutDate));
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: "copied" }));
    expect(await Body?.transformToString()).toBe("345");
  });

  it("are listed and dropped", async () => {
    const upload = await begin("dropped/one");
    const page = await s3.client.send(new ListMultipartUploadsCommand({ Bucket: s3.bucket, Prefix: "dropped/" }));
    expect(page.Uploads).toMatchObject([{ Key: "dropped/one", UploadId: upload.UploadId }]);
    await s3.client.send(new AbortMultipartUploadCommand({ ...upload }));
    expect(await failureOf(s3.client.send(new ListPartsCommand({ ...upload })))).toMatchObject({
      code: "NoSuchUpload",
      status: 404,
      message:
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    });
    expect(await failureOf(part(upload, 1, Buffer.from("x")))).toMatchObject({ code: "NoSuchUpload" });
  });
});

function withoutDate({ ETag, PartNumber }: CompletedPart): CompletedPart {
  return { ETag, PartNumber };
}

describe("CompleteMultipartUpload refuses", () => {
  it("wrong parts, and keeps the upload for another try", async () => {
    const upload = await begin("strict");
    const small = [await part(upload, 1, Buffer.from("x")), await part(upload, 2, Buffer.from("y"))];
    expect(await failureOf(complete(upload, small.toReversed()))).toMatchObject({
      code: "InvalidPartOrder",
      message: "The list of parts was not in ascending order. Parts must be ordered by part number.",
    });
    expect(await failureOf(complete(upload, [{ PartNumber: 3, ETag: '"none"' }]))).toMatchObject({
      code: "InvalidPart",
      message:
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    });
    expect(await failureOf(complete(upload, small))).toMatchObject({
      code: "EntityTooSmall",
      message: "Your proposed upload is smaller than the minimum allowed size",
    });
    expect(await failureOf(complete(upload, []))).toMatchObject({ code: "MalformedXML" });
    await complete(upload, small.slice(1));
  });
});
