/** An element as parsed: names without their namespace prefix, attributes with theirs. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Character data directly in the element, entities resolved. */
  readonly text: string;
}
