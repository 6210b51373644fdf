import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTestPerson,
  encryptMail,
  keyPairBytes,
  openMessage,
  publicPartFile,
  receiveMessage,
  signMail,
  startMesh,
} from '../../harness/index.ts';
import { CHECKOUT } from '../../layers/checkout.ts';
import { homePage } from '../pages/home-page.ts';
import { joinPage } from '../pages/join-page.ts';
import { joinPromptPage } from '../pages/join-prompt-page.ts';
import { peoplePage } from '../pages/people-page.ts';
import { sections } from '../pages/sections.ts';
import { dropFile } from './drop-file.ts';
import { expect, test, windowOf } from './fixtures.ts';
import { picture } from './picture.ts';
import { approve, askToJoin, otherComputer, createAccount } from './two-windows.ts';
import { setUpSuggested } from './walk.ts';

const MIRA = 'mira@halvorsen.example';
const ASTRID = 'astrid@lunde.example';

/** Where the parts' times are written, beside the results of the tests. */
const TIMES = join(CHECKOUT, 'out', 'app', 'second-machine.json');

/** What the second computer needs from the click on *Approve*, on a machine on which nothing is fast. */
const JOIN_LIMIT_MS = 60_000;

test('the second computer: six digits, both windows show the same, and its Thunderbird opens the old mail', async ({
  person,
  launchApp,
}, info) => {
  test.setTimeout(300_000);
  await using mesh = await startMesh();
  const account = `mira@${mesh.host}`;
  const identities = [{ address: MIRA, name: 'Mira Halvorsen' }] as const;
  const here = await person({ identities });
  const there = await person({ identities });
  const astrid = await createTestPerson(ASTRID, 'Astrid Lunde');

  const first = await launchApp({ env: { ...here.home.env, ...here.env, ...otherComputer('mira-thinkpad') } });
  const page = await windowOf(first);
  await test.step('on the first computer she sets up her mailbox, makes an account, and puts the words off', async () => {
    await setUpSuggested(page, 1);
    await createAccount(page, 'mira', mesh.host);
    await sections(page).people.click();
    await dropFile(page, publicPartFile(astrid, here.home));
    await peoplePage(page).same.click();
    await peoplePage(page).close.click();
    await sections(page).home.click();
    await expect(homePage(page).mailbox(MIRA)).toHaveAccessibleName(/Protected with 1 person$/);
  });

  const headers = { from: ASTRID, to: MIRA, subject: 'From before' };
  const text = 'from before the second computer';
  const signed = await signMail({ signer: keyPairBytes(astrid.own), text, ...headers });
  const recipient = (await here.exportKey()).certificate;
  const oldMail = await encryptMail({ recipient, content: signed, ...headers });

  const second = await launchApp({ env: { ...there.home.env, ...there.env, ...otherComputer('mira-desktop') } });
  const other = await windowOf(second);
  const digits = await test.step('the second one asks, and shows six digits', async () => {
    const shown = await askToJoin(other, account);
    await expect(joinPage(other).waiting).toBeVisible();
    await picture(other, 'join-digits');
    return shown;
  });

  const begun = performance.now();
  const times: Record<string, number> = {};
  let approvedAt = begun;
  const since = (part: string): void => {
    times[part] = Math.round(performance.now() - approvedAt);
  };
  await test.step('the first one asks by itself, and the digits are typed there', async () => {
    await expect(joinPromptPage(page).question).toBeVisible({ timeout: JOIN_LIMIT_MS });
    await expect(joinPromptPage(page).mayApprove).not.toBeChecked();
    await picture(page, 'join-prompt');
    approvedAt = performance.now();
    await approve(page, digits);
  });

  await test.step('both windows end on the same picture, and the mailbox is set up there', async () => {
    await expect(joinPage(other).joined).toBeVisible({ timeout: JOIN_LIMIT_MS });
    since('joined');
    await expect(joinPage(other).row('Synced')).toContainText('1 mailbox and 1 person.', { timeout: JOIN_LIMIT_MS });
    since('keysUsable');
    await expect(joinPage(other).row(MIRA)).toContainText('is set up', { timeout: JOIN_LIMIT_MS });
    since('mailboxesSetUp');
  });
  await there.thunderbird.running().then(async (thunderbird) => {
    const seen = await openMessage(thunderbird, await receiveMessage(thunderbird, oldMail));
    since('mailOpened');
    expect(seen).toMatchObject({ encryptionIcon: 'ok', signatureIcon: 'ok', signerAddresses: [ASTRID] });
    expect(seen.body).toContain(text);
    await there.thunderbird.closed();
  });
  mkdirSync(join(TIMES, '..'), { recursive: true });
  const told = `${JSON.stringify({ fromApproveMs: times }, null, 2)}\n`;
  writeFileSync(TIMES, told);
  info.annotations.push(
    ...Object.entries(times).map(([part, ms]) => ({ type: `approve to ${part}`, description: `${String(ms)} ms` })),
  );
  await info.attach('second-machine.json', { body: told, contentType: 'application/json' });

  await test.step('what each of the two windows shows', async () => {
    const joined = joinPromptPage(page).joined;
    await expect(joined).toContainText('Shared');
    const pair = / and .+ are connected$/;
    const label = await joined.getByRole('img', { name: pair }).getAttribute('aria-label');
    await expect(other.getByRole('img', { name: pair })).toHaveAccessibleName(label ?? '');
    await picture(page, 'joined-there');
    await picture(other, 'joined-here');
    await joinPromptPage(page).done.click();
    await joinPage(other).done.click();
    await expect(homePage(other).mailbox(MIRA)).toHaveAccessibleName(/Protected with 1 person$/);
    await sections(page).devices.click();
    await expect(page.getByText(`2 devices belong to ${account}.`)).toBeVisible();
    await picture(page, 'devices');
  });
});
