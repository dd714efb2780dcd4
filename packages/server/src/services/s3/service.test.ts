import * as client from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { s3Service } from "./service.ts";
import { s3Fixture } from "./testing/s3-fixture.ts";

/** What each operation asks for, on the bucket `data` and its key `k`; `b:` stands for the bucket, `o:` for the object. */
const asked: Readonly<Record<string, readonly string[]>> = {
  AbortMultipartUpload: ["o:AbortMultipartUpload"],
  CompleteMultipartUpload: ["o:PutObject"],
  CopyObject: ["o:GetObject", "o:PutObject"],
  CreateBucket: ["b:CreateBucket"],
  CreateMultipartUpload: ["o:PutObject"],
  DeleteBucket: ["b:DeleteBucket"],
  DeleteBucketPolicy: ["b:DeleteBucketPolicy"],
  DeleteBucketTagging: ["b:PutBucketTagging"],
  DeleteObject: ["o:DeleteObject"],
  DeleteObjectTagging: ["o:DeleteObjectTagging"],
  DeleteObjects: [],
  GetBucketAccelerateConfiguration: ["b:GetAccelerateConfiguration"],
  GetBucketAcl: ["b:GetBucketAcl"],
  GetBucketCors: ["b:GetBucketCORS"],
  GetBucketEncryption: ["b:GetEncryptionConfiguration"],
  GetBucketLifecycleConfiguration: ["b:GetLifecycleConfiguration"],
  GetBucketLocation: ["b:GetBucketLocation"],
  GetBucketLogging: ["b:GetBucketLogging"],
  GetBucketNotificationConfiguration: ["b:GetBucketNotification"],
  GetBucketOwnershipControls: ["b:GetBucketOwnershipControls"],
  GetBucketPolicy: ["b:GetBucketPolicy"],
  GetBucketPolicyStatus: ["b:GetBucketPolicyStatus"],
  GetBucketReplication: ["b:GetReplicationConfiguration"],
  GetBucketRequestPayment: ["b:GetBucketRequestPayment"],
  GetBucketTagging: ["b:GetBucketTagging"],
  GetBucketVersioning: ["b:GetBucketVersioning"],
  GetBucketWebsite: ["b:GetBucketWebsite"],
  GetObject: ["o:GetObject"],
  GetObjectAcl: ["o:GetObjectAcl"],
  GetObjectAttributes: ["o:GetObject", "o:GetObjectAttributes"],
  GetObjectLockConfiguration: ["b:GetBucketObjectLockConfiguration"],
  GetObjectTagging: ["o:GetObjectTagging"],
  GetPublicAccessBlock: ["b:GetBucketPublicAccessBlock"],
  HeadBucket: ["b:ListBucket"],
  HeadObject: ["o:GetObject"],
  ListMultipartUploads: ["b:ListBucketMultipartUploads"],
  ListObjectVersions: ["b:ListBucketVersions"],
  ListObjects: ["b:ListBucket"],
  ListObjectsV2: ["b:ListBucket"],
  ListParts: ["o:ListMultipartUploadParts"],
  PutBucketPolicy: ["b:PutBucketPolicy"],
  PutBucketTagging: ["b:PutBucketTagging"],
  PutObject: ["o:PutObject"],
  PutObjectTagging: ["o:PutObjectTagging"],
  UploadPart: ["o:PutObject"],
  UploadPartCopy: ["o:GetObject", "o:PutObject"],
};

const authoriser = { authorise: () => undefined };

describe("s3Service", () => {
  it("names its operations as the client does, so that requests find them", async () => {
    const { objects } = await s3Fixture();
    const known = new Set(Object.keys(client).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []));
    const own = [...s3Service({ objects, authoriser }).operations.keys()];
    expect(own.filter((name) => !known.has(name))).toEqual([]);
    expect(own.toSorted()).toEqual([...Object.keys(asked), "ListBuckets"].toSorted());
  });

  it.each(Object.entries(asked))("%s asks for %j", async (name, expected) => {
    const { objects, context } = await s3Fixture();
    const input = { Bucket: "data", Key: "k", CopySource: "data/k", Delete: { Objects: [{ Key: "k" }] } };
    const permissions = s3Service({ objects, authoriser }).operations.get(name)?.permissions(input, context) ?? [];
    const short = permissions.map(({ action, resource }) => {
      const kind = resource === "arn:aws:s3:::data/k" ? "o" : resource === "arn:aws:s3:::data" ? "b" : resource;
      return `${kind}:${action.replace(/^s3:/, "")}`;
    });
    expect(short).toEqual(expected);
  });

  it("asks for tagging beside a put that brings tags", async () => {
    const s3 = await s3Fixture();
    const actions = s3
      .permissions("PutObject", { Bucket: "data", Key: "k", Tagging: "a=b" })
      .map(({ action }) => action);
    expect(actions).toEqual(["s3:PutObject", "s3:PutObjectTagging"]);
  });
});
