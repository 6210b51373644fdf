/** A value of a column, held to be what the table's STRICT type says. */

type Row = Readonly<Record<string, unknown>>;

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} is no number`);
  return value;
}

export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${column} holds no bytes`);
  return value;
}

export function textIn(row: Row, column: string): string | null {
  const value = row[column];
  if (value !== null && typeof value !== 'string') throw new TypeError(`column ${column} is no text`);
  return value;
}
