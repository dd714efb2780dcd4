import type { DataCaptureConfig } from "../endpoints/deployments/deployment.ts";
import type { CapturedCall, CapturedMessage } from "./captured-call.ts";

type Encoding = "CSV" | "JSON" | "BASE64";

/** One line of a capture file, without its line end, as `captureData` readers (Model Monitor among them) expect it. */
export function captureLine(call: CapturedCall, config: DataCaptureConfig, eventId: string): string {
  const modes = new Set(config.CaptureOptions.map((option) => option.CaptureMode));
  const both = modes.has("InputAndOutput");
  return JSON.stringify({
    captureData: {
      ...(both || modes.has("Input") ? { endpointInput: captured("INPUT", call.request, config) } : {}),
      ...(both || modes.has("Output") ? { endpointOutput: captured("OUTPUT", call.response, config) } : {}),
    },
    eventMetadata: {
      eventId,
      ...(call.inferenceId === undefined ? {} : { inferenceId: call.inferenceId }),
      ...(call.customAttributes === undefined ? {} : { customAttributes: [call.customAttributes] }),
      inferenceTime: call.time.toISOString().replace(/\.\d{3}Z$/, "Z"),
    },
    eventVersion: "0",
  });
}

function captured(mode: "INPUT" | "OUTPUT", message: CapturedMessage, config: DataCaptureConfig): object {
  const encoding = encodingOf(message.contentType, config);
  const bytes = Buffer.from(message.body.buffer, message.body.byteOffset, message.body.byteLength);
  return {
    observedContentType: message.contentType,
    mode,
    data: bytes.toString(encoding === "BASE64" ? "base64" : "utf8"),
    encoding,
  };
}

/** Only types that the configuration lists are kept as text. Parameters such as `charset` do not matter. */
function encodingOf(contentType: string, config: DataCaptureConfig): Encoding {
  const type = essence(contentType);
  const { CsvContentTypes: csv, JsonContentTypes: json } = config.CaptureContentTypeHeader ?? {};
  if (csv?.some((listed) => essence(listed) === type) === true) {
    return "CSV";
  }
  return json?.some((listed) => essence(listed) === type) === true ? "JSON" : "BASE64";
}

function essence(contentType: string): string {
  return (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
}
