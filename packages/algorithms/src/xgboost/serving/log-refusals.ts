import type { InvocationRequest, InvocationResponse, ServingModel } from "../../serving-model.ts";

/** Answers as `serving` does, and writes what a request was refused with to the container's log, where AWS's writes it too. */
export function logRefusals(
  serving: ServingModel,
  log: (line: string) => void,
): (request: InvocationRequest) => InvocationResponse {
  return (request) => {
    const answer = serving.invoke(request);
    if (answer.status >= 400) {
      const [first = "", ...rest] = new TextDecoder().decode(answer.body).split("\n");
      log(`ERROR: ${answer.status} ${first}`);
      rest.forEach(log);
    }
    return answer;
  };
}
