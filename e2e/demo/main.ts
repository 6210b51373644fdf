import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { upToDateWindow } from '../../app/build/window.mjs';
import { THUNDERBIRD_FOLDER, THUNDERBIRD_PROGRAM } from '../harness/index.ts';
import { CHECKOUT } from '../layers/checkout.ts';
import { installCommand, installMissing, type PackageName } from '../layers/packages.ts';
import { findChromium } from '../host/chromium/program.ts';
import { createClaims } from './claims.ts';
import { commandLineHands } from './command-line-hands.ts';
import { createGround, type Ground } from './ground.ts';
import { opensslVersion } from './openssl-report.ts';
import { parseOptions, USAGE, type DemoOptions } from './options.ts';
import { createResults, type Results } from './results.ts';
import { setStage, type Stage } from './stage.ts';
import { tellStory, type Story } from './story.ts';
import { createTelling, type Telling } from './telling.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import { openWindow } from './window-hands.ts';

const NEEDED: readonly PackageName[] = [
  'thunderbird',
  'gnome-keyring',
  'dbus',
  'libsecret-1-0',
  'libnss3-tools',
  'openssl',
];
const NEEDED_FOR_PICTURES: readonly PackageName[] = ['xvfb', 'imagemagick'];

/** As shells say it: 128 and the number of the signal. */
const STOPPED = Object.freeze({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

/** `npm run demo`. Returns the exit code: 0 only when everything that the demo says was checked and is so. */
async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (!options.ok) {
    console.error(`${options.error}\n\n${USAGE}`);
    return 2;
  }
  if (options.value.help) {
    console.log(USAGE);
    return 0;
  }
  if (!(await isEverythingThere(options.value))) return 1;
  const results = createResults(resolve(options.value.out ?? join(CHECKOUT, 'out', 'demo', timeAsName())));
  if (!results.ok) {
    console.error(results.error);
    return 1;
  }
  const run = {
    options: options.value,
    results: results.value,
    ground: createGround(),
    telling: createTelling(process.stdout, options.value.verbose),
  };
  const stopped = stopOnSignals(run);
  try {
    await tell(run);
    return 0;
  } catch (error) {
    // What Ctrl+C pulls away from under the story is no failure of it; the process ends when all is cleaned up.
    if (stopped.aborted) return await new Promise<never>(() => undefined);
    return fail(run, error);
  } finally {
    if (!stopped.aborted) await run.ground.clear();
  }
}

interface Run {
  readonly options: DemoOptions;
  readonly results: Results;
  readonly ground: Ground;
  readonly telling: Telling;
}

async function tell({ options, results, ground, telling }: Run): Promise<void> {
  const start = performance.now();
  const claims = createClaims();
  const transcript = createTranscript(telling, results.folder);
  telling.say('Alice and bob live in temporary folders. Nothing of yours is touched.\n');
  const stage = await telling.step(
    'alice and bob get a home, a keyring and a Thunderbird each',
    () => setStage(options.pictures),
    () => 'alice and bob: a home, a keyring and a Thunderbird each',
  );
  try {
    const hands = await giveHands({ options, results, telling }, stage, transcript);
    await tellStory({ stage, telling, claims, results, transcript, hands });
    await telling.step(
      'everything is ended and deleted',
      async () => {
        await stage[Symbol.asyncDispose]();
        const left = await ground.clear();
        claims.check('no program that was started still runs', left.length === 0, left);
        claims.check('the temporary folders are gone, and with them every key', ground.isGone());
      },
      () => 'all homes are deleted, with every key; the results stay',
    );
  } finally {
    results.add('commands', transcript.text());
    await stage[Symbol.asyncDispose]();
  }
  results.finish({
    held: claims.held,
    versions: [`Endymail ${stage.version}`, `Thunderbird ${thunderbirdVersion()}`, await opensslVersion()],
  });
  const seconds = Math.round((performance.now() - start) / 1000);
  telling.say(`\n${claims.held.length} things were checked, and all of them are so. It took ${seconds} s.`);
  telling.say(`Mails, pictures and what the programs said: ${shortPath(join(results.folder, 'README.md'))}`);
}

/** Bob uses the command line, and alice the window, where one can be drawn. */
async function giveHands(
  { options, results, telling }: Pick<Run, 'options' | 'results' | 'telling'>,
  stage: Stage,
  transcript: Transcript,
): Promise<Story['hands']> {
  const bob = commandLineHands(stage.bob, transcript);
  const screen = options.show ? personsScreen() : null;
  if (options.pictures && findChromium() !== null) {
    if (options.show && screen === null) telling.say('     There is no DISPLAY to show the window on.');
    // Here, since it says a line of its own where it has to build.
    await upToDateWindow();
    const alice = await telling.step(
      'alice starts Endymail',
      async () => {
        const window = await openWindow(stage.alice, results, screen);
        // It ends before its home goes.
        stage.alice.person.home.onDispose(async () => {
          await window[Symbol.asyncDispose]();
        });
        return window;
      },
      () => 'alice starts Endymail: its window is there',
    );
    return { alice, bob };
  }
  if (options.pictures) telling.say('     No Chromium was found to draw the window with: alice uses the command line.');
  return { alice: commandLineHands(stage.alice, transcript), bob };
}

/** What a program needs to show itself to the person who started the demo; null: they have no screen that X draws on. */
function personsScreen(): Readonly<Record<string, string>> | null {
  const { DISPLAY, XAUTHORITY } = process.env;
  if (DISPLAY === undefined || DISPLAY === '') return null;
  // Alice has another home than the person, in whose own it lies by default.
  return { DISPLAY, XAUTHORITY: XAUTHORITY ?? join(homedir(), '.Xauthority') };
}

/** Says what was not so; its traces go into the results. */
function fail({ results, telling }: Run, error: unknown): number {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  results.add('what-went-wrong', `${text}\n`);
  telling.say(`\n${error instanceof Error ? error.message : String(error)}`);
  telling.say(`What there is so far: ${shortPath(results.folder)}`);
  return 1;
}

/** Ctrl+C and its like: everything that was started is ended, every folder deleted, and half a story is not kept. */
function stopOnSignals({ ground, results, telling }: Run): AbortSignal {
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopped.signal.aborted) return;
      stopped.abort();
      telling.stop('Stopped; cleaning up …');
      void ground.clearNow().finally(() => {
        results.discard();
        process.exit(STOPPED[signal]);
      });
    });
  }
  return stopped.signal;
}

