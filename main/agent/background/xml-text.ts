const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands in an element of XML. */
export const xmlText = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
