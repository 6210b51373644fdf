/**
 * What a terminal would obey or turn round instead of showing: control characters (C0 but the line end, DEL, C1),
 * separators of lines that are none here, and the marks that turn the direction of writing.
 */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is meant
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text with nothing in it that a terminal obeys: names in it come from mail clients and from other people. */
export const printable = (text: string): string => text.replace(OBEYED, '\ufffd');

/** One JSON value that holds what it is made of unchanged, and can be shown on a terminal all the same. */
export function printableJson(value: unknown): string {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2).replace(OBEYED, escape);
}
