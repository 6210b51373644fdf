import type { Page } from 'playwright';
import { launch, type Application } from '../app/launch.ts';
import { choosePage } from '../app/pages/choose-page.ts';
import { homePage } from '../app/pages/home-page.ts';
import { mailboxPage } from '../app/pages/mailbox-page.ts';
import { peoplePage } from '../app/pages/people-page.ts';
import { progressPage } from '../app/pages/progress-page.ts';
import { removalPage } from '../app/pages/removal-page.ts';
import { reviewPage } from '../app/pages/review-page.ts';
import { sections } from '../app/pages/sections.ts';
import { sharePage } from '../app/pages/share-page.ts';
import { WATCHED } from '../host/chromium/launch.ts';
import { bareFingerprint, type Hands, type Shown } from './hands.ts';
import type { ResultFile } from './result-files.ts';
import type { Results } from './results.ts';
import type { Actor } from './stage.ts';

/** Endymail's window, as somebody of the story uses it. */
export interface WindowHands extends Hands, AsyncDisposable {}

/** Longer than any screen needs on a busy computer. */
const ACTION_LIMIT_MS = 20_000;

/** How long a screen stands that a person looks at, in milliseconds. */
const LOOK_MS = 2_000;

/**
 * Starts the app on the host. Its window is drawn, and nobody sees it but by the pictures, unless `screen` says where to
 * show it: what the environment of a program holds that a person sees.
 */
export async function openWindow(
  actor: Actor,
  results: Results,
  screen: Readonly<Record<string, string>> | null,
): Promise<WindowHands> {
  const { home, env } = actor.person;
  const shown = screen === null ? {} : { ...screen, [WATCHED]: '1' };
  const app = await launch({ runtime: 'host', env: { ...home.env, ...env, ...shown } });
  try {
    const page = await app.firstWindow();
    page.setDefaultTimeout(ACTION_LIMIT_MS);
    const take = async (file: ResultFile): Promise<void> => {
      await page.screenshot({ path: results.reserve(file), animations: 'disabled' });
      if (screen !== null) await page.waitForTimeout(LOOK_MS);
    };
    return { ...windowHands(actor, app, page, take), [Symbol.asyncDispose]: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

function windowHands(
  { address }: Actor,
  app: Application,
  page: Page,
  picture: (file: ResultFile) => Promise<void>,
): Hands {
  const text = (): Promise<string> => page.getByRole('main').innerText();
  /** The row of the mailbox at home, with its state. */
  const atHome = async (state: RegExp): Promise<Shown> => {
    await sections(page).home.click();
    const row = homePage(page).mailbox(address);
    await row.waitFor();
    const shown = await row.innerText();
    return { isSo: state.test(shown), text: shown };
  };
  return {
    by: 'in the window',
    findMailbox: async () => {
      const mailbox = choosePage(page).mailbox(address);
      await mailbox.waitFor();
      await picture('window-choose');
      return { isSo: await mailbox.isChecked(), text: await text() };
    },
    plan: async () => {
      await choosePage(page).enable(1).click();
      await reviewPage(page).line(`${address} gets its own keys.`).waitFor();
      await picture('window-plan');
      const said = await text();
      return { isSo: said.includes('Thunderbird signs and encrypts by itself.'), text: said };
    },
    enable: async () => {
      await reviewPage(page).setUp(1).click();
      await progressPage(page).done.waitFor();
      await picture('window-progress');
      const said = await text();
      return { isSo: said.includes('Ready'), text: said };
    },
    share: async (file) => {
      await progressPage(page).share.click();
      await app.answerDialog('showSaveDialog', { canceled: false, filePath: file });
      await sharePage(page).save.click();
      return bareFingerprint((await sharePage(page).fingerprint.textContent()) ?? '');
    },
    take: async (file, giver) => {
      const people = peoplePage(page);
      await sections(page).people.click();
      await app.answerDialog('showOpenDialog', { canceled: false, filePaths: [file] });
      await people.add.click();
      const fingerprint = bareFingerprint((await people.fingerprint.textContent()) ?? '');
      await picture('window-fingerprint');
      await people.same.click();
      await people.close.waitFor();
      const said = await people.dialog.innerText();
      await people.close.click();
      const isSo = said.includes(`Mail from ${address} to ${giver.address} is encrypted from now on.`);
      return { isSo, text: said, fingerprint };
    },
    lookRound: async (other) => {
      await sections(page).people.click();
      const known = peoplePage(page).person(other.address);
      await known.waitFor();
      await picture('window-people');
      const people = { isSo: await known.isVisible(), text: await text() };
      const home = await atHome(/Protected with 1 person/);
      await picture('window-home');
      await homePage(page).mailbox(address).click();
      await mailboxPage(page).heading(address).waitFor();
      await mailboxPage(page).turnOff.waitFor();
      await picture('window-mailbox');
      const said = await text();
      return [
        { claim: `the window shows ${other.name} among alice's people`, shown: people },
        { claim: 'the window says that the mailbox is protected with one person', shown: home },
        {
          claim: "the mailbox's own page says that mail to one person is encrypted",
          shown: { isSo: said.includes('Mail to one person is encrypted.'), text: said },
        },
      ];
    },
    undo: async () => {
      await sections(page).home.click();
      await homePage(page).mailbox(address).click();
      await mailboxPage(page).turnOff.click();
      await removalPage(page).turnOff.click();
      await page.getByText(`${address} is off.`).first().waitFor();
    },
  };
}
