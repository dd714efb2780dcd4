import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../testing/temporary-directory.ts";
import { cgroupV2 } from "./cgroup-v2.ts";

/** A directory that looks like a mounted hierarchy; the kernel's own files do not appear in it by themselves. */
describe("cgroupV2", () => {
  const directory = temporaryDirectory();
  const fileSystem = { mount: join(directory.path, "cgroup"), selfFile: join(directory.path, "self") };
  afterEach(() => rmSync(directory.path, { recursive: true, force: true }));

  function group(path: string, controllers: string): void {
    mkdirSync(join(fileSystem.mount, path), { recursive: true });
    writeFileSync(join(fileSystem.mount, path, "cgroup.procs"), "");
    writeFileSync(join(fileSystem.mount, path, "cgroup.subtree_control"), controllers);
  }

  it("stands beside this process's own group, where memory is handed down", async () => {
    group("user.slice/app.slice", "memory pids\n");
    group("user.slice/app.slice/clary.service", "");
    writeFileSync(fileSystem.selfFile, "0::/user.slice/app.slice/clary.service\n");
    const tree = cgroupV2(fileSystem, "clary-test");
    const base = join(fileSystem.mount, "user.slice/app.slice/clary-test");
    expect(tree?.name).toBe("cgroup v2");
    expect(readFileSync(join(base, "cgroup.subtree_control"), "utf8")).toBe("+memory +pids");

    const made = await tree?.create("job");
    expect(made?.procsFiles).toEqual([join(base, "job/cgroup.procs")]);
    writeFileSync(join(base, "job/memory.max"), "max");
    await made?.limit({ memoryBytes: 1000.5, pids: 7 });
    expect(readFileSync(join(base, "job/memory.max"), "utf8")).toBe("1000");
    expect(await made?.outOfMemory()).toBe(false);
    writeFileSync(join(base, "job/memory.events"), "low 0\noom 2\noom_kill 1\n");
    expect(await made?.outOfMemory()).toBe(true);
    writeFileSync(join(base, "job/cgroup.kill"), "");
    await made?.kill();
    expect(readFileSync(join(base, "job/cgroup.kill"), "utf8")).toBe("1");
  });

  it("is not there where no memory controller is handed down", () => {
    group("", "cpu\n");
    writeFileSync(fileSystem.selfFile, "0::/\n");
    expect(cgroupV2(fileSystem, "clary-test")).toBeUndefined();
    expect(existsSync(join(fileSystem.mount, "clary-test"))).toBe(false);
  });
});
