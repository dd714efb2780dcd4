import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SeededRandom } from "../../support/seeded-random.ts";
import { bytesNamed, versionOf, type Ledger } from "./ledger.ts";

/** On both sides of where bytes move from the database into files of their own, and of one write to disk. */
const sizes = [0, 1, 700, 5_000, 65_536, 65_537, 100_000, 300_000, 1_500_000];

export interface ObjectWriter {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly ledger: Ledger;
  readonly random: SeededRandom;
  /** Begins its keys, which are its own. */
  readonly name: string;
  /** Different in each round, so that no two versions are equal. */
  readonly round: number;
}

/** Puts, overwrites and deletes until the server goes away. */
export async function writeObjects({ s3, bucket, ledger, random, name, round }: ObjectWriter): Promise<void> {
  for (let count = 0; ; count++) {
    const Key = `objects/${name}/${random.integer(0, 11)}`;
    if (random.next() < 0.15) {
      await ledger.write(Key, "absent", () => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key })));
      continue;
    }
    const Body = bytesNamed(`${Key}:${round}:${count}`, random.pick(sizes));
    await ledger.write(Key, versionOf(Body), () => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body })));
  }
}
