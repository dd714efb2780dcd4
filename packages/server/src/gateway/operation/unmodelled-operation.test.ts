import { expect, it } from "vitest";
import type { Identified } from "../exchange.ts";
import { unmodelledOperation } from "./unmodelled-operation.ts";

const request = (id: string, method: string, contentType: string): Pick<Identified, "service" | "head"> =>
  ({ service: { id }, head: { method, headers: { "content-type": contentType } } }) as unknown as Identified;

it("knows a browser's form upload to S3, and nothing else", () => {
  expect(unmodelledOperation(request("s3", "POST", "multipart/form-data; boundary=x"))).toBe("PostObject");
  expect(unmodelledOperation(request("s3", "PUT", "multipart/form-data; boundary=x"))).toBeUndefined();
  expect(unmodelledOperation(request("s3", "POST", "application/xml"))).toBeUndefined();
  expect(unmodelledOperation(request("sagemaker-runtime", "POST", "multipart/form-data"))).toBeUndefined();
});
