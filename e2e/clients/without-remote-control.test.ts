import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPerson,
  endProgram,
  inspectMail,
  introduce,
  requirePrograms,
  setPrefs,
  startDisplay,
  startProgram,
  startSmtpSink,
  THUNDERBIRD_PROGRAM,
  thunderbirdEnv,
  type Display,
  type Person,
  type SmtpSink,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const BOB = 'bob@example.test';

/**
 * Remote control changes settings of the program that it controls. Here nothing but a person's own means is used: the
 * program, a window, and the keys that send.
 */
describe('Thunderbird without remote control', () => {
  requirePrograms('thunderbird', 'openssl', 'gnome-keyring-daemon', 'dbus-daemon', 'Xvfb', 'xdotool', 'import');
  let sink: SmtpSink;
  let display: Display;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    sink = await startSmtpSink();
    display = await startDisplay();
    alice = await createPerson({ identities: [{ address: ALICE, name: 'Alice Example' }], sink });
    bob = await createPerson({ identities: [{ address: BOB, name: 'Bob Example' }], sink });
    // Otherwise the first Ctrl+Return asks whether sending was meant.
    setPrefs(alice.profile.folder, { 'mail.warn_on_send_accel_key': false });
    await alice.endymail('enable', ALICE, '--yes');
    await bob.endymail('enable', BOB, '--yes');
    await introduce(alice, bob);
  });

  afterAll(async () => {
    await alice.dispose();
    await bob.dispose();
    await display.close();
    await sink.close();
  });

  /** Presses Send in the compose window of this subject, when Thunderbird has decided what it decides by itself. */
  const sendByKeyboard = async (subject: string): Promise<void> => {
    const window = await display.findWindow(`Write: ${subject}`, 40_000);
    await display.waitUntilStill(window);
    await display.pressKey(window, 'ctrl+Return');
  };

  it('sends the first mail encrypted and signed', async () => {
    const thunderbird = startProgram(
      THUNDERBIRD_PROGRAM,
      [
        ...['--profile', alice.profile.folder, '--no-remote'],
        ...['-compose', `to='${BOB}',subject='By hand',body='only for bob',format=2`],
      ],
      { env: thunderbirdEnv(alice.profile, display.name), logFile: join(alice.home.scratchFolder, 'thunderbird.log') },
    );
    try {
      await sendByKeyboard('By hand');
      const mail = await sink.take(BOB);
      const [alicesKey, bobsKey] = [await alice.exportKey(), await bob.exportKey()];
      const seen = await inspectMail(mail.bytes, { recipient: bobsKey, senderAuthority: alicesKey.authorities[0]! });
      expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [ALICE] } });
      expect(seen.signature?.text).toContain('only for bob');
      expect(seen.signature?.carries).toHaveLength(1);
    } finally {
      await endProgram(thunderbird);
    }
  });
});
