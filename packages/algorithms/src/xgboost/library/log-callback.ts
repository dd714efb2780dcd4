import koffi from "koffi";
import type { NativeLibrary } from "./native-library.ts";

// koffi frees a callback that nobody holds; the library would then call into freed memory.
const registered: unknown[] = [];

/** Sends what the library prints to `log`, line by line. `verbosity` as the hyperparameter: 0 silent to 3 debug. */
export function sendLogTo(library: NativeLibrary, verbosity: number, log: (line: string) => void): void {
  const callback = koffi.register((message: string) => {
    for (const line of message.split("\n")) {
      if (line !== "") {
        log(line);
      }
    }
  }, "ClaryXgboostLog *");
  registered.push(callback);
  library.call("XGBRegisterLogCallback", callback);
  library.call("XGBSetGlobalConfig", JSON.stringify({ verbosity }));
}
