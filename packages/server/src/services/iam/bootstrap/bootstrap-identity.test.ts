import { afterEach, describe, expect, it } from "vitest";
import { testIdentity, type TestIdentity } from "../testing/test-identity.ts";
import { iamService } from "../service.ts";
import { seededIds } from "../../../platform/ids/seeded-ids.ts";

describe("bootstrapIdentity", () => {
  let test: TestIdentity;
  afterEach(() => test.close());

  it("makes an account, a root key and the execution role at the first start", async () => {
    test = await testIdentity({});
    expect(test.boot.account).toMatch(/^[1-9]\d{11}$/);
    expect(test.boot.rootKey.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(test.boot.rootKey.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(test.boot.executionRoleArn).toBe(
      `arn:aws:iam::${test.boot.account}:role/service-role/AmazonSageMaker-ExecutionRole-20261120T060000`,
    );
    const credential = await test.identity.credentials.find(test.boot.rootKey.accessKeyId);
    expect(credential).toMatchObject({ secretAccessKey: test.boot.rootKey.secretAccessKey, caller: test.root });
  });

  it("finds everything as it was at the next start", async () => {
    test = await testIdentity({});
    test.clock.advance(60_000);
    const again = await test.restart();
    expect(again.boot).toEqual(test.boot);
  });

  it("takes a given account and root key, and a new root key later", async () => {
    const rootKey = { accessKeyId: "AKIAROOTROOTROOT", secretAccessKey: "wJalrXUtnFEMI" };
    test = await testIdentity({ account: "123456789012", rootKey });
    expect(test.boot).toMatchObject({ account: "123456789012", rootKey });
    const changed = { accessKeyId: "AKIAROOTROOTROOT", secretAccessKey: "another-secret" };
    const again = await test.restart({ rootKey: changed });
    expect(again.boot.rootKey).toEqual(changed);
    expect((await test.restart()).boot.rootKey).toEqual(changed);
  });

  it("refuses another account's id, and ids that are none", async () => {
    test = await testIdentity({ account: "123456789012" });
    await expect(test.restart({ account: "999999999999" })).rejects.toThrow(
      "The state belongs to account 123456789012 and cannot become account 999999999999. Use another data directory.",
    );
    await expect(test.restart({ account: "12" })).rejects.toThrow(
      'The account id must have twelve digits, and "12" has not.',
    );
  });

  it("gives a deleted execution role back at the next start", async () => {
    test = await testIdentity();
    const name = "AmazonSageMaker-ExecutionRole-20261120T060000";
    await test.identity.directory.roles.delete(name.toLowerCase());
    expect(test.identity.directory.role(name)).toBeUndefined();
    const { identity } = await test.restart();
    const service = iamService({ directory: identity.directory, ids: seededIds("x") });
    const answer = await test.call(service, "GetRole", { RoleName: name });
    expect(answer["Role"]).toMatchObject({ Arn: test.boot.executionRoleArn, Path: "/service-role/" });
  });

  it("makes an emptied state the same account, with the same key and role", async () => {
    const rootKey = { accessKeyId: "AKIAROOTROOTROOT", secretAccessKey: "wJalrXUtnFEMI" };
    test = await testIdentity({ account: "210987654321", rootKey });
    const emptied = await testIdentity({ kept: test.boot.kept });
    try {
      expect(emptied.boot).toEqual(test.boot);
      const role = test.boot.kept.entry.executionRoleName;
      expect(emptied.identity.directory.role(role)?.roleId).toBe(test.identity.directory.role(role)?.roleId);
      const credential = await emptied.identity.credentials.find(rootKey.accessKeyId);
      expect(credential).toMatchObject({ secretAccessKey: rootKey.secretAccessKey });
    } finally {
      await emptied.close();
    }
  });
});
