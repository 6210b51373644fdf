import { describe, expect, it } from 'vitest';
import { complaintsAbout, readRequirements } from './requirements.ts';

const MARKDOWN = `
| | requirement |
|---|---|
| SEC-1 | Keys MUST NOT leak. |
| SEC-2 | A thing SHOULD be so. |
| SEC-30 | Files MUST be parsed. |
`;

describe('readRequirements', () => {
  it('reads the numbered rows and tells MUST from SHOULD', () => {
    expect(readRequirements(MARKDOWN)).toEqual([
      { id: 'SEC-1', must: true },
      { id: 'SEC-2', must: false },
      { id: 'SEC-30', must: true },
    ]);
  });
});

describe('complaintsAbout', () => {
  const requirements = readRequirements(MARKDOWN);

  it('has none when every MUST is named, also two in one title', () => {
    expect(complaintsAbout(requirements, ['[SEC-1] [SEC-30] a key in a file'])).toEqual([]);
  });

  it('names the MUST that no test names; SEC-3 is not SEC-30', () => {
    expect(complaintsAbout(requirements, ['keys > [SEC-1] do not leak'])).toEqual([
      'SEC-30: no test that passed names it.',
    ]);
  });

  it('names what tests promise and the document does not', () => {
    expect(complaintsAbout(requirements, ['[SEC-1]', '[SEC-30]', '[SEC-99]'])).toEqual([
      'SEC-99: a test names it, docs/security.md does not.',
    ]);
  });

  it('refuses a number that is given twice and a document without any', () => {
    const twice = readRequirements(`${MARKDOWN}| SEC-2 | Again. |\n`);
    expect(complaintsAbout(twice, ['[SEC-1]', '[SEC-30]'])).toEqual(['SEC-2: the number is given twice.']);
    expect(complaintsAbout([], [])).toHaveLength(1);
  });
});
