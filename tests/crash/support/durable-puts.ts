import { dirname } from "node:path";
import { descriptor, target, type SystemCall } from "./system-calls.ts";

/** A PUT that was acknowledged; its body begins with `marker`, which no other body contains. */
export interface TracedPut {
  readonly key: string;
  readonly marker: string;
  readonly kind: "inline" | "blob";
}

/**
 * What is missing between the arrival of a PUT and the first byte of its answer. For bytes in the database: they and the key
 * written to the log of the database, and the log synced. For bytes in a file: they are written and synced, the file
 * gets its name, the name's directory is synced, and only then the same for the key.
 */
export function missingSyncs(calls: readonly SystemCall[], put: TracedPut): string[] {
  const arrival = calls.find(({ name, text }) => name === "read" && text.includes(`PUT /trace/${put.key}?`));
  const answer = calls.find((call) => arrival !== undefined && isAnswerTo(call, arrival));
  if (arrival === undefined || answer === undefined) {
    return [`${put.key}: the trace shows no ${arrival === undefined ? "request" : "answer"}`];
  }
  const between = calls.filter(({ began, ended }) => began > arrival.began && ended < answer.began);
  const named = put.kind === "blob" ? finishFile(between, put.marker) : { at: arrival.ended, problem: undefined };
  if (named.problem !== undefined) {
    return [`${put.key}: ${named.problem}`];
  }
  const contents = put.kind === "blob" ? [put.key] : [put.key, put.marker];
  return contents.flatMap((content) => {
    const written = between.find((call) => isLogWrite(call) && call.began > named.at && call.text.includes(content));
    const synced = between.some((call) => isSync(call, isLog) && written !== undefined && call.began > written.ended);
    const problem = written === undefined ? "is not written to the log" : "is written to the log, which is not synced";
    return synced ? [] : [`${put.key}: ${content} ${problem} before the answer`];
  });
}

/** Where in the trace the file has its bytes and its name for good. */
function finishFile(calls: readonly SystemCall[], marker: string): { at: number; problem: string | undefined } {
  const written = calls.findLast((call) => /^p?writev?(64)?$/.test(call.name) && call.text.includes(marker));
  const path = written === undefined ? "" : target(written);
  const synced = calls.find((call) => isSync(call, (file) => file === path) && call.began > (written?.ended ?? 0));
  const renamed = calls.find(
    ({ name, text, began }) => name.startsWith("rename") && text.includes(`"${path}"`) && began > (synced?.ended ?? 0),
  );
  const [, finalPath = ""] = /, (?:\w+(?:<[^>]*>)?, )?"([^"]+)"(?:, 0)?\)/.exec(renamed?.text ?? "") ?? [];
  const directory = dirname(finalPath);
  const nameSynced = calls.find(
    (call) => isSync(call, (file) => file === directory) && call.began > (renamed?.ended ?? 0),
  );
  const steps = { "written to a file": written, synced, renamed, "synced in its directory": nameSynced };
  const missing = Object.entries(steps).find(([, call]) => call === undefined);
  return { at: nameSynced?.ended ?? 0, problem: missing && `the file's bytes are not ${missing[0]} before the answer` };
}

function isAnswerTo(call: SystemCall, request: SystemCall): boolean {
  return (
    /^(write|writev|sendto|sendmsg)$/.test(call.name) &&
    call.began > request.began &&
    descriptor(call) === descriptor(request) &&
    target(call) === target(request) &&
    call.text.includes("HTTP/1.1 200")
  );
}

function isLogWrite(call: SystemCall): boolean {
  return /^(pwrite64|write|pwritev)$/.test(call.name) && isLog(target(call));
}

function isSync(call: SystemCall, isIt: (path: string) => boolean): boolean {
  return /^f(data)?sync$/.test(call.name) && call.result === 0 && isIt(target(call));
}

/** SQLite's write-ahead log. */
function isLog(path: string): boolean {
  return path.endsWith(".db-wal");
}
