import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { ClientProfile, Discovery, MailAddress } from '@endymail/shared/mail';
import type { AgentState } from '../home/state.ts';
import type { MailClientAdapter } from '../mail-clients/adapter.ts';
import { withoutMailboxes } from './disable.ts';
import { profilesWith } from './profiles-with.ts';
import { reconcileProfiles } from './reconciler.ts';

/**
 * The state in which this folder is looked into too.
 * Errors: `folder-missing`, `folder-without-profile`, `profile-unreadable`, `profile-malformed`.
 */
export async function withFolder(
  folder: string,
  state: AgentState,
  adapter: MailClientAdapter,
): Promise<Result<AgentState, Failure>> {
  const examined = await adapter.examineFolder(folder);
  if (!examined.ok) return examined;
  const folders = [...new Set([...state.folders, examined.value])];
  return ok({ ...state, folders });
}

/**
 * Takes back what is ours in the profiles that only this folder leads to, and returns the state without the folder. What
 * could not be read any more, like a drive that is not there, stays as it is.
 * Errors (the folder must be kept, so that the rest can be taken back): `folder-unknown`, and as `apply`.
 */
export async function withoutFolder(
  folder: string,
  state: AgentState,
  adapter: MailClientAdapter,
): Promise<Result<AgentState, Failure>> {
  const examined = await adapter.examineFolder(folder);
  const known = examined.ok ? examined.value : folder;
  const folders = state.folders.filter((one) => one !== known);
  if (folders.length === state.folders.length) return err(failure('folder-unknown'));
  const staying = await adapter.discover(folders);
  const leaving = (await adapter.discover(state.folders)).profiles.filter(
    ({ id }) => !staying.profiles.some((profile) => profile.id === id),
  );
  const { waiting } = await reconcileProfiles({
    adapter,
    discovery: { profiles: leaving, problems: [] },
    state: { ...state, mailboxes: [] },
    remembered: Promise.resolve(ok()),
    changedByHand: 'leave',
    options: {},
  });
  const [stop] = waiting;
  if (stop) return err(stop.why);
  const next = withoutMailboxes(state, addressesOnlyIn(leaving, staying, state), staying);
  return next.ok ? ok({ ...next.value, folders }) : next;
}

/** The enabled mailboxes that no other profile has. */
function addressesOnlyIn(
  leaving: readonly ClientProfile[],
  staying: Discovery,
  state: AgentState,
): readonly MailAddress[] {
  const addresses = state.mailboxes.filter(({ enabled }) => enabled).map(({ address }) => address);
  return addresses.filter(
    (address) => profilesWith(leaving, address).length > 0 && profilesWith(staying.profiles, address).length === 0,
  );
}
