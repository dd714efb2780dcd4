import { open } from "node:fs/promises";

const SHOWN_CHARACTERS = 50;

/** The beginning of a file's first line, as the container's messages quote it. */
export async function firstLine(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4 * SHOWN_CHARACTERS), 0, 4 * SHOWN_CHARACTERS, 0);
    const line = buffer.toString("utf8", 0, bytesRead).split("\n")[0] ?? "";
    return line.slice(0, SHOWN_CHARACTERS);
  } finally {
    await file.close();
  }
}

/** What a file is told that should be LIBSVM and is not from its first line on: mostly CSV without its content type. */
export function notLibsvm(line: string, fileName: string, firstGeneration: boolean): string {
  return firstGeneration
    ? // The misspelling is the image's own.
      "Blankspace and colon not found in the file. ContentType by defaullt is in libsvm. " +
        `First line of '${fileName}': '${line}'. For CSV data, set the channel's ContentType to csv.`
    : `First line '${line}...' of file '${fileName}' is not 'LIBSVM' format. Please ensure the file is in 'LIBSVM' format.`;
}
