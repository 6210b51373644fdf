import { writeFile } from 'node:fs/promises';
import { NOTICES_FILE } from './check.ts';
import { noticesDocument } from './document.ts';
import { runTimePackages } from './run-time-packages.ts';

await writeFile(NOTICES_FILE, noticesDocument(await runTimePackages()));
