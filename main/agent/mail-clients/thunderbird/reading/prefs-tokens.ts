/**
 * The tokens of Mozilla's prefs files, cut as Thunderbird cuts them (modules/libpref/parser/src/lib.rs), so that we
 * agree with it on which prefs of a file are in force, also when the file was edited by hand.
 */
export type PrefsToken = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  /** As in the source: digits without sign, at most 32 bits. */
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'bad' }
  | { readonly kind: 'end' }
);

const UINT32_MAX = 0xffff_ffff;

/** Returns the token that begins at or after `from`, behind blanks and comments. Linear in what it passes over. */
export function nextToken(text: string, from: number): PrefsToken {
  const start = skipBlanks(text, from);
  if (start === null) return { kind: 'bad', start: from, end: text.length };
  const first = text[start];
  if (first === undefined) return { kind: 'end', start, end: start };
  if (first === '"' || first === "'") return stringToken(text, start, first);
  if ('(),;+-'.includes(first)) return { kind: 'mark', text: first, start, end: start + 1 };
  const digits = match(DIGITS, text, start);
  if (digits !== null) {
    const value = Number(digits);
    const end = start + digits.length;
    const wrong = value > UINT32_MAX || match(WORD, text, end) !== null;
    return wrong ? { kind: 'bad', start, end } : { kind: 'integer', value, start, end };
  }
  const word = match(WORD, text, start);
  if (word !== null) return { kind: 'word', text: word, start, end: start + word.length };
  return { kind: 'bad', start, end: start + 1 };
}

// Sticky, so that nothing of a large file is copied for a match.
const BLANKS = /[ \t\v\f\r\n]*/y;
const DIGITS = /[0-9]+/y;
const WORD = /[A-Za-z_]+/y;
const LINE = /[^\r\n]*/y;
const PLAIN = /[^"'\\]*/y;

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Null: a comment that never ends. */
function skipBlanks(text: string, from: number): number | null {
  let at = from;
  for (;;) {
    at += match(BLANKS, text, at)?.length ?? 0;
    if (text[at] === '#' || text.startsWith('//', at)) {
      at += match(LINE, text, at)?.length ?? 0;
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      if (close < 0) return null;
      at = close + 2;
    } else {
      return at;
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', n: '\n', r: '\r' };

function stringToken(text: string, start: number, quote: string): PrefsToken {
  const parts: string[] = [];
  let good = true;
  let at = start + 1;
  for (;;) {
    const plain = match(PLAIN, text, at) ?? '';
    parts.push(plain);
    at += plain.length;
    const next = text[at];
    if (next === undefined) return { kind: 'bad', start, end: at };
    at += 1;
    if (next === quote) break;
    if (next !== '\\') {
      parts.push(next);
      continue;
    }
    const escape = readEscape(text, at);
    // After a wrong escape the literal still goes on to its closing quote, as in Thunderbird.
    if (escape === null) good = false;
    else parts.push(escape.value);
    at = escape?.end ?? at + 1;
  }
  return good ? { kind: 'string', value: parts.join(''), start, end: at } : { kind: 'bad', start, end: at };
}

const HEX_ESCAPE = /x([0-9A-Fa-f]{2})/y;
const UTF16_ESCAPE = /u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})/y;

/** Reads what stands behind a backslash. Null: not an escape of this language. */
function readEscape(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const single = ESCAPES[text[at] ?? ''];
  if (single !== undefined) return { value: single, end: at + 1 };
  for (const pattern of [HEX_ESCAPE, UTF16_ESCAPE]) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) continue;
    const units = found.slice(1).flatMap((digits: string | undefined) => (digits === undefined ? [] : [digits]));
    const value = String.fromCharCode(...units.map((digits) => Number.parseInt(digits, 16)));
    // NUL and half a surrogate pair are errors in Thunderbird as well.
    return value === '\0' || !value.isWellFormed() ? null : { value, end: at + found[0].length };
  }
  return null;
}
