import { err, ok } from '@endymail/shared/result';
import type { RequestStep, StoredRequest } from '../store.ts';
import { bytesOf, hexOf } from './hex.ts';
import type { Ground, Operations } from './operations.ts';
import { bytesIn, numberIn, textIn } from './row.ts';

type RequestOperations = Pick<Operations, 'putRequest' | 'requests' | 'requestOf' | 'putStep'>;

const STEPS: ReadonlySet<string> = new Set<RequestStep>(['offer', 'confirm', 'answer', 'reject']);

export function createRequestOperations({ database, accountRow, note }: Ground): RequestOperations {
  const expire = database.prepare('DELETE FROM requests WHERE expires <= ?');
  const count = database.prepare('SELECT count(*) AS n FROM requests WHERE account = ?');
  // What was rejected is only there to be told; strangers must not hold a place by it.
  const makeRoom = database.prepare(
    `DELETE FROM requests WHERE id = (
       SELECT requests.id FROM requests JOIN steps ON steps.request = requests.id
       WHERE account = ? AND step = 'reject' ORDER BY requests.id LIMIT 1)`,
  );
  const insert = database.prepare('INSERT INTO requests (account, request, data, expires) VALUES (?, ?, ?, ?)');
  const one = database.prepare(
    'SELECT id, request, data FROM requests WHERE account = ? AND request = ? AND expires > ?',
  );
  const all = database.prepare('SELECT id, request, data FROM requests WHERE account = ? AND expires > ? ORDER BY id');
  const steps = database.prepare('SELECT step, data FROM steps WHERE request = ?');
  const insertStep = database.prepare('INSERT INTO steps (request, step, data) VALUES (?, ?, ?)');
  const keep = database.prepare('UPDATE requests SET expires = max(expires, ?) WHERE id = ?');

  function storedRequest(row: Readonly<Record<string, unknown>>): StoredRequest {
    const found = steps.all(numberIn(row, 'id')).flatMap((step): [RequestStep, Uint8Array][] => {
      const name = textIn(step, 'step');
      return isStep(name) ? [[name, bytesIn(step, 'data')]] : [];
    });
    return { request: hexOf(bytesIn(row, 'request')), bytes: bytesIn(row, 'data'), steps: new Map(found) };
  }

  return {
    putRequest({ account, request, bytes, nowSeconds, expiresAtSeconds, maxPending }) {
      const id = accountRow(account);
      if (!id.ok) return id;
      expire.run(nowSeconds);
      // The id is the hash of the bytes: what is there already is the same.
      if (one.get(id.value, bytesOf(request), nowSeconds) !== undefined) return ok();
      const isFull = numberIn(count.get(id.value) ?? {}, 'n') >= maxPending;
      if (isFull && Number(makeRoom.run(id.value).changes) === 0) return err('limit');
      insert.run(id.value, bytesOf(request), bytes, expiresAtSeconds);
      note({ account, kind: 'requests', sequence: null, count: numberIn(count.get(id.value) ?? {}, 'n') });
      return ok();
    },

    requests(account, nowSeconds) {
      const id = accountRow(account);
      return id.ok ? ok(all.all(id.value, nowSeconds).map(storedRequest)) : id;
    },

    requestOf(account, request, nowSeconds) {
      const id = accountRow(account);
      if (!id.ok) return id;
      const row = one.get(id.value, bytesOf(request), nowSeconds);
      return ok(row === undefined ? null : storedRequest(row));
    },

    putStep({ account, request, step, bytes, nowSeconds, keepUntilSeconds }) {
      const id = accountRow(account);
      if (!id.ok) return id;
      const row = one.get(id.value, bytesOf(request), nowSeconds);
      if (row === undefined) return err('unknown-request');
      const before = storedRequest(row).steps.get(step);
      if (before !== undefined) return Buffer.compare(before, bytes) === 0 ? ok() : err('conflict');
      insertStep.run(numberIn(row, 'id'), step, bytes);
      keep.run(keepUntilSeconds, numberIn(row, 'id'));
      note({ account, kind: 'requests', sequence: null, count: numberIn(count.get(id.value) ?? {}, 'n') });
      return ok();
    },
  };
}

const isStep = (name: string | null): name is RequestStep => name !== null && STEPS.has(name);
