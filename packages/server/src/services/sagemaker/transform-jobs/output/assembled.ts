const newline = Buffer.from("\n");

/**
 * The output of an object: its answers one behind the other. With `Line` each ends with a line end; containers that end their rows
 * with one already, as AWS's do in batch transforms, get no second one.
 */
export async function* assembled(
  answers: AsyncIterable<Uint8Array>,
  assembleWith: "None" | "Line",
): AsyncGenerator<Uint8Array> {
  for await (const answer of answers) {
    if (answer.length > 0) {
      yield answer;
    }
    if (assembleWith === "Line" && answer.at(-1) !== newline[0]) {
      yield newline;
    }
  }
}
