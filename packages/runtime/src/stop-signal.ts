/** Aborts on the first SIGTERM, by which a container is asked to stop. Further ones change nothing. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  process.on("SIGTERM", () => controller.abort(new Error("SIGTERM")));
  return controller.signal;
}
