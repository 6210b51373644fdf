import type { SettingsItem } from '@endymail/shared/catalog';
import type { AgentState, Settings } from '../home/state.ts';
import { itemsOfKind, type Folds } from './folds.ts';
import { takeInMailboxes } from './take-in-mailboxes.ts';
import { takeInPeople } from './take-in-people.ts';
import { decided } from './three-way.ts';
import type { Withheld } from './withheld.ts';

export interface TakeInRequest {
  readonly state: AgentState;
  /** As the last taking in left it. */
  readonly withheld: Withheld;
  /** The catalogs as they were when the state was last compared with them. */
  readonly base: Folds;
  /** The catalogs as they are. */
  readonly folds: Folds;
  readonly now: Date;
}

export interface TakenIn {
  /** The object that was given when nothing in it changed. */
  readonly state: AgentState;
  readonly withheld: Withheld;
}

/**
 * The state with what the catalogs say since `base`. What only the state says is kept, also where it was not shared yet.
 * Of a catalog that this device may not read, nothing changes.
 */
export async function takeIn({ state, withheld, base, folds, now }: TakeInRequest): Promise<TakenIn> {
  const { mailboxes, withheld: withheldMailboxes } = await takeInMailboxes(state.mailboxes, base, folds);
  const held = { ...state, mailboxes };
  const known = folds.has('people')
    ? await takeInPeople({ state: held, withheld, base, folds, now })
    : { anchor: state.anchor, people: state.people, withheld: new Map() };
  const { anchor, people } = known;
  const settings = takeInSettings(state.settings, base, folds);
  const unchanged =
    mailboxes === state.mailboxes && people === state.people && anchor === state.anchor && settings === state.settings;
  return {
    state: unchanged ? state : { ...state, anchor, mailboxes, people, settings },
    withheld: new Map([...withheldMailboxes, ...known.withheld]),
  };
}

function takeInSettings(local: Settings, base: Folds, folds: Folds): Settings {
  const remote = settingsIn(folds);
  if (remote === null) return local;
  const sides = {
    local: local.autoDisable,
    base: settingsIn(base)?.autoDisable ?? null,
    remote: remote.autoDisable,
    same: (left: boolean | null, right: boolean | null) => left === right,
  };
  if (remote.autoDisable === local.autoDisable || decided(sides) === 'local') return local;
  return { ...local, autoDisable: remote.autoDisable };
}

const settingsIn = (folds: Folds): SettingsItem | null => itemsOfKind(folds, 'settings')[0] ?? null;
