import { describe, expect, it } from 'vitest';

const modules = import.meta.glob(['./*.ts', '!./*.test.ts'], { eager: true });

/** Where a word of the field is a name that the person sees elsewhere, in a picture of the chain or on a phone. */
const NAMES = ['./chain.ts', './progress.ts', './export.ts'];

/** Every text below a value; what is put together by a function is not among them. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

describe('the words of the window', () => {
  it.each(Object.entries(modules))('of %s are those of a person', (path, exported) => {
    const texts = textsOf({ ...exported }).join('\n');
    expect(texts).not.toMatch(/provision|key ?pair|authority|\bCAs?\b|\bepoch\b|\bblob\b|PKCS|CMS|\bNSS\b/i);
    if (!NAMES.includes(path)) expect(texts).not.toMatch(/certificate/i);
  });

  it.each(Object.entries(modules))('of %s send nobody to the command line', (_path, exported) => {
    expect(textsOf({ ...exported }).join('\n')).not.toMatch(/\bendymail [a-z]|--[a-z]|\bnpx?\b/);
  });
});
