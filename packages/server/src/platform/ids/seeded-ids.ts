import { createHash } from "node:crypto";
import type { Ids } from "./ids.ts";
import { idsFromBytes } from "./ids-from-bytes.ts";

/** The same seed gives the same ids in the same order, also in another process. For tests: anyone can guess them. */
export function seededIds(seed: string): Ids {
  let counter = 0;
  return idsFromBytes((count) => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < count; have += 32) {
      blocks.push(createHash("sha256").update(`${seed}/${counter}`).digest());
      counter += 1;
    }
    return Buffer.concat(blocks).subarray(0, count);
  });
}
