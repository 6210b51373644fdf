const HEX = /^(?:[0-9a-f]{2})+$/;

/**
 * Ids are text outside and bytes in the database. Throws for what is no lower-case hexadecimal: read as far as it goes, it
 * would come to mean something else, and nothing at all means the profile chain.
 */
export function bytesOf(hex: string): Uint8Array {
  if (!HEX.test(hex)) throw new TypeError('an id that is no hexadecimal');
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
