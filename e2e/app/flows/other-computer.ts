import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';

/** Loaded into a program by `otherComputer`: its computer has the name and the time that a test gave it. */
const name = process.env['ENDYMAIL_TEST_COMPUTER'];
if (name !== undefined) {
  os.hostname = () => name;
  syncBuiltinESMExports();
}

const aheadMs = Number(process.env['ENDYMAIL_TEST_AHEAD_MS'] ?? '0');
if (aheadMs !== 0) {
  const now = (): number => performance.timeOrigin + performance.now() + aheadMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, given: unknown[], made) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
    get: (target, key): unknown => (key === 'now' ? () => Math.floor(now()) : Reflect.get(target, key)),
  });
}
