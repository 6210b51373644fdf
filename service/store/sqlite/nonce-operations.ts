import { err, ok } from '@endymail/shared/result';
import { bytesOf } from './hex.ts';
import type { Ground, Operations } from './operations.ts';
import { isSameHead } from './same-head.ts';

export function createNonceOperations({ database, accountRow, streamOf }: Ground): Pick<Operations, 'useNonce'> {
  const insert = database.prepare('INSERT OR IGNORE INTO nonces (nonce, until) VALUES (?, ?)');
  const forget = database.prepare('DELETE FROM nonces WHERE until <= ?');
  let forgottenSeconds = 0;

  return {
    useNonce({ account, chain, nonce, untilSeconds, nowSeconds }) {
      const id = accountRow(account);
      if (!id.ok) return id;
      const head = streamOf(id.value, null)?.head;
      if (head === undefined || !isSameHead(head, chain)) return err('stale');
      if (nowSeconds !== forgottenSeconds) {
        forget.run(nowSeconds);
        forgottenSeconds = nowSeconds;
      }
      return insert.run(bytesOf(nonce), untilSeconds).changes === 1 ? ok() : err('used');
    },
  };
}
