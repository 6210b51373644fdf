import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT } from '../checkout.ts';
import { checked, type Outcome } from '../outcome.ts';
import { noticesDocument } from './document.ts';
import { licenceUsed } from './licences.ts';
import { runTimePackages } from './run-time-packages.ts';

export const NOTICES_FILE = join(CHECKOUT, 'THIRD-PARTY-NOTICES.md');

/** Whether the notices are those of the installed packages, and every licence is one that we may use. */
export async function checkNotices(): Promise<Outcome> {
  const packages = await runTimePackages();
  const refused = packages.filter(({ licence }) => licenceUsed(licence) === null);
  const current = await readFile(NOTICES_FILE, 'utf8').catch(() => '');
  const complaints = [
    ...refused.map(({ name, licence }) => `${name}: the licence ${licence} is not on the list.`),
    ...(current === noticesDocument(packages) ? [] : ['THIRD-PARTY-NOTICES.md is out of date: npm run notices']),
  ];
  return checked(complaints.length === 0, `${complaints.join('\n')}\n`);
}
