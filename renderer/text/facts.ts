/** Exact technical facts, as *Details* shows and copies them. */
export interface FactGroup {
  readonly title?: string;
  readonly facts?: readonly { readonly name: string; readonly value: string }[];
  /** Text of a program, line by line. */
  readonly text?: string;
}

/** The facts as plain text for the clipboard. */
export function factsText(groups: readonly FactGroup[]): string {
  return groups
    .map(({ title, facts = [], text }) =>
      [
        ...(title === undefined ? [] : [title]),
        ...facts.map(({ name, value }) => `${name}: ${value}`),
        ...(text === undefined ? [] : [text]),
      ].join('\n'),
    )
    .join('\n\n');
}
