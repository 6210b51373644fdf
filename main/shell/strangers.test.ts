import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { ok } from '@endymail/shared/result';
import { createNotifier, NOTE_PROVIDERS, NOTES_MAX, NOTES_PER_MS } from './notifications.ts';
import { accountShell } from './testing/account-shell.ts';
import { account, pendingDevice } from './testing/accounts.ts';

const STRANGERS = 1_000;
/** As many as one service shows at a time. */
const AT_A_TIME = 16;

const idOf = (number: number): string => number.toString(16).padStart(64, '0');

it('[SEC-66] [SEC-138] a thousand strangers who ask to join call the person three times in an hour', async () => {
  const { follower, says, view } = accountShell({ show: () => Promise.resolve(ok(account())) });
  await follower.refresh();
  const show = vi.fn();
  const time = { ms: 0 };
  const notify = createNotifier({
    providers: NOTE_PROVIDERS,
    show,
    isWindowSeen: () => false,
    clock: () => time.ms,
  });
  for (let first = 0; first < STRANGERS; first += AT_A_TIME) {
    const devices = Array.from({ length: AT_A_TIME }, (_, index) => pendingDevice(idOf(first + index)));
    says.pending = () => Promise.resolve(ok(devices));
    await follower.refresh();
    await vi.waitFor(() => {
      expect(view().pending.devices.map(({ id }) => id)).toEqual(devices.map(({ id }) => id));
    });
    notify(view());
    // They are all there to be looked at, and no more than the service shows.
    expect(view().attention.filter(({ kind }) => kind === 'join-request')).toHaveLength(AT_A_TIME);
  }
  expect(show).toHaveBeenCalledTimes(NOTES_MAX);
  time.ms = NOTES_PER_MS;
  notify({ ...view(), attention: [{ kind: 'join-request', id: idOf(STRANGERS * 2) }] });
  expect(show).toHaveBeenCalledTimes(NOTES_MAX + 1);
});

it.each([
  ['no secret', 'mesh:alice@mesh.example'],
  ['an empty secret', 'mesh:alice@mesh.example#'],
  ['two secrets', 'mesh:alice@mesh.example#a#b c'],
  ['a page to call', 'mesh:https://evil.example/#abc'],
  ['a name that turns the writing', 'mesh:alice\u202e@mesh.example#abc'],
  ['a name with letters that look the same', 'mesh:\u0430lice@mesh.example#abc'],
  ['a host with letters that look the same', 'mesh:alice@m\u0435sh.example#abc'],
  ['a file', 'mesh:../../etc/passwd#abc'],
  ['markup', 'mesh:<b>alice</b>@mesh.example#abc'],
  ['two accounts', 'mesh:alice@mesh.example,bob@mesh.example#abc'],
  ['a user before the name', 'mesh:mesh.example@alice@evil.example#abc'],
  ['a line end', 'mesh:alice@mesh.example\n#abc'],
  ['a name encoded', 'mesh:alice%40mesh.example#abc'],
])('[SEC-135] a link with %s invites to nothing', (_, link) => {
  const { invitations, view } = accountShell({});
  expect(invitations.hold(link)).toMatchObject({ ok: false, error: { code: 'invitation-invalid' } });
  expect([invitations.held(), view().invitedTo]).toEqual([null, null]);
});

it('[SEC-135] a link, whatever is in it, shows the name of an account in plain letters or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, rest) => {
      const { invitations, view } = accountShell({});
      const held = invitations.hold(`mesh:${name}#${rest}`);
      expect(view().invitedTo === null).toBe(!held.ok);
      expect(view().invitedTo?.name ?? 'a@b').toMatch(/^[\x21-\x7e]+@[\x21-\x7e]+$/);
    }),
  );
});
