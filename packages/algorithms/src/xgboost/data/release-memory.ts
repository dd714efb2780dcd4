import { setImmediate as nextTurn } from "node:timers/promises";
import { MessageChannel } from "node:worker_threads";

/** Smaller arrays may wait for the collector. */
const WORTHWHILE_BYTES = 1024 * 1024;

/**
 * Gives an array's memory back at once; the array is empty afterwards. The collector does not see that the library, beside
 * it, is about to need as much: a table of 500 MB was seen to stay until the training's peak.
 */
export async function releaseMemory(array: Float32Array | Uint32Array | Uint8Array): Promise<void> {
  const { buffer } = array;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < WORTHWHILE_BYTES) {
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(null, [buffer]);
  // What was sent dies with the channel: seen to be gone after the second turn of the loop, when both ends are closed.
  port1.close();
  port2.close();
  await nextTurn();
  await nextTurn();
}
