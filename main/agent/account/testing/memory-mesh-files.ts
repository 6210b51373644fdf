import { ok } from '@endymail/shared/result';
import type { Reading } from '@endymail/shared/catalog';
import type { AccountId, SequenceId } from '@endymail/shared/sealing';
import type { MeshFiles } from '../mesh-files.ts';

/** Mesh files for tests of what stands on them. */
export function createMemoryMeshFiles(): MeshFiles {
  const links = new Map<AccountId, readonly Uint8Array[]>();
  const readings = new Map<SequenceId, Reading>();
  return {
    links: (account) => Promise.resolve(ok(links.get(account) ?? [])),
    saveLinks: (account, all) => {
      links.set(account, all);
      return Promise.resolve(ok());
    },
    reading: (_, sequence) => Promise.resolve(ok(readings.get(sequence) ?? null)),
    saveReading: (reading) => {
      readings.set(reading.state.sequence, reading);
      return Promise.resolve(ok());
    },
  };
}
