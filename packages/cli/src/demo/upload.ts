import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { toCsv, type Split } from "./boston-data.ts";
import type { DemoRun } from "./demo-run.ts";

/** Uploads the three parts of the data. Resolves with whether the bucket was made for it. */
export async function upload(
  { clients, plan, display }: DemoRun,
  data: Split,
): Promise<{ readonly madeBucket: boolean }> {
  const buckets = await clients.s3.send(new ListBucketsCommand({}));
  const exists = buckets.Buckets?.some(({ Name }) => Name === plan.bucket) === true;
  if (!exists) {
    await clients.s3.send(new CreateBucketCommand({ Bucket: plan.bucket }));
  }
  const files = {
    "train.csv": toCsv(data.train, "with-label"),
    "validation.csv": toCsv(data.validation, "with-label"),
    "test.csv": toCsv(data.test, "without-label"),
  };
  for (const [name, body] of Object.entries(files)) {
    await clients.s3.send(
      new PutObjectCommand({ Bucket: plan.bucket, Key: `${plan.prefix}/${name}`, Body: body, ContentType: "text/csv" }),
    );
  }
  display.paragraph([`s3://${plan.bucket}/${plan.prefix}/:`, ...Object.keys(files)]);
  return { madeBucket: !exists };
}
