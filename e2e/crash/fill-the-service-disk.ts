import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { createServiceClient, findService, type ServiceClient } from '@endymail/main/agent/mesh';
import { firstSequenceHead } from '@endymail/shared/identity';
import { parseAccountName } from '@endymail/shared/mesh-api';
import type { Result } from '@endymail/shared/result';
import { startService, type RunningService } from '@endymail/service';
import { entriesOf, newPerson, sequenceOf } from '../../service/testing/world.ts';

/**
 * Started by a test with a folder on a small disk of its own: runs a service there, fills the disk, appends until the
 * service has no room, makes room and goes on. Prints what the client met, as JSON.
 */
const [folder = ''] = argv.slice(2);
const filler = join(folder, 'filler');

/** The service's own files have this much room at the most, so it can not take longer. */
const APPENDS_MAX = 1_000;
const ENTRY_BYTES = 1_000;

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function fillDisk(): void {
  const descriptor = openSync(filler, 'w');
  try {
    for (;;) writeSync(descriptor, Buffer.alloc(4_096));
  } catch {
    closeSync(descriptor);
  }
}

const run = async (): Promise<RunningService> =>
  valueOf(await startService({ dataFolder: join(folder, 'data'), listen: { host: '127.0.0.1', port: 0 } }));

const person = await newPerson();
const { account, made } = person;
const sequence = sequenceOf(person, 1);

async function clientAt({ address }: RunningService): Promise<ServiceClient> {
  const name = valueOf(parseAccountName(`alice@127.0.0.1:${String(address.port)}`));
  const { service } = valueOf(await findService(name));
  return createServiceClient({ service, key: person.key, now: () => new Date() });
}

let service = await run();
let client = await clientAt(service);
valueOf(await client.createAccount({ body: { name: 'alice', link: made.link, bundle: made.bundle } }));
let head = firstSequenceHead(account, sequence);

/** Appends one entry; the code of the problem where that was refused. */
async function append(): Promise<string | null> {
  const next = await entriesOf(person, sequence, person.key, [new Uint8Array(ENTRY_BYTES)], head);
  const done = await client.appendEntries({ account, sequence, body: next });
  if (!done.ok) return done.error.kind === 'problem' ? done.error.problem.code : done.error.kind;
  head = done.value;
  return null;
}

let met: string | null = null;
for (let appends = 0; appends < APPENDS_MAX && met === null; appends += 1) {
  if (appends === 10) fillDisk();
  met = await append();
}
const acknowledged = head.count;
rmSync(filler);
const after = await append();
const whole = valueOf(await client.readEntries({ account, sequence, from: 0 }));
await service.stop();
service = await run();
client = await clientAt(service);
const reopened = valueOf(await client.readEntries({ account, sequence, from: 0 }));
await service.stop();
stdout.write(
  JSON.stringify({
    met,
    heldMany: acknowledged >= 10,
    after,
    isLongerBy: whole.entries.length - acknowledged,
    isSame: JSON.stringify(reopened.head) === JSON.stringify(head),
  }),
);
