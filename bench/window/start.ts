import { serveAgent } from '@endymail/main/agent';
import { createTestHome, createThunderbirdProfile, startKeyring, type TestHome } from '@endymail/e2e/harness';
import { identities, makeStore } from '../mailboxes.ts';
import { figure, inTurns, times, type Pair, type Results } from '../measure.ts';
import { emptyPage, launched, launchedPlain, markedWindow, USABLE_MARK, type Launched } from './launches.ts';
import { memoryOf, type Memory } from './memory.ts';

const MAILBOXES = 3;
const RUNS = 7;
const PAINTED = 'first-contentful-paint';
/** Longer than any start, on a machine that does other things too. */
const START_LIMIT_MS = 60_000;

interface Started {
  readonly paintedMs: number;
  readonly usableMs: number;
  readonly memory: Memory;
}

type Floor = Omit<Started, 'usableMs'>;

/** Starts the window in a home that is new each time, with and without an agent that serves it already. */
export async function benchStart(): Promise<Results> {
  await using ground = createTestHome('start');
  const window = await markedWindow(ground.scratchFolder);
  const empty = emptyPage(ground.scratchFolder);
  const bare = (): Promise<Floor> => startEmpty(empty);
  const cold = await inTurns(RUNS, () => startOurs(window, 'cold'), bare);
  const joined = await inTurns(RUNS, () => startOurs(window, 'joined'), bare);
  return {
    results: [...startTimes('starting the agent too', cold), ...startTimes('joining an agent', joined)],
    figures: weights(cold),
    sizes: [],
  };
}

function startTimes(how: string, pairs: readonly Pair<Started, Floor>[]) {
  const comparedTo = 'first paint of an empty page in the same window';
  return [
    times(
      { name: `start to first paint, ${how}`, comparedTo },
      pairs.map(({ ours, bare }) => ({ ours: ours.paintedMs, bare: bare.paintedMs })),
    ),
    times(
      { name: `start to ${MAILBOXES} mailboxes that can be ticked, ${how}`, comparedTo },
      pairs.map(({ ours, bare }) => ({ ours: ours.usableMs, bare: bare.paintedMs })),
    ),
  ];
}

function weights(pairs: readonly Pair<Started, Floor>[]) {
  const weight = (name: string, of: (memory: Memory) => number) =>
    figure(
      { name: `memory: ${name}`, unit: 'MiB', comparedTo: 'the same of an app with an empty page' },
      pairs.map(({ ours, bare }) => ({ ours: of(ours.memory), bare: of(bare.memory) })),
    );
  return [
    weight('shell, agent and page', ({ shellMiB, agentMiB, pageMiB }) => shellMiB + agentMiB + pageMiB),
    weight('shell', ({ shellMiB }) => shellMiB),
    weight('agent', ({ agentMiB }) => agentMiB),
    weight('page', ({ pageMiB }) => pageMiB),
    weight('scripts of the page', ({ heapMiB }) => heapMiB),
  ];
}

async function startOurs(appFolder: string, agent: 'cold' | 'joined'): Promise<Started> {
  await using home = createTestHome('ours');
  await using keyring = await startKeyring({ home: home.folder });
  const { folder } = createThunderbirdProfile({ home, identities: identities(MAILBOXES), smtpPort: 9 });
  await makeStore(folder);
  const env = { ...home.env, ...keyring.env };
  await using stack = new AsyncDisposableStack();
  if (agent === 'joined') {
    const stop = await serve(home, env);
    stack.defer(stop);
  }
  await using app = await launched({ appFolder, env });
  await until(app, USABLE_MARK);
  return {
    paintedMs: await since(app, PAINTED),
    usableMs: await since(app, USABLE_MARK),
    memory: await memoryOf(app, home.endymailFolder),
  };
}

async function startEmpty(folder: string): Promise<Floor> {
  await using home = createTestHome('bare');
  await using app = await launchedPlain(folder, 'index.html', home.env);
  await until(app, PAINTED);
  return { paintedMs: await since(app, PAINTED), memory: await memoryOf(app, null) };
}

/** Serves a home from this process. Returns what ends it. */
async function serve(home: TestHome, env: Readonly<Record<string, string>>): Promise<() => Promise<void>> {
  // The agent asks the keychain of its own session; here that is the one of the temporary home.
  Object.assign(process.env, { DBUS_SESSION_BUS_ADDRESS: env['DBUS_SESSION_BUS_ADDRESS'] });
  const serving = await serveAgent({
    home: home.endymailFolder,
    system: { platform: process.platform, homeDir: home.folder, env, now: () => new Date() },
    command: 'bench',
  });
  if (!serving.ok) throw new Error(serving.error.message);
  return () => serving.value.stop();
}

async function until({ page }: Launched, name: string): Promise<void> {
  await page.waitForFunction((wanted) => performance.getEntriesByName(wanted).length > 0, name, {
    timeout: START_LIMIT_MS,
  });
}

/** From when the start was asked for until an entry of the page's timeline, in milliseconds. */
async function since({ page, askedAt }: Launched, name: string): Promise<number> {
  const at = await page.evaluate((wanted) => {
    const [entry] = performance.getEntriesByName(wanted);
    return entry === undefined ? null : performance.timeOrigin + entry.startTime;
  }, name);
  if (at === null) throw new Error(`The page has no ${name}.`);
  return at - askedAt;
}
