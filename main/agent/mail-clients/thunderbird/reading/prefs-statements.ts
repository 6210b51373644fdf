import { nextToken, type PrefsToken } from './prefs-tokens.ts';

/** `user_pref("name", value);` as it stands in a file. */
export interface PrefsStatement {
  readonly name: string;
  readonly value: string | number | boolean;
  /** `pref("name", value, locked);` of a program's own defaults: the person's value does not count. */
  readonly locked: boolean;
  readonly start: number;
  /** Where the value's literal stands. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Behind the semicolon. */
  readonly end: number;
}

export const INT32_MIN = -(2 ** 31);
export const INT32_MAX = 2 ** 31 - 1;

/**
 * Finds the statements that Thunderbird takes from the text of a prefs file (modules/libpref/parser/src/lib.rs), of a
 * profile (`user`) or of the program's defaults (`default`). What is not a statement is passed over up to the next
 * semicolon, as there. Null: the text ends in the middle of a statement, a string or a comment.
 */
export function readPrefsStatements(text: string, kind: 'user' | 'default'): readonly PrefsStatement[] | null {
  const statements: PrefsStatement[] = [];
  for (let token = nextToken(text, 0); token.kind !== 'end';) {
    const read = readStatement(text, token, kind);
    let end: number | null;
    if ('wrong' in read) {
      end = endOfStatement(text, read.wrong);
    } else {
      statements.push(read);
      end = read.end;
    }
    if (end === null) return null;
    token = nextToken(text, end);
  }
  return statements;
}

interface Wrong {
  /** The token that is not what the grammar asks for. */
  readonly wrong: PrefsToken;
}

/**
 * `pref` in a profile's file sets a default for one run, which a `user_pref` beside it overrules and which is lost when
 * Thunderbird writes the file: it is not a value of the person's.
 */
const SPECIFIERS = Object.freeze({
  user: Object.freeze(['user_pref']),
  default: Object.freeze(['user_pref', 'pref', 'sticky_pref']),
});

function readStatement(text: string, first: PrefsToken, kind: 'user' | 'default'): PrefsStatement | Wrong {
  if (first.kind !== 'word' || !SPECIFIERS[kind].includes(first.text)) return { wrong: first };
  const open = nextToken(text, first.end);
  if (!isMark(open, '(')) return { wrong: open };
  const name = nextToken(text, open.end);
  if (name.kind !== 'string') return { wrong: name };
  const comma = nextToken(text, name.end);
  if (!isMark(comma, ',')) return { wrong: comma };
  const value = readValue(text, nextToken(text, comma.end));
  if ('wrong' in value) return value;
  const rest = readEnd(text, value.end, kind);
  if ('wrong' in rest) return rest;
  return {
    name: name.value,
    value: value.value,
    locked: rest.locked,
    start: first.start,
    valueStart: value.start,
    valueEnd: value.end,
    end: rest.end,
  };
}

interface Literal {
  readonly value: string | number | boolean;
  readonly start: number;
  readonly end: number;
}

function readValue(text: string, token: PrefsToken): Literal | Wrong {
  const { start, end } = token;
  if (token.kind === 'string') return { value: token.value, start, end };
  if (token.kind === 'integer') return token.value > INT32_MAX ? { wrong: token } : { value: token.value, start, end };
  if (token.kind === 'word' && (token.text === 'true' || token.text === 'false')) {
    return { value: token.text === 'true', start, end };
  }
  if (!isMark(token, '-') && !isMark(token, '+')) return { wrong: token };
  const digits = nextToken(text, end);
  if (digits.kind !== 'integer') return { wrong: digits };
  // 0 - 0 is 0, and not the -0 that a sign in front would make of it.
  const value = isMark(token, '-') ? 0 - digits.value : digits.value;
  return value < INT32_MIN || value > INT32_MAX ? { wrong: digits } : { value, start, end: digits.end };
}

/** `)` and `;`, in the program's defaults with attributes before them. */
function readEnd(
  text: string,
  from: number,
  kind: 'user' | 'default',
): { readonly locked: boolean; readonly end: number } | Wrong {
  let locked = false;
  let token = nextToken(text, from);
  while (kind === 'default' && isMark(token, ',')) {
    const attribute = nextToken(text, token.end);
    if (attribute.kind !== 'word' || !['sticky', 'locked'].includes(attribute.text)) return { wrong: attribute };
    locked ||= attribute.text === 'locked';
    token = nextToken(text, attribute.end);
  }
  if (!isMark(token, ')')) return { wrong: token };
  const semicolon = nextToken(text, token.end);
  return isMark(semicolon, ';') ? { locked, end: semicolon.end } : { wrong: semicolon };
}

/** Where the statement that went wrong at this token ends; null: it never does. */
function endOfStatement(text: string, wrong: PrefsToken): number | null {
  for (let token = wrong; token.kind !== 'end'; token = nextToken(text, token.end)) {
    if (isMark(token, ';')) return token.end;
  }
  return null;
}

const isMark = (token: PrefsToken, text: string): boolean => token.kind === 'mark' && token.text === text;
