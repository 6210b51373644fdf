import * as v from 'valibot';
import { createCodec } from './page/codec.ts';
import type { ControlMessage } from './control-message.ts';
import { app } from './electron/app.ts';
import { electron } from './electron/index.ts';

/** What the fixture of the tests asks of the host, over Node's channel between parent and child. */
const Evaluate = v.object({ host: v.literal('evaluate'), id: v.number(), source: v.string(), value: v.string() });

const codec = createCodec();

/** Lets the process that started the host run functions in it, as Playwright does in Electron. Tells it where Chromium is. */
export function openControlChannel(endpoint: string): void {
  const tell = (message: ControlMessage): void => {
    process.send?.(message);
  };
  process.on('message', (message) => {
    const { id, source, value } = v.parse(Evaluate, message);
    evaluate(source, codec.decode(value)).then(
      (result) => {
        tell({ host: 'result', id, value: codec.encode(result) });
      },
      (error: unknown) => {
        tell({ host: 'error', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      },
    );
  });
  // The test that started the host has gone.
  process.on('disconnect', () => {
    app.exit(1);
  });
  tell({ host: 'ready', endpoint });
}

async function evaluate(source: string, value: unknown): Promise<unknown> {
  // The source comes from the test that started this process.
  const work: unknown = (0, eval)(`(${source})`);
  if (typeof work !== 'function') throw new Error('Not a function.');
  return await Reflect.apply(work, undefined, [electron, value]);
}
