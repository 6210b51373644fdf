import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from '@endymail/service';
import { ROOM } from '../room.ts';
import { ready } from './ready.ts';

/** A service with data of its own. */
const dataFolder = mkdtempSync(join(tmpdir(), 'endymail-bench-mesh-'));
const started = await startService({ dataFolder, listen: { host: '127.0.0.1', port: 0 }, limits: ROOM });
if (!started.ok) throw new Error(`${started.error.kind} ${started.error.detail}`);
const { stop, url } = started.value;
process.once('SIGTERM', () => {
  void stop().then(() => {
    rmSync(dataFolder, { recursive: true, force: true });
    process.exit(0);
  });
});
ready(url);
