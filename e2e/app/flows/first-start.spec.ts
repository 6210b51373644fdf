import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectMail, listCertificates, readPrefs, sendMessage, wireOf, type Person } from '../../harness/index.ts';
import { choosePage } from '../pages/choose-page.ts';
import { homePage } from '../pages/home-page.ts';
import { mailboxPage } from '../pages/mailbox-page.ts';
import { peoplePage } from '../pages/people-page.ts';
import { progressPage } from '../pages/progress-page.ts';
import { removalPage } from '../pages/removal-page.ts';
import { reviewPage } from '../pages/review-page.ts';
import { sections } from '../pages/sections.ts';
import { sharePage } from '../pages/share-page.ts';
import { dropFile } from './drop-file.ts';
import { expect, test, windowOf } from './fixtures.ts';

const ALICE = 'alice@example.test';
const BOB = 'bob@example.test';

const prefsText = ({ profile }: Person): string => readFileSync(join(profile.folder, 'prefs.js'), 'utf8');

/** Letters and digits alone: a fingerprint is written in groups, and where it breaks is the window's affair. */
const bare = (fingerprint: string): string => fingerprint.replace(/\W/g, '').toLowerCase();

test('from the first start to mail that only bob can open, and back', async ({ person, sink, launchApp }) => {
  test.setTimeout(300_000);
  const alice = await person({ identities: [{ address: ALICE, name: 'Alice Example' }] });
  const bob = await person({ identities: [{ address: BOB, name: 'Bob Example' }] });
  await bob.endymail('enable', BOB, '--yes');
  const bobsFile = await bob.share();
  const before = prefsText(alice);

  const app = await launchApp({ env: { ...alice.home.env, ...alice.env } });
  const page = await windowOf(app);
  await test.step('she ticks nothing away, reads what will change, and sets it up', async () => {
    await expect(choosePage(page).mailbox(ALICE)).toBeChecked();
    await choosePage(page).enable(1).click();
    await expect(reviewPage(page).line(`${ALICE} gets its own keys.`)).toBeVisible();
    await expect(reviewPage(page).line('Thunderbird signs and encrypts by itself.')).toBeVisible();
    await expect(page.getByText('smime.p7m')).toBeVisible();
    expect(prefsText(alice)).toBe(before);
    await reviewPage(page).setUp(1).click();
    await expect(progressPage(page).done).toBeVisible();
    expect(readPrefs(alice.profile.folder)).toMatchObject({
      'mail.e2ee.auto_enable': true,
      'mail.identity.id1.signing_cert_name': expect.stringMatching(/./),
      'mail.identity.id1.encryption_cert_name': expect.stringMatching(/./),
    });
  });

  const alicesFile = join(alice.home.scratchFolder, 'alice.endymail');
  await test.step('she saves her file for bob, whose Endymail shows the same fingerprint', async () => {
    await progressPage(page).share.click();
    await app.answerDialog('showSaveDialog', { canceled: false, filePath: alicesFile });
    await sharePage(page).save.click();
    await expect(page.getByText('alice.endymail is ready to be sent.')).toBeVisible();
    await bob.endymail('import-peer', alicesFile, '--yes');
    const { stdout } = await bob.endymail('peers');
    expect(bare(stdout)).toContain(bare((await sharePage(page).fingerprint.textContent()) ?? ''));
  });

  const bobsFingerprint = bare((await bob.endymail('share', BOB, '--out', `${bobsFile}.again`)).stderr);
  await test.step('a file whose fingerprint is another is not added', async () => {
    await sections(page).people.click();
    await app.answerDialog('showOpenDialog', { canceled: false, filePaths: [bobsFile] });
    await peoplePage(page).add.click();
    await expect(peoplePage(page).dialog.getByRole('heading')).toHaveText('Is this Bob Example?');
    expect(bobsFingerprint).toContain(bare((await peoplePage(page).fingerprint.textContent()) ?? ''));
    await peoplePage(page).notSame.click();
    await expect(peoplePage(page).dialog).toContainText('Nothing was changed.');
    await peoplePage(page).close.click();
    await expect(peoplePage(page).person(BOB)).toBeHidden();
  });

  await test.step('bob’s file is dropped on the window and added', async () => {
    await dropFile(page, bobsFile);
    await peoplePage(page).same.click();
    await expect(peoplePage(page).dialog).toContainText(`Mail from ${ALICE} to ${BOB} is encrypted from now on.`);
    await peoplePage(page).close.click();
    await expect(peoplePage(page).person(BOB)).toBeVisible();
    await sections(page).home.click();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/Protected with 1 person$/);
  });

  await test.step('her Thunderbird sends: openssl opens it with bob’s key alone, signed by alice', async () => {
    const [bobsKey, alicesKey] = [await bob.exportKey(), await alice.exportKey()];
    const sent = await sendMessage(await alice.thunderbird.running(), sink, { to: [BOB], body: 'only for bob' });
    const senderAuthority = alicesKey.authorities[0] ?? new Uint8Array();
    const seen = await inspectMail(sent.mail.bytes, { recipient: bobsKey, senderAuthority });
    expect(seen).toMatchObject({ wire: 'enveloped-data', signature: { valid: true, signerAddresses: [ALICE] } });
    expect(seen.signature?.text).toContain('only for bob');
  });

  await test.step('she takes bob away while Thunderbird runs: the next mail is plain; then she adds him again', async () => {
    await sections(page).people.click();
    await peoplePage(page).person(BOB).click();
    await peoplePage(page).startRemoval.click();
    await peoplePage(page).remove.click();
    await expect(peoplePage(page).dialog).toContainText(`${BOB} is removed.`);
    await peoplePage(page).close.click();
    const sent = await sendMessage(await alice.thunderbird.running(), sink, { to: [BOB], body: 'for everyone' });
    expect(wireOf(sent.mail.bytes)).toBe('plain');
    await alice.thunderbird.closed();
    await dropFile(page, bobsFile);
    await peoplePage(page).same.click();
    await expect(peoplePage(page).dialog).toContainText('is encrypted from now on.');
    await peoplePage(page).close.click();
  });

  await test.step('she turns it off: the next mail is plain, and no root of Endymail is trusted', async () => {
    await sections(page).home.click();
    await homePage(page).mailbox(ALICE).click();
    await mailboxPage(page).turnOff.click();
    await removalPage(page).turnOff.click();
    await expect(page.getByText(`${ALICE} is off. Mail from it goes as before Endymail.`)).toBeVisible();
    const thunderbird = await alice.thunderbird.running();
    const sent = await sendMessage(thunderbird, sink, { to: [BOB], body: 'as before' });
    expect(wireOf(sent.mail.bytes)).toBe('plain');
    expect((await listCertificates(thunderbird)).filter(({ trustedForMail }) => trustedForMail)).toEqual([]);
    await removalPage(page).toHome.click();
    await expect(homePage(page).mailbox(ALICE)).toHaveAccessibleName(/Off$/);
  });
});
