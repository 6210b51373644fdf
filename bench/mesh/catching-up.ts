import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEntry, NO_ENTRY, startReading, upsertOf, type PersonItem, type Reading } from '@endymail/shared/catalog';
import { firstSequenceHead, sequenceOf } from '@endymail/shared/identity';
import { Redacted } from '@endymail/shared/result';
import { generateSigningKey, type SequenceId } from '@endymail/shared/sealing';
import { testAddress } from '@endymail/e2e/harness';
import { followChain, type Chain } from '../../main/agent/account/follow-chain.ts';
import { createMeshFiles, type MeshFiles } from '../../main/agent/account/mesh-files.ts';
import { pull } from '../../main/agent/account/pull.ts';
import { inTurns, NO_RESULTS, timed, times, type Results } from '../measure.ts';
import { newAccount, nowSeconds, valueOf, type BenchAccount } from './account.ts';
import { startServer } from './program.ts';

const ENTRIES = 10_000;
const ENTRIES_PER_APPEND = 500;
const RUNS = 5;
const OPENING_RUNS = 15;
/** Of a CA or of a certificate with a P-256 key. */
const CERTIFICATE_BYTES = 480;

/**
 * How long it takes a device to read 10,000 people that were added while it was off, and to open the same from what it
 * keeps of them.
 */
export async function benchCatchingUp(): Promise<Results> {
  await using mesh = await startServer('mesh');
  const of = await newAccount(mesh.url, 'alice');
  const chain = valueOf(
    await followChain(of.client, {
      account: of.account,
      owner: of.key.id,
      kems: [of.kem],
      known: null,
      kept: new Map(),
    }),
  );
  const sequence = sequenceOf(chain.profile, 'people')?.id;
  if (sequence === undefined) throw new Error('An account without people');
  await writePeople(of, chain, sequence);

  const device = (await generateSigningKey()).id;
  let reading = startReading(chain.profile, sequence);
  const behind = await inTurns(
    RUNS,
    () =>
      timed(async () => {
        const pulled = valueOf(
          await pull(of.client, { chain, device, sequence, known: null, written: null, until: null }),
        );
        if ('stop' in pulled) throw new Error(pulled.stop);
        ({ reading } = pulled);
      }),
    () => timed(() => fetched(of, sequence)),
  );
  if (reading?.fold.size !== ENTRIES) throw new Error('Not all people were read');
  const opening = await openingOf(reading, chain, sequence);
  return {
    ...NO_RESULTS,
    results: [
      times({ name: `catching up on ${String(ENTRIES)} entries`, comparedTo: 'fetching the same, unread' }, behind),
      opening,
    ],
  };
}

async function writePeople({ client, key, account }: BenchAccount, chain: Chain, sequence: SequenceId): Promise<void> {
  const epochKey = chain.keys.get(sequence)?.get(1);
  const first = startReading(chain.profile, sequence);
  if (!epochKey || first === null) throw new Error('An account without keys');
  let place = { sequence, head: firstSequenceHead(account, sequence), counter: 0, last: NO_ENTRY };
  let entries: Uint8Array[] = [];
  for (let index = 0; index < ENTRIES; index += 1) {
    const made = await makeEntry({
      profile: chain.profile,
      place,
      signer: key,
      epochKey,
      planned: upsertOf(first.fold, personAt(index)),
      nowSeconds: nowSeconds(),
    });
    entries.push(valueOf(made).bytes);
    place = valueOf(made).next;
    if (entries.length < ENTRIES_PER_APPEND && index + 1 < ENTRIES) continue;
    const expected = valueOf(await client.readEntries({ account, sequence, from: place.head.count - entries.length }));
    valueOf(await client.appendEntries({ account, sequence, body: { expected: expected.head, entries } }));
    entries = [];
  }
}

const personAt = (index: number): PersonItem => ({
  kind: 'person',
  address: testAddress(`person${String(index)}@example.test`),
  authority: new Uint8Array(randomBytes(CERTIFICATE_BYTES)),
  certificate: new Uint8Array(randomBytes(CERTIFICATE_BYTES)),
  added: nowSeconds(),
});

/** The same ranges, and nothing done with them. */
async function fetched({ client, account }: BenchAccount, sequence: SequenceId): Promise<void> {
  for (let from = 0; from < ENTRIES;) {
    const { entries } = valueOf(await client.readEntries({ account, sequence, from }));
    from += entries.length;
  }
}

async function openingOf(reading: Reading, { profile }: Chain, sequence: SequenceId) {
  const folder = mkdtempSync(join(tmpdir(), 'endymail-bench-snapshot-'));
  const key = { homeId: 'bench', wrappingKey: new Redacted(new Uint8Array(randomBytes(32))) };
  // As a new process has them: nothing is remembered from one opening to the next.
  const files = (): MeshFiles => createMeshFiles({ folder, key, inTurn: (work) => work() });
  valueOf(await files().saveReading(reading));
  const pairs = await inTurns(
    OPENING_RUNS,
    () =>
      timed(async () => {
        const kept = valueOf(await files().reading(profile, sequence));
        if (kept?.fold.size !== ENTRIES) throw new Error('Not all people were kept');
      }),
    () => timed(() => Promise.all(readdirSync(folder).map((name) => readFile(join(folder, name))))),
  );
  rmSync(folder, { recursive: true });
  return times(
    { name: `opening a catalog of ${String(ENTRIES)} people from what is kept`, comparedTo: 'reading the same files' },
    pairs,
  );
}
