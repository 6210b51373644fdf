import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestHome } from '../../harness/index.ts';

/** The process that has the home; null where none has. */
export function holderOf(home: TestHome): number | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(home.endymailFolder, 'holder.json'), 'utf8'));
    return Number(Reflect.get(Object(holder), 'pid'));
  } catch {
    return null;
  }
}
