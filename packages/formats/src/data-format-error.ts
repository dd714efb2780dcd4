/** Where in a text file a value stands; counted from 1. */
export interface DataPosition {
  readonly row: number;
  readonly column?: number;
}

/** The data is not what its format says. The message names the place and what is wrong there, for the person who made the file. */
export class DataFormatError extends Error {
  override readonly name = "DataFormatError";
  readonly position: DataPosition | undefined;

  constructor(problem: string, position?: DataPosition, options?: ErrorOptions) {
    super(position === undefined ? problem : `${describe(position)}: ${problem}`, options);
    this.position = position;
  }
}

function describe(position: DataPosition): string {
  return position.column === undefined ? `row ${position.row}` : `row ${position.row}, column ${position.column}`;
}

const QUOTED_LENGTH = 50;

/** Foreign bytes as they may stand in a message: short, without control characters. */
export function quoteForMessage(text: string): string {
  const short = text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}...` : text;
  // A binary file that came as text must not print terminal codes into a log.
  return `'${short.replace(/[^\x20-\x7e\u00a0-\uffff]/g, "?")}'`;
}
