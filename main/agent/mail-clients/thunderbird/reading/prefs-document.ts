import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { PrefValue } from '@endymail/shared/mail';
import { PREFS_MAX_BYTES } from './limits.ts';
import { INT32_MAX, INT32_MIN, readPrefsStatements } from './prefs-statements.ts';

/** A `prefs.js` or `user.js` that keeps every byte it does not change. Immutable: `set` returns a new document. */
export interface PrefsDocument {
  /** The value in force: of the last statement, where there are several. Null: not set. */
  get(name: string): PrefValue;
  /** Sets a pref; null takes it out, with its line. New ones go to the end (Thunderbird sorts when it writes). */
  set(name: string, value: PrefValue): PrefsDocument;
  /** In the order in which they first stand in the file. */
  names(): readonly string[];
  /** The whole file; byte-identical to what was parsed when nothing was changed, or everything was changed back. */
  toString(): string;
}

/**
 * Parses the text of a prefs file. What Thunderbird passes over (comments, statements it does not know) is kept.
 * Errors: `profile-malformed` when it was cut in the middle of a statement, holds NUL bytes, or is too large: then it
 * is not known what Thunderbird would make of it, and nothing should be written.
 */
export function parsePrefs(text: string): Result<PrefsDocument, Failure> {
  if (text.length > PREFS_MAX_BYTES || Buffer.byteLength(text) > PREFS_MAX_BYTES) {
    return malformed(`It is larger than ${PREFS_MAX_BYTES} bytes.`);
  }
  if (text.includes('\0')) return malformed('It holds NUL bytes.');
  const statements = readPrefsStatements(text, 'user');
  if (statements === null) return malformed('It ends in the middle of a line.');
  const chunks: Chunk[] = [];
  let gapStart = 0;
  for (const { name, value, start, valueStart, valueEnd, end } of statements) {
    if (start > gapStart) chunks.push(text.slice(gapStart, start));
    const [head, literal, tail] = [
      text.slice(start, valueStart),
      text.slice(valueStart, valueEnd),
      text.slice(valueEnd, end),
    ];
    chunks.push({ name, value, head, literal, tail });
    gapStart = end;
  }
  if (gapStart < text.length) chunks.push(text.slice(gapStart));
  return ok(createDocument(chunks, text.includes('\r\n') ? '\r\n' : '\n'));
}

/** `user_pref("name", value);` in three parts that together are the source text. */
interface Statement {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly head: string;
  readonly literal: string;
  readonly tail: string;
}

/** A statement, or what stands between two of them. */
type Chunk = Statement | string;

function createDocument(chunks: readonly Chunk[], lineEnd: string): PrefsDocument {
  // The last statement of a name is the one in force.
  const places = new Map<string, number>();
  chunks.forEach((chunk, index) => {
    if (typeof chunk !== 'string') places.set(chunk.name, index);
  });
  const statementOf = (name: string): Statement | null => {
    const chunk = chunks[places.get(name) ?? -1];
    return chunk === undefined || typeof chunk === 'string' ? null : chunk;
  };
  const document: PrefsDocument = {
    get: (name) => statementOf(name)?.value ?? null,
    set(name, value) {
      const old = statementOf(name);
      if (value === (old?.value ?? null)) return document;
      if (value === null) return createDocument(withoutPref(chunks, name), lineEnd);
      const literal = toLiteral(value);
      if (old === null) {
        const added = { name, value, head: `user_pref(${toLiteral(name)}, `, literal, tail: ');' };
        return createDocument(withStatement(chunks, added, lineEnd), lineEnd);
      }
      return createDocument(chunks.with(places.get(name) ?? 0, { ...old, value, literal }), lineEnd);
    },
    names: () => [...places.keys()],
    toString: () => chunks.map(sourceOf).join(''),
  };
  return document;
}

const sourceOf = (chunk: Chunk): string =>
  typeof chunk === 'string' ? chunk : `${chunk.head}${chunk.literal}${chunk.tail}`;

function withStatement(chunks: readonly Chunk[], added: Statement, lineEnd: string): readonly Chunk[] {
  const last = chunks.at(-1);
  const startsLine = last === undefined || /[\r\n]$/.test(sourceOf(last));
  return startsLine ? [...chunks, added, lineEnd] : [...chunks, lineEnd, added];
}

/** Takes out every statement of this name and the line end that belongs to it: the inverse of `withStatement`. */
function withoutPref(chunks: readonly Chunk[], name: string): readonly Chunk[] {
  const kept: Chunk[] = [];
  let cutLineEnd = false;
  for (const chunk of chunks) {
    if (typeof chunk !== 'string') {
      if (chunk.name === name) cutLineEnd ||= kept.length === 0 || /[\r\n][ \t]*$/.test(sourceOf(kept.at(-1) ?? ''));
      else {
        kept.push(chunk);
        cutLineEnd = false;
      }
      continue;
    }
    const rest = cutLineEnd ? chunk.replace(/^[ \t]*(\r\n|\r|\n)/, '') : chunk;
    cutLineEnd = false;
    if (rest !== '') kept.push(rest);
  }
  const last = kept.at(-1);
  // It was the last line, and the file does not end in a line end: the one before it goes.
  if (cutLineEnd && typeof last === 'string') kept[kept.length - 1] = last.replace(/(\r\n|\r|\n)[ \t]*$/, '');
  return kept.filter((chunk) => chunk !== '');
}

/** As Thunderbird writes it (Preferences.cpp, StrEscape): quotes, backslashes and line ends are escaped, nothing else. */
function toLiteral(value: string | number | boolean): string {
  if (typeof value === 'number' && (!Number.isInteger(value) || value < INT32_MIN || value > INT32_MAX)) {
    throw new RangeError(`a pref can not hold the number ${value}`);
  }
  if (typeof value !== 'string') return String(value);
  if (value.includes('\0')) throw new RangeError('a pref can not hold NUL');
  return `"${value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}

function malformed(detail: string): Result<never, Failure> {
  return err(failure('profile-malformed', undefined, detail));
}