/** Installs what is missing where it may; else names it, with the one command. */
async function isEverythingThere({ pictures }: DemoOptions): Promise<boolean> {
  if (process.platform !== 'linux') {
    console.error('The demo runs on Linux only.');
    return false;
  }
  const { missing, output } = await installMissing([...NEEDED, ...(pictures ? NEEDED_FOR_PICTURES : [])], console.log);
  if (missing.length === 0) return isThunderbirdWhereItShouldBe();
  if (output !== '') console.error(output);
  console.error(`Not installed: ${missing.join(', ')}. Install with:\n  ${installCommand(missing)}`);
  if (missing.every((name) => NEEDED_FOR_PICTURES.includes(name))) {
    console.error('Or without pictures: npm run demo -- --no-pictures');
  }
  return false;
}

/** A Snap or Flatpak answers to the name, too, and sees nothing of a temporary home. */
function isThunderbirdWhereItShouldBe(): boolean {
  if (existsSync(THUNDERBIRD_PROGRAM)) return true;
  console.error(`The demo drives the Thunderbird of a Debian package, ${THUNDERBIRD_PROGRAM}; here it is another one.`);
  return false;
}

/** Local time, as a folder's name that sorts. */
function timeAsName(): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replaceAll(':', '-');
}

const shortPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
};

const thunderbirdVersion = (): string =>
  /^Version=(.*)$/m.exec(readFileSync(join(THUNDERBIRD_FOLDER, 'application.ini'), 'utf8'))?.[1] ?? '';

process.exitCode = await main(process.argv.slice(2));
