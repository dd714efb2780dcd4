import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const END_OF_DIRECTORY = Buffer.from("PK\x05\x06", "latin1");
/** The end-of-directory record is 22 bytes and may be followed by a comment of up to 65,535. */
const TAIL = 22 + 65_535;

/**
 * Reads some members of a zip archive (PKWARE APPNOTE 4.3; stored or deflated, no zip64) without unpacking the rest.
 *
 * @param {string} file
 * @param {(name: string) => boolean} wanted
 * @returns {Map<string, Buffer>} contents by member name
 */
export function readZip(file, wanted) {
  const descriptor = openSync(file, "r");
  try {
    /** @type {Map<string, Buffer>} */
    const contents = new Map();
    for (const entry of entriesOf(readDirectory(descriptor))) {
      if (wanted(entry.name)) {
        contents.set(entry.name, readEntry(descriptor, entry));
      }
    }
    return contents;
  } finally {
    closeSync(descriptor);
  }
}

/** @param {number} descriptor */
function readDirectory(descriptor) {
  const size = fstatSync(descriptor).size;
  const tail = readAt(descriptor, Math.max(0, size - TAIL), Math.min(size, TAIL));
  const end = tail.lastIndexOf(END_OF_DIRECTORY);
  if (end < 0) {
    throw new Error("not a zip archive: it has no central directory");
  }
  return readAt(descriptor, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
}

/**
 * @typedef {{ name: string, method: number, compressedSize: number, offset: number }} Entry
 * @param {Buffer} directory
 * @returns {Generator<Entry>}
 */
function* entriesOf(directory) {
  let at = 0;
  while (at < directory.length) {
    const nameLength = directory.readUInt16LE(at + 28);
    yield {
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      compressedSize: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

/**
 * @param {number} descriptor
 * @param {Entry} entry
 */
function readEntry(descriptor, entry) {
  const header = readAt(descriptor, entry.offset, 30);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const data = readAt(descriptor, start, entry.compressedSize);
  return entry.method === 0 ? data : inflateRawSync(data);
}

/**
 * @param {number} descriptor
 * @param {number} offset
 * @param {number} length
 */
function readAt(descriptor, offset, length) {
  const buffer = Buffer.alloc(length);
  readSync(descriptor, buffer, 0, length, offset);
  return buffer;
}
