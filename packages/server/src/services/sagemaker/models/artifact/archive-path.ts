import { ArchiveError } from "./archive-error.ts";

const maxPathBytes = 1024;
const maxSegmentBytes = 255;

/**
 * The path of an archive entry below the directory it is unpacked to: `./a//b` → `a/b`; `""` for that directory itself.
 * @throws ArchiveError for paths that lead out of it, or that no file system takes.
 */
export function archivePath(name: string): string {
  if (name.startsWith("/") || name.includes("\0")) {
    throw new ArchiveError(`the archive holds the unsafe path ${JSON.stringify(name)}`);
  }
  const segments = name.split("/").filter((segment) => segment !== "" && segment !== ".");
  for (const segment of segments) {
    if (segment === "..") {
      throw new ArchiveError(`the archive holds the unsafe path ${JSON.stringify(name)}`);
    }
    if (Buffer.byteLength(segment) > maxSegmentBytes) {
      throw new ArchiveError(`the archive holds a name longer than ${maxSegmentBytes} bytes`);
    }
  }
  const path = segments.join("/");
  if (Buffer.byteLength(path) > maxPathBytes) {
    throw new ArchiveError(`the archive holds a path longer than ${maxPathBytes} bytes`);
  }
  return path;
}
