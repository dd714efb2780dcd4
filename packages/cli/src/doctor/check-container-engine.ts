import { access } from "node:fs/promises";
import type { CheckUp, Finding } from "./finding.ts";

/** Images other than the built-in ones will need a container engine; everything built in runs without. */
export async function checkContainerEngine({ environment }: CheckUp): Promise<Finding> {
  const runtime = environment["XDG_RUNTIME_DIR"];
  const sockets = [
    environment["DOCKER_HOST"]?.replace(/^unix:\/\//, ""),
    "/var/run/docker.sock",
    runtime === undefined ? undefined : `${runtime}/podman/podman.sock`,
  ];
  for (const socket of sockets) {
    if (socket !== undefined && (await exists(socket))) {
      return { name: "container engine", state: "ok", detail: socket };
    }
  }
  return { name: "container engine", state: "note", detail: "none found; built-in images need none" };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
