import { expect, it } from "vitest";
import { readNamedOperation } from "./named-operation.ts";
import { hasForm, readAction } from "./query-action.ts";

function head(path: string, headers: Record<string, string>, method = "POST") {
  return { method, path, query: "", headers };
}

it("reads the target header", () => {
  const json11 = { "x-amz-target": "Logs_20140328.PutLogEvents", "content-type": "application/x-amz-json-1.1" };
  const json10 = {
    "x-amz-target": "GraniteServiceVersion20100801.ListMetrics",
    "content-type": "application/x-amz-json-1.0",
  };

  expect(readNamedOperation(head("/", json11))).toEqual({
    targetPrefix: "Logs_20140328",
    operation: "PutLogEvents",
    protocol: "awsJson1_1",
  });
  expect(readNamedOperation(head("/", json10))).toMatchObject({ operation: "ListMetrics", protocol: "awsJson1_0" });
  expect(readNamedOperation(head("/", { "x-amz-target": "NoDot" }))).toMatchObject({
    targetPrefix: "",
    operation: "NoDot",
  });
});

it("reads the path of rpcv2Cbor, and only with its header", () => {
  const path = "/service/GraniteServiceVersion20100801/operation/ListMetrics";

  expect(readNamedOperation(head(path, { "smithy-protocol": "rpc-v2-cbor" }))).toEqual({
    targetPrefix: "GraniteServiceVersion20100801",
    operation: "ListMetrics",
    protocol: "rpcv2Cbor",
  });
  expect(readNamedOperation(head(path, {}))).toBeUndefined();
});

it("reads Action and Version wherever they stand", () => {
  expect(readAction("Version=2011-06-15&X=1&Action=GetCallerIdentity")).toEqual({
    action: "GetCallerIdentity",
    version: "2011-06-15",
  });
  expect(readAction("NotAction=x&Reaction=y")).toEqual({ action: undefined, version: undefined });
});

it("knows forms by method and type", () => {
  const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

  expect(hasForm(head("/", form))).toBe(true);
  expect(hasForm(head("/", form, "GET"))).toBe(false);
  expect(hasForm(head("/", {}))).toBe(false);
});
