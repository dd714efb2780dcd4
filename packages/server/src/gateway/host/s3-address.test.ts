import { expect, it } from "vitest";
import { pathWithBucket } from "./s3-address.ts";

it.each([
  ["/", undefined, "/"],
  ["/bucket", undefined, "/bucket"],
  ["/bucket/", undefined, "/bucket"],
  ["/bucket/a%2Fb/", undefined, "/bucket/a%2Fb/"],
  ["/bucket//", undefined, "/bucket//"],
  ["/", "bucket", "/bucket"],
  ["//", "bucket", "/bucket//"],
  ["/key", "bucket", "/bucket/key"],
  ["/dir/", "bucket", "/bucket/dir/"],
])("%s in %s", (path, bucket, expected) => {
  expect(pathWithBucket(path, bucket)).toBe(expected);
});
