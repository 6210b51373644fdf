import { expect, it } from 'vitest';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { createStandby } from './standby.ts';

/** One who serves until it is told to end. */
function other() {
  const ended = Promise.withResolvers<undefined>();
  const end = (): void => {
    ended.resolve(undefined);
  };
  return { connection: { closed: ended.promise, close: end }, end };
}

it('serves when the others have ended, and says once that it waits', async () => {
  const others = [other(), other()];
  const said: string[] = [];
  let connected = 0;
  const standby = createStandby(
    () => {
      const next = others[connected];
      connected += 1;
      queueMicrotask(() => next?.end());
      return Promise.resolve(next === undefined ? err(failure('agent-gone')) : ok(next.connection));
    },
    () => void said.push('waits'),
  );
  const answers: Result<string, Failure>[] = [err(failure('home-busy')), err(failure('home-busy')), ok('served')];
  expect(await standby.whenFree(() => Promise.resolve(answers.shift() ?? ok('too often')))).toEqual(ok('served'));
  expect([connected, said]).toEqual([2, ['waits']]);
});

it('ends when it is stopped, and lets the other one serve on', async () => {
  const { connection } = other();
  const standby = createStandby(
    () => {
      setImmediate(standby.stop);
      return Promise.resolve(ok(connection));
    },
    () => undefined,
  );
  expect(await standby.whenFree(() => Promise.resolve(err(failure('home-busy'))))).toBeNull();
});

it('does not wait for what no end of another one mends', async () => {
  const standby = createStandby(
    () => Promise.resolve(err(failure('agent-gone'))),
    () => undefined,
  );
  expect(await standby.whenFree(() => Promise.resolve(err(failure('disk-full'))))).toMatchObject({ ok: false });
});
