import { createHash } from 'node:crypto';
import { TEXTS } from './texts.ts';

/** What the sheet of the recovery words says. */
export interface WordsSheet {
  /** Of the account, as a person writes it. */
  readonly name: string;
  readonly fingerprint: string;
  readonly words: readonly string[];
  /** How far the account had come; null: that could not be said. */
  readonly mark: string | null;
  /** The day on which the sheet was made, ISO 8601. */
  readonly day: string;
}

const STYLE = `
@page { size: A4; margin: 22mm }
body { font: 12pt/1.5 sans-serif; color: #000 }
h1 { font-size: 18pt; margin: 0 0 2mm }
ol { columns: 3; font: 14pt/2 monospace; margin: 8mm 0; padding-left: 12mm }
dt { font-weight: 600 }
dd { margin: 0 0 3mm }
`;

/** The policy of the sheet: it has one style, and nothing else that could run or be fetched. */
export const SHEET_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The sheet as one static document for paper. */
export function wordsPage({ name, fingerprint, words, mark, day }: WordsSheet): string {
  const texts = TEXTS.wordsSheet;
  const items = words.map((word) => `<li>${escaped(word)}</li>`).join('');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<title>${escaped(texts.title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escaped(texts.title)}</h1><p>${escaped(texts.what)}</p><ol>${items}</ol>`,
    `<dl><dt>${escaped(texts.account)}</dt><dd>${escaped(name)}</dd>`,
    `<dt>${escaped(texts.fingerprint)}</dt><dd>${escaped(fingerprint)}</dd>`,
    mark === null ? '' : `<dt>${escaped(texts.mark)}</dt><dd>${escaped(mark)}</dd>`,
    `<dt>${escaped(texts.made)}</dt><dd>${escaped(day)}</dd></dl>`,
    `<p>${escaped(texts.keep)}</p></body></html>`,
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = Object.freeze({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
});

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? '');
