import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMailAddress } from '@endymail/shared/mail';
import { composeArgument } from './compose.ts';

/** The rules of Thunderbird's MsgComposeCommands.js (GetArgs), for values in single quotes. */
function readByThunderbird(argument: string): Map<string, string> {
  let quote = '';
  let divided = '';
  for (let index = 0; index < argument.length; index += 1) {
    const character = argument.charAt(index);
    const previous = argument.charAt(index - 1);
    const next = argument.charAt(index + 1);
    if (character === quote && (next === ',' || next === '')) quote = '';
    else if ((character === "'" || character === '"') && previous === '=' && quote === '') quote = character;
    divided += character === ',' && quote === '' ? '\u0001' : character;
  }
  const fields = divided.split('\u0001').filter((field) => field.includes('='));
  return new Map(
    fields.map((field) => {
      const at = field.indexOf('=');
      const value = field.slice(at + 1);
      return [field.slice(0, at), value.startsWith("'") && value.endsWith("'") ? value.slice(1, -1) : value];
    }),
  );
}

const address = (text: string) => {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};

describe('the compose argument', () => {
  it('carries an address with a quote in it as it is', () => {
    const fields = readByThunderbird(
      composeArgument('id7', { to: address("o'brien'@example.org"), subject: 'a, b', body: "it's 100 %,\n'yes'" }),
    );
    expect(fields.get('to')).toBe("o'brien'@example.org");
    expect(fields.get('subject')).toBe('a, b');
    expect(fields.get('preselectid')).toBe('id7');
    expect(fields.get('body')).toBe("it's 100 %,\n'yes’");
    expect(fields.get('format')).toBe('2');
  });

  it('lets no text become a field of its own', () => {
    const text = fc.string({ unit: fc.constantFrom("'", ',', '=', '"', 'a', ' ', '\n', '\u0001', 'ß') });
    fc.assert(
      fc.property(text, text, (subject, body) => {
        const fields = readByThunderbird(composeArgument('id1', { to: address('alice@example.org'), subject, body }));
        expect([...fields.keys()]).toEqual(['preselectid', 'to', 'subject', 'body', 'format']);
        expect(fields.get('to')).toBe('alice@example.org');
        expect(fields.get('body')?.replaceAll('’', "'")).toBe(body.replaceAll('\u0001', ''));
      }),
    );
  });
});
