/** The text that these bytes are in UTF-8, a byte order mark included; null for bytes that are none. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The value of JSON text, or of its bytes; null for what is no JSON. The value still has to be checked. */
export function parseJson(source: string | Uint8Array): unknown {
  const text = typeof source === 'string' ? source : utf8Text(source);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
