import { readPrefs } from '../harness/index.ts';
import type { Claims } from './claims.ts';
import type { Results } from './results.ts';
import type { Actor, Stage } from './stage.ts';
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
}

type Prefs = ReturnType<typeof readPrefs>;

/** From two computers that know nothing of encryption to a protected mail, and back. Throws where it is not so. */
export async function tellStory(story: Story): Promise<void> {
  await findMailboxes(story);
  await showPlan(story);
  const { before, enabled } = await tick(story);
  await introduceEachOther(story);
  const mail = await writeToBob(story);
  await lookAtTheWire(story, mail);
  await openWithOpenssl(story, mail);
  await readAsBob(story);
  await writeToStranger(story);
  await undo(story, before, enabled);
}

async function findMailboxes({ stage, telling, claims, transcript }: Story): Promise<void> {
  const { alice, bob } = stage;
  await telling.step(
    'endymail mailboxes: what is there',
    async () => {
      for (const actor of [alice, bob]) {
        const { stdout } = await transcript.endymail(actor, 'mailboxes');
        const isFound = stdout.startsWith(actor.address) && stdout.includes('Off.');
        claims.check(`Endymail finds ${actor.name}'s mailbox by itself, and it is off`, isFound, stdout);
      }
    },
    () => `mailboxes: ${alice.address} and ${bob.address} are found, off`,
  );
}

async function showPlan({ stage, telling, claims, results, transcript }: Story): Promise<void> {
  const { alice } = stage;
  const { folder } = alice.person.profile;
  await telling.step(
    'endymail plan: what would change',
    async () => {
      const before = readPrefs(folder);
      const { stdout } = await transcript.endymail(alice, 'plan', alice.address);
      results.add('plan', stdout);
      const isNamed = stdout.includes(`${alice.address} gets a key and a certificate`);
      claims.check('the plan says what the mailbox gets', isNamed, stdout);
      claims.check('a plan changes nothing', compareSettings(before, readPrefs(folder), before).changed.length === 0);
    },
    () => 'plan: what would change, in plain words; nothing is done yet',
  );
}

function tick({ stage, telling, claims, transcript }: Story): Promise<{ before: Prefs; enabled: Prefs }> {
  const { folder } = stage.alice.person.profile;
  return telling.step(
    'endymail enable: the tick, on each computer',
    async () => {
      const before = readPrefs(folder);
      for (const actor of [stage.alice, stage.bob]) {
        const { stdout } = await transcript.endymail(actor, 'enable', actor.address, '--yes');
        claims.check(`${actor.name}'s mailbox is ready after one command`, stdout.includes('Ready.'), stdout);
      }
      return { before, enabled: readPrefs(folder) };
    },
    () => 'enable: the one tick, on each computer; both are ready',
  );
}

async function introduceEachOther(story: Story): Promise<void> {
  const { alice, bob } = story.stage;
  await story.telling.step(
    'endymail share, import-peer: they exchange their public parts',
    async () => [await giveTo(story, alice, bob), await giveTo(story, bob, alice)],
    (fingerprints) => {
      const beginnings = fingerprints.map((fingerprint) => `${fingerprint.slice(0, 4)}…`).join(', ');
      return `share, import-peer: same fingerprints at both ends (${beginnings})`;
    },
  );
}

/** The file goes from one to the other, and each reads the fingerprint to the other by telephone. Returns it. */
async function giveTo({ claims, results, transcript }: Story, giver: Actor, taker: Actor): Promise<string> {
  const file = results.reserve(`public-part-of-${giver.name}`);
  const shared = await transcript.endymail(giver, 'share', giver.address, '--out', file);
  const taken = await transcript.endymail(taker, 'import-peer', file, '--yes');
  const [told, heard] = [fingerprintIn(shared.stderr), fingerprintIn(taken.stderr)];
  const isSame = told !== '' && told === heard;
  claims.check(`${giver.name} and ${taker.name} read the same fingerprint of ${giver.name}`, isSame, { told, heard });
  claims.check(
    `Endymail says that mail from ${taker.name} to ${giver.name} is encrypted from now on`,
    taken.stdout.includes(`Mail from ${taker.address} to ${giver.address} is encrypted from now on.`),
    taken.stdout,
  );
  return told;
}

const fingerprintIn = (text: string): string => /Fingerprint {2}(\S+)/.exec(text)?.[1] ?? '';

async function undo(story: Story, before: Prefs, enabled: Prefs): Promise<void> {
  const { stage, telling, claims, results, transcript } = story;
  const { alice } = stage;
  await telling.step(
    'endymail disable --all: undo',
    async () => {
      await alice.person.thunderbird.closed();
      await transcript.endymail(alice, 'disable', '--all', '--yes');
      const report = compareSettings(before, enabled, readPrefs(alice.person.profile.folder));
      results.add('settings', report.text);
      telling.detail(report.text);
      claims.check('enabling had changed settings', report.changed.length > 0);
      claims.check('after the undo every setting is as before', report.different.length === 0, report.different);
      await writeAfterUndo(story);
      return report.changed.length;
    },
    (count) => `disable --all: ${count} settings as before, no trust left, mail is plain`,
  );
}
