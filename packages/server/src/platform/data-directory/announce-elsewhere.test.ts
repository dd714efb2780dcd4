import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { announceElsewhere } from "./announce-elsewhere.ts";
import { openDataDirectory, type DataDirectory } from "./data-directory.ts";

const names = ["control-token", "root-credentials.json", "server.json"];

describe("announceElsewhere", () => {
  let elsewhere: ReturnType<typeof temporaryDirectory>;
  let server: DataDirectory;
  let named: string;

  beforeEach(async () => {
    elsewhere = temporaryDirectory();
    named = join(elsewhere.path, "named");
    server = await openDataDirectory({ path: named, ephemeral: true });
    writeFileSync(server.file("root-credentials.json"), "{}\n");
    writeFileSync(server.file("control-token"), "t\n");
    await server.announce(4747);
  });

  afterEach(async () => {
    await server.close();
    elsewhere.remove();
  });

  it("shows what programs look for, to its owner alone, and takes it away", async () => {
    const takeAway = await announceElsewhere(server, named);
    expect(readdirSync(named).toSorted()).toEqual(names);
    expect(names.map((name) => statSync(join(named, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    expect(readFileSync(join(named, "server.json"), "utf8")).toContain('"port":4747');
    await takeAway();
    expect(readdirSync(named)).toEqual([]);
  });

  it("leaves what another server has announced there since", async () => {
    const takeAway = await announceElsewhere(server, named);
    writeFileSync(join(named, "server.json"), '{"pid":1,"port":1}\n');
    await takeAway();
    expect(readdirSync(named).toSorted()).toEqual(names);
  });

  it("refuses a lasting server's directory, and leaves it alone", async () => {
    mkdirSync(join(named, "state"), { recursive: true });
    await expect(announceElsewhere(server, named)).rejects.toThrow(
      `The data directory ${named} holds the state of a lasting server. An ephemeral server needs another one, or none.`,
    );
    expect(readdirSync(named)).toEqual(["state"]);
  });
});
