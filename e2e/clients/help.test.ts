import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HELP } from '../../renderer/text/help.ts';
import {
  createPerson,
  createTestPerson,
  openMessage,
  publicPartFile,
  receiveMessage,
  requirePrograms,
  sendMessage,
  startSmtpSink,
  type Person,
  type SmtpSink,
  type Thunderbird,
} from '../harness/index.ts';
import { composeShown, headerShown, type ComposeShown } from '../pictures/shown.ts';

const ALICE = 'alice@example.test';
const BOB = 'bob@example.test';
const STRANGER = 'stranger@example.test';

/** The page names a button and a mark by their words. They are Thunderbird's, and this is the Thunderbird of today. */
describe('what the page "What you see in Thunderbird" says', () => {
  requirePrograms('thunderbird', 'certutil', 'gnome-keyring-daemon', 'dbus-daemon');
  let sink: SmtpSink;
  let alice: Person;
  let thunderbird: Thunderbird;

  beforeAll(async () => {
    sink = await startSmtpSink();
    alice = await createPerson({ identities: [{ address: ALICE, name: 'Alice Example' }], sink });
    await alice.endymail('enable', ALICE, '--yes');
    const bob = await createTestPerson(BOB, 'Bob Example');
    await alice.endymail('import-peer', publicPartFile(bob, alice.home), '--yes');
    thunderbird = await alice.thunderbird.running();
  });

  afterAll(async () => {
    await alice.dispose();
    await sink.close();
  });

  const textOf = (name: (typeof HELP.cases)[number]['picture']): string =>
    HELP.cases.find(({ picture }) => picture === name)?.text ?? '';

  /** What the window for writing shows when Thunderbird has decided, and what it has decided. */
  const writeTo = async (...to: readonly string[]): Promise<ComposeShown & { readonly isProtected: boolean }> => {
    const shown: ComposeShown[] = [];
    const { state } = await sendMessage(thunderbird, sink, {
      to,
      body: 'a line',
      beforeSend: async () => {
        shown.push(await composeShown(thunderbird));
      },
    });
    expect(shown).toHaveLength(1);
    return { ...shown[0]!, isProtected: state.encrypted && state.signed };
  };

  it('is so where everyone is among the people: the button that it names is pressed by itself', async () => {
    const seen = await writeTo(BOB, ALICE);
    expect(textOf('encrypts')).toMatch(new RegExp(`^${seen.label} turns on by itself`));
    expect(seen).toMatchObject({ isPressed: true, isProtected: true, recipients: [BOB, ALICE] });
  });

  it('is so where someone is not: the same button is not pressed', async () => {
    const seen = await writeTo(BOB, STRANGER);
    expect(textOf('does-not')).toMatch(new RegExp(`^${seen.label} stays off`));
    expect(seen).toMatchObject({ isPressed: false, isProtected: false, recipients: [BOB, STRANGER] });
  });

  it('is so of protected mail that is read: the mark that it names stands in its header, and says both', async () => {
    const { mail } = await sendMessage(thunderbird, sink, { to: [ALICE], body: 'to myself' });
    await openMessage(thunderbird, await receiveMessage(thunderbird, mail.bytes));
    const { mark, icons } = await headerShown(thunderbird);
    expect(mark).not.toBe('');
    expect(textOf('reads')).toContain(`${mark} in its header says that it was encrypted and signed`);
    expect(icons).toEqual(['message-encrypted-ok.svg', 'message-signed-ok.svg']);
  });
});
