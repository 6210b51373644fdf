import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailboxAuthority, issueMailboxCertificate } from '../../main/agent/certificates/index.ts';
import {
  certificateFor,
  createTestHome,
  createTestPerson,
  createThunderbirdHandle,
  createThunderbirdProfile,
  requirePrograms,
  sendMessage,
  setUpByHand,
  startSmtpSink,
  testAddress,
  wireOf,
  type SmtpSink,
  type TestHome,
  type TestPerson,
  type TestProfile,
  type ThunderbirdHandle,
} from '../harness/index.ts';

const ALICE = 'alice@example.test';
const DAY_MS = 86_400_000;
/** A day more than a certificate lasts. */
const ENDED_DAYS = 826;

/** What Thunderbird decides alone, while no Endymail runs: what is found here is what docs/using.md warns of. */
describe('where no Endymail runs', () => {
  requirePrograms('thunderbird', 'openssl', 'certutil', 'pk12util');
  let sink: SmtpSink;
  let home: TestHome;
  let profile: TestProfile;
  let handle: ThunderbirdHandle;
  let carol: TestPerson;
  let dave: TestPerson;

  /** Somebody who made their key, and gave it away, so many days ago. */
  const personOf = async (address: string, ageDays: number): Promise<TestPerson> => {
    const mailbox = testAddress(address);
    const now = new Date(Date.now() - ageDays * DAY_MS);
    const authority = await createMailboxAuthority({ address: mailbox, algorithm: 'ec-p256', now });
    const name = 'Somebody';
    const own = await issueMailboxCertificate({ authority, address: mailbox, name, algorithm: 'ec-p256', now });
    return { address: mailbox, name, authority, own };
  };

  const sentTo = async (...to: readonly string[]) => {
    const { state, mail } = await sendMessage(await handle.running(), sink, { to, body: 'a line' });
    return { encrypted: state.encrypted, wire: wireOf(mail.bytes), notices: state.notices };
  };

  const PLAIN = { encrypted: false, wire: 'plain', notices: [] };

  beforeAll(async () => {
    sink = await startSmtpSink();
    home = createTestHome('absence');
    const identities = [{ address: ALICE, name: 'Alice Example' }] as const;
    profile = createThunderbirdProfile({ home, identities, smtpPort: sink.port });
    [carol, dave] = [await personOf('carol@example.test', ENDED_DAYS), await personOf('dave@example.test', 0)];
    await setUpByHand(profile, await createTestPerson(ALICE, 'Alice Example'), [carol, dave]);
    handle = createThunderbirdHandle(profile);
  });

  afterAll(async () => {
    await handle.closed();
    await home.dispose();
    await sink.close();
  });

  it('mail to a person who is known is encrypted (R12)', async () => {
    expect(await sentTo(dave.address)).toMatchObject({ encrypted: true, wire: 'enveloped-data' });
  });

  it('mail to a person whose certificate has ended goes unencrypted without a word, to whoever else is on it too', async () => {
    expect(await certificateFor(await handle.running(), carol.address)).toBeNull();
    expect(await sentTo(carol.address)).toEqual(PLAIN);
    expect(await sentTo(dave.address, carol.address)).toEqual(PLAIN);
    expect(await sentTo(dave.address)).toMatchObject({ encrypted: true });
  });

  it('mail goes unencrypted without a word where its store of certificates can not be read', async () => {
    await handle.closed();
    writeFileSync(join(profile.folder, 'cert9.db'), 'no database');
    expect(await sentTo(dave.address)).toEqual(PLAIN);
  });
});
