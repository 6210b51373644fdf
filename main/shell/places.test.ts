import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { APP_ID } from './places.ts';

it('has the name under which it is installed: else Windows shows none of its notifications', () => {
  const builder = readFileSync(new URL('../../electron-builder.yml', import.meta.url), 'utf8');
  expect(/^appId: (.*)$/m.exec(builder)?.[1]).toBe(APP_ID);
});
