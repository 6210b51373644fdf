import { readPrefs } from '../harness/index.ts';
import type { Claims } from './claims.ts';
import type { Hands } from './hands.ts';
import type { Results } from './results.ts';
import type { Actor, Stage } from './stage.ts';
import { getSecondComputer } from './story-second-computer.ts';
import {
  lookAtTheWire,
  openWithOpenssl,
  readAsBob,
  writeAfterUndo,
  writeToBob,
  writeToStranger,
} from './story-mails.ts';
import { compareSettings } from './settings-report.ts';
import type { Telling } from './telling.ts';
import type { Transcript } from './transcript.ts';

export interface Story {
  readonly stage: Stage;
  readonly telling: Telling;
  readonly claims: Claims;
  readonly results: Results;
  readonly transcript: Transcript;
  /** How each of them uses Endymail. */
  readonly hands: Readonly<Record<Actor['name'], Hands>>;
}

type Prefs = ReturnType<typeof readPrefs>;

/** From two computers that know nothing of encryption to a protected mail, and back. Throws where it is not so. */
export async function tellStory(story: Story): Promise<void> {
  await findMailboxes(story);
  await showPlan(story);
  const { before, enabled } = await tick(story);
  await introduceEachOther(story);
  await lookRound(story);
  const mail = await writeToBob(story);
  await lookAtTheWire(story, mail);
  await openWithOpenssl(story, mail);
  await readAsBob(story);
  await writeToStranger(story);
  await getSecondComputer(story);
  await undo(story, before, enabled);
}

async function findMailboxes({ stage, telling, claims, hands }: Story): Promise<void> {
  const { alice, bob } = stage;
  await telling.step(
    `Endymail looks what is there: alice ${hands.alice.by}, bob ${hands.bob.by}`,
    async () => {
      for (const { name } of [alice, bob]) {
        const { isSo, text } = await hands[name].findMailbox();
        telling.detail(text);
        claims.check(`Endymail finds ${name}'s mailbox by itself, and it is off`, isSo, text);
      }
    },
    () => `mailboxes: ${alice.address} and ${bob.address} are found, off`,
  );
}

async function showPlan({ stage, telling, claims, results, hands }: Story): Promise<void> {
  const { folder } = stage.alice.person.profile;
  await telling.step(
    `alice looks ${hands.alice.by} what would change`,
    async () => {
      const before = readPrefs(folder);
      const { isSo, text } = await hands.alice.plan();
      telling.detail(text);
      results.add('plan', text);
      claims.check('the plan says what the mailbox gets', isSo, text);
      claims.check('a plan changes nothing', compareSettings(before, readPrefs(folder), before).changed.length === 0);
    },
    () => 'plan: what would change, in plain words; nothing is done yet',
  );
}

function tick({ stage, telling, claims, hands }: Story): Promise<{ before: Prefs; enabled: Prefs }> {
  const { folder } = stage.alice.person.profile;
  return telling.step(
    'the tick, on each computer',
    async () => {
      const before = readPrefs(folder);
      for (const { name } of [stage.alice, stage.bob]) {
        const { isSo, text } = await hands[name].enable();
        telling.detail(text);
        claims.check(`${name}'s mailbox is ready after one tick`, isSo, text);
      }
      return { before, enabled: readPrefs(folder) };
    },
    () => `the one tick: alice ${hands.alice.by}, bob ${hands.bob.by}`,
  );
}

async function introduceEachOther(story: Story): Promise<void> {
  const { alice, bob } = story.stage;
  await story.telling.step(
    'they exchange their public parts',
    async () => [await giveTo(story, alice, bob), await giveTo(story, bob, alice)],
    (fingerprints) => {
      const beginnings = fingerprints.map((fingerprint) => `${fingerprint.slice(0, 4)}…`).join(', ');
      return `a file each way: same fingerprints at both ends (${beginnings})`;
    },
  );
}

/** The file goes from one to the other, and each reads the fingerprint to the other by telephone. Returns it. */
async function giveTo({ claims, results, hands, telling }: Story, giver: Actor, taker: Actor): Promise<string> {
  const file = results.reserve(`public-part-of-${giver.name}`);
  const told = await hands[giver.name].share(file);
  const { isSo, text, fingerprint } = await hands[taker.name].take(file, giver);
  telling.detail(text);
  const isSame = told !== '' && told === fingerprint;
  claims.check(`${giver.name} and ${taker.name} read the same fingerprint of ${giver.name}`, isSame, {
    told,
    fingerprint,
  });
  claims.check(`Endymail says that mail from ${taker.name} to ${giver.name} is encrypted from now on`, isSo, text);
  return told;
}

/** Only where there is something to see. */
async function lookRound({ stage, telling, claims, hands }: Story): Promise<void> {
  if (hands.alice.by !== 'in the window') return;
  await telling.step(
    'alice looks round in the window',
    async () => {
      for (const { claim, shown } of await hands.alice.lookRound(stage.bob)) {
        telling.detail(shown.text);
        claims.check(claim, shown.isSo, shown.text);
      }
    },
    () => 'the window: bob is among her people, her mailbox is protected',
  );
}

async function undo(story: Story, before: Prefs, enabled: Prefs): Promise<void> {
  const { stage, telling, claims, results, hands } = story;
  const { alice } = stage;
  await telling.step(
    `alice takes everything back, ${hands.alice.by}`,
    async () => {
      await alice.person.thunderbird.closed();
      await hands.alice.undo();
      const report = compareSettings(before, enabled, readPrefs(alice.person.profile.folder));
      results.add('settings', report.text);
      telling.detail(report.text);
      claims.check('enabling had changed settings', report.changed.length > 0);
      claims.check('after the undo every setting is as before', report.different.length === 0, report.different);
      await writeAfterUndo(story);
      return report.changed.length;
    },
    (count) => `undo: ${count} settings as before, no trust left, mail is plain`,
  );
}
