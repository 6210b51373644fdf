import { watchService } from '@endymail/main/agent/mesh';
import { figure, inTurns, NO_RESULTS, timed, times, type Pair, type Results } from '../measure.ts';
import { newAccount, type BenchAccount } from './account.ts';
import { writerOf } from './appends.ts';
import { loaded } from './load.ts';
import { startServer } from './program.ts';

const DEVICES = 1_000;
const RUNS = 7;
const RATE_RUNS = 3;
const RATE_APPENDS = 32;

/**
 * How long it takes until all of a thousand devices that listen to an account are told of an append, and how fast one is
 * appended to it meanwhile; both against an account to which nobody listens. All of them are in this one process, which
 * takes its part of the time.
 */
export async function benchListening(): Promise<Results> {
  await using mesh = await startServer('mesh');
  const heard = await newAccount(mesh.url, 'alice');
  const unheard = await newAccount(mesh.url, 'bob');
  const listeners = await listenersTo(heard);
  const [toHeard, toUnheard] = [writerOf(heard), writerOf(unheard)];

  const untilTold = async (): Promise<number> => {
    const requests = await toHeard(1);
    const told = listeners.toldAll(1);
    return timed(() => Promise.all([loaded(mesh.url, [requests]), told]));
  };
  const alone = async (): Promise<number> => loaded(mesh.url, [await toUnheard(1)]);
  const fanOut = await inTurns(RUNS, untilTold, alone);

  const perSecond = (ms: number): number => Math.round((RATE_APPENDS * 1_000) / ms);
  const rateHeard = async (): Promise<number> => {
    const requests = await toHeard(RATE_APPENDS);
    const told = listeners.toldAll(RATE_APPENDS);
    const took = await loaded(mesh.url, [requests]);
    await told;
    return perSecond(took);
  };
  const rateUnheard = async (): Promise<number> => perSecond(await loaded(mesh.url, [await toUnheard(RATE_APPENDS)]));
  const rates: readonly Pair<number>[] = await inTurns(RATE_RUNS, rateHeard, rateUnheard);
  listeners.end();
  const listening = `${String(DEVICES)} devices that listen`;
  return {
    ...NO_RESULTS,
    results: [
      times({ name: `an append until ${listening} are told`, comparedTo: 'an append of which nobody is told' }, fanOut),
    ],
    figures: [
      figure(
        {
          name: `appends, each told to ${listening}`,
          comparedTo: 'appends of which nobody is told',
          unit: 'per second',
        },
        rates,
      ),
    ],
  };
}

interface Listeners {
  /** Resolves when each of them was told so many times from now on. */
  readonly toldAll: (times: number) => Promise<void>;
  readonly end: () => void;
}

async function listenersTo({ service, account, key }: BenchAccount): Promise<Listeners> {
  let missing = DEVICES;
  let done = Promise.withResolvers<undefined>();
  const onNews = (): void => {
    missing -= 1;
    if (missing === 0) done.resolve(undefined);
  };
  // What a device may have missed before it listens counts as news once.
  const ends = Array.from({ length: DEVICES }, () =>
    watchService({ service, account, key, now: () => new Date(), onNews }),
  );
  await done.promise;
  return {
    toldAll: async (count) => {
      missing = DEVICES * count;
      done = Promise.withResolvers<undefined>();
      await done.promise;
    },
    end: () => {
      for (const end of ends) end();
    },
  };
}
