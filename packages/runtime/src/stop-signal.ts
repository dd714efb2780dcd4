/** Aborts on the first SIGTERM, by which a container is asked to stop. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGTERM", () => controller.abort(new Error("SIGTERM")));
  return controller.signal;
}
