import type { TimeSpan } from '@endymail/shared/ipc';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { layoutOf } from '../home/layout.ts';
import type { KeytarRunner } from '../keychain/index.ts';
import { glanceAtProfiles, rememberedKeychain, type AgentOptions } from '../open-agent.ts';
import { QUIET_CALLS, createAnswers, notBegun } from './answers.ts';
import { createAudience, type Audience } from './audience.ts';
import { createGapKeeper } from './gap-keeper.ts';
import type { ServingLimits } from './limits.ts';
import { listen, type ListenOptions } from './listener.ts';
import { createNextChance } from './next-chance.ts';
import { takePlace } from './own-place.ts';
import { createServedHome } from './served-home.ts';
import { createSharing } from './sharing.ts';
import { createTurns } from './turns.ts';
import { createWatch } from './watch.ts';

export interface ServeOptions extends Pick<AgentOptions, 'home' | 'system' | 'command' | 'route'> {
  /** What is started to reach the keychain of the system, where this program is not Node itself. */
  readonly keychain?: KeytarRunner;
  /**
   * False at the start of a session: nobody is asked for anything then. keytar can not tell whether a keychain is locked
   * without having it ask the person, except on Windows, where it never asks; elsewhere data with its key in the keychain
   * is opened when a client first asks for that (`open`).
   */
  readonly mayPrompt?: boolean;
  readonly limits?: Partial<ServingLimits>;
  /** It ends when the home is removed, instead of waiting for a new one. */
  readonly endsWithHome?: boolean;
  /** Told of a time of more than a day in which nobody served the home, when what waited was done. */
  readonly onGap?: (gap: TimeSpan) => void;
}

export interface Serving {
  /** Resolves when it serves no more: stopped by `stop` or by a client, or because its folder was taken away. */
  readonly closed: Promise<void>;
  /** Ends it once what it does is whole. */
  stop(): Promise<void>;
}

/**
 * Serves the agent of this home to every other process of its owner. Resolves when clients can connect; the home is
 * opened after that (event `status`), and where it can not be opened it serves all the same.
 * Errors: `home-busy` (another serves this home already), `home-unwritable`, `disk-full`, `write-failed`.
 */
export async function serveAgent(options: ServeOptions): Promise<Result<Serving, Failure>> {
  const { home, system, command, limits } = options;
  const place = await takePlace(home, command, system);
  if (!place.ok) return place;
  const audience = createAudience();
  const closed = Promise.withResolvers<undefined>();
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= end());
  const service = createService(options, {
    audience,
    isStillOurs: async () => {
      const isOurs = await place.value.isStillOurs();
      if (!isOurs) void stop();
      return isOurs;
    },
    stop: () => void stop(),
  });
  const listener = await listen({
    endpoint: place.value.endpoint,
    answer: service.answer,
    ...(limits === undefined ? {} : { limits }),
  });
  if (!listener.ok) {
    await service.end();
    await place.value.leave();
    return listener;
  }
  const { value: door } = listener;
  audience.follow(door.peers);

  async function end(): Promise<void> {
    await service.end();
    await door.close();
    if (place.ok) await place.value.leave();
    closed.resolve(undefined);
  }

  service.begin();
  return ok({ closed: closed.promise, stop });
}

interface Service {
  readonly answer: ListenOptions['answer'];
  /** Opens the home. */
  begin(): void;
  /** Resolves when what was begun is whole and the home is let go of. */
  end(): Promise<void>;
}

interface ServiceParts {
  readonly audience: Audience;
  readonly isStillOurs: () => Promise<boolean>;
  readonly stop: () => void;
}

/** Everything of a serving agent but how others get to it. */
function createService(options: ServeOptions, { audience, isStillOurs, stop }: ServiceParts): Service {
  const { home, system, command, keychain, route, mayPrompt = true, endsWithHome = false, onGap } = options;
  const turns = createTurns();
  const chance = createNextChance();
  const served = createServedHome({
    home,
    system,
    command,
    ...(keychain === undefined ? {} : { keytar: keychain }),
    ...(route === undefined ? {} : { route }),
    onStatus: (status) => {
      audience.tell('status', status);
      if (status.kind === 'removed') {
        gap.forget();
        if (endsWithHome) stop();
      }
      if (status.kind !== 'open') return;
      turns.inBackground(gap.begin);
      turns.inBackground(reconcile);
    },
  });
  const gap = createGapKeeper({
    path: layoutOf(home).lastServed,
    now: system.now,
    ...(onGap === undefined ? {} : { onTold: onGap }),
    isHomeThere: async () => served.agent().ok && (await rememberedKeychain(home)) !== null && (await isStillOurs()),
    hasEnabled: async () => {
      const agent = served.agent();
      const list = agent.ok ? await agent.value.mailboxes() : agent;
      return list.ok && list.value.rows.some(({ state }) => state !== 'off');
    },
  });
  const watch = createWatch({
    now: system.now,
    turns,
    isStillOurs,
    hasClients: () => audience.isThere(),
    waiting: () => chance.waiting(),
    glance: (profiles) =>
      glanceAtProfiles(
        profiles.map(({ path }) => path),
        system,
      ),
    reconcile,
    remember: gap.remember,
    openAgain: async () => {
      if (served.isWorthAnotherTry()) await served.open(null, 0);
    },
    onChange: () => {
      audience.tell('changed', {});
    },
  });
  const sharing = createSharing({
    now: system.now,
    turns,
    agent: () => served.agent(),
    onShared: () => {
      audience.tell('changed', {});
    },
  });
  const answerOf = createAnswers({
    served,
    chance,
    gap,
    stop,
    onReconciled: tellOfChange,
    onListed: ({ rows }) => watch.show(rows.flatMap(({ places }) => places.map(({ profile }) => profile))),
  });

  /** After the answer of the call that has made the change, so that the one who asked has that first. */
  async function tellOfChange(): Promise<void> {
    await watch.take();
    setImmediate(() => {
      audience.tell('changed', {});
    });
  }

  /** Does what was left for the next chance, and renews what is due. */
  async function reconcile(): Promise<void> {
    const agent = served.agent();
    if (!agent.ok) return;
    const report = await agent.value.reconcile({ onProgress: audience.progressOf(command, null, null) });
    if (!report.ok) return;
    chance.noteDone(report.value);
    if (gap.caughtUp() || report.value.done.length > 0) audience.tell('changed', {});
  }

  return {
    async answer({ id, name, args }, peer) {
      const context = { peer, onProgress: audience.progressOf(peer.command, peer, id) };
      // These wait for nobody: they are asked for while something takes long.
      if (name === 'status' || name === 'stop') return answerOf(name, args, context);
      const answered = await turns.take(async () => {
        // Nobody is there any more whom it would be done for.
        if (peer.isGone() || !(await isStillOurs())) return notBegun();
        const result = await answerOf(name, args, context);
        if (!QUIET_CALLS.has(name)) {
          await tellOfChange();
          sharing.soon();
        }
        return result;
      });
      return answered ?? notBegun();
    },

    begin() {
      turns.inBackground(() =>
        mayPrompt || system.platform === 'win32' ? served.open(null, 0) : served.openUnasked(),
      );
    },

    async end() {
      watch.end();
      sharing.end();
      await turns.end();
      await gap.end();
      served.close();
    },
  };
}
