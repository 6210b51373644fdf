import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPerson,
  endProcessesOf,
  endProgram,
  endymailDone,
  inspectMail,
  introduce,
  processesOf,
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

  const judge = async (mail: Uint8Array, recipient: Person): ReturnType<typeof inspectMail> => {
    const [sendersKey, recipientsKey] = [await alice.exportKey(), await recipient.exportKey()];
    return inspectMail(mail, { recipient: recipientsKey, senderAuthority: sendersKey.authorities[0]! });
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
      const seen = await judge((await sink.take(BOB)).bytes, bob);
      expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [ALICE] } });
      expect(seen.signature?.text).toContain('only for bob');
      expect(seen.signature?.carries).toHaveLength(1);
    } finally {
      await endProgram(thunderbird);
    }
  });

  it('opens a test mail to oneself in its own compose window, whether it runs or not, and sends it encrypted', async () => {
    const options = { home: alice.home, env: { ...alice.env, DISPLAY: display.name, GDK_BACKEND: 'x11' } };
    try {
      for (const running of [false, true]) {
        expect(processesOf(alice.profile.folder).length > 0).toBe(running);
        const run = await endymailDone(['check', ALICE, '--send-test', '--json'], options);
        const { testSubject } = v.parse(v.looseObject({ testSubject: v.string() }), run.json());
        await sendByKeyboard(testSubject);
        const seen = await judge((await sink.take(ALICE)).bytes, alice);
        expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [ALICE] } });
      }
    } finally {
      await endProcessesOf(alice.profile.folder);
    }
  });
});
