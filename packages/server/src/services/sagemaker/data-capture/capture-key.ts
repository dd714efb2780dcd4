/** `yyyy/mm/dd/hh` in UTC: the folder that a call's line belongs to. */
export function captureHour(time: Date): string {
  return time.toISOString().slice(0, 13).replaceAll("-", "/").replace("T", "/");
}

/** The key of a capture file: `<prefix>/<endpoint>/<variant>/yyyy/mm/dd/hh/MM-SS-mmm-<id>.jsonl`. */
export function captureKey(
  prefix: string,
  file: { readonly endpointName: string; readonly variantName: string; readonly startedAt: Date },
  id: string,
): string {
  const started = file.startedAt.toISOString();
  const stamp = `${started.slice(14, 16)}-${started.slice(17, 19)}-${started.slice(20, 23)}`;
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  return `${folder}${file.endpointName}/${file.variantName}/${captureHour(file.startedAt)}/${stamp}-${id}.jsonl`;
}
