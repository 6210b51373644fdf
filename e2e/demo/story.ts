import {
  certificateHash,
  headerOf,
  inspectMail,
  listCertificates,
  openMessage,
  pem,
  readPrefs,
  receiveMessage,
  sendMessage,
  wireOf,
  type SentMessage,
} from '../harness/index.ts';
import type { Claims } from './claims.ts';
import { opensslReport, serialOf } from './openssl-report.ts';
import { pictureCompose, pictureReader } from './pictures.ts';
import type { Results } from './results.ts';
import { compareSettings } from './settings-report.ts';
import type { Actor, Stage } from './stage.ts';
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

const SUBJECT = 'Sunday';
/** Short lines: the panel that says how the message is protected opens beside them. */
const BODY = 'Dear Bob,\n\nshall we go to the lake\non Sunday? I bring the\nsandwiches.\n\nAlice';
/** What nobody on the way may read. */
const SECRET = 'sandwiches';
const STRANGER = 'stranger@example.test';

/** From two computers that know nothing of encryption to a protected mail, and back. Throws where it is not so. */
export async function tellStory(story: Story): Promise<void> {
  await findMailboxes(story);
  await showPlan(story);
  const { before, enabled } = await tick(story);
  await introduceEachOther(story);
  const mail = await writeToBob(story);
  await lookAtTheWire(story, mail);
  await openWithOpenssl(story, mail);
  await readAsBob(story, mail);
  await writeToStranger(story);
  await undo(story, before, enabled);
}

async function findMailboxes({ stage, telling, claims, transcript }: Story): Promise<void> {
  const addresses = [stage.alice, stage.bob].map(({ address }) => address).join(' and ');
  await telling.step(
    'endymail mailboxes: what is there',
    async () => {
      for (const actor of [stage.alice, stage.bob]) {
        const { stdout } = await transcript.endymail(actor, 'mailboxes');
        const isFound = stdout.startsWith(actor.address) && stdout.includes('Off.');
        claims.check(`Endymail finds ${actor.name}'s mailbox by itself, and it is off`, isFound, stdout);
      }
    },
    () => `endymail mailboxes: finds ${addresses}, both off`,
  );
}

async function showPlan({ stage, telling, claims, results, transcript }: Story): Promise<void> {
  const { alice } = stage;
  await telling.step(
    'endymail plan: what would change',
    async () => {
      const prefs = readPrefs(alice.person.profile.folder);
      const { stdout } = await transcript.endymail(alice, 'plan', alice.address, '--details');
      results.add(
        'plan.txt',
        stdout,
        "What Endymail would change in alice's Thunderbird, said before anything is done.",
      );
      claims.check(
        'the plan names the mailbox',
        stdout.includes(`${alice.address} gets a key and a certificate`),
        stdout,
      );
      const same = JSON.stringify(readPrefs(alice.person.profile.folder)) === JSON.stringify(prefs);
      claims.check('a plan changes nothing', same);
    },
    () => 'endymail plan: says in plain words what would change; nothing is done yet',
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
    () => 'endymail enable: the one tick, on each computer; both are ready',
  );
}

async function introduceEachOther(story: Story): Promise<void> {
  const { stage, telling } = story;
  await telling.step(
    'endymail share, endymail import-peer: they give each other their public parts',
    async () => [await giveTo(story, stage.bob, stage.alice), await giveTo(story, stage.alice, stage.bob)],
    (fingerprints) =>
      `endymail share, import-peer: both ends read the same fingerprints, ${fingerprints
        .map((fingerprint) => `${fingerprint.slice(0, 9)}…`)
        .join(' and ')}`,
  );
}

/** The file goes from one to the other; each reads the fingerprint to the other by telephone. Returns it. */
async function giveTo({ claims, results, transcript }: Story, giver: Actor, taker: Actor): Promise<string> {
  const file = results.reserve(
    `public-part-of-${giver.name}.json`,
    `What ${giver.name} gave away. Nothing in it is secret.`,
  );
  const shared = await transcript.endymail(giver, 'share', giver.address, '--out', file);
  const taken = await transcript.endymail(taker, 'import-peer', file, '--yes');
  const [told, heard] = [fingerprintIn(shared.stderr), fingerprintIn(taken.stderr)];
  const what = `${giver.name} and ${taker.name} read the same fingerprint of ${giver.name}`;
  claims.check(what, told !== '' && told === heard, { told, heard });
  claims.check(
    `mail from ${taker.name} to ${giver.name} is to be encrypted from then on`,
    taken.stdout.includes(`Mail from ${taker.address} to ${giver.address} is encrypted from now on.`),
    taken.stdout,
  );
  return told;
}

const fingerprintIn = (text: string): string => /Fingerprint {2}(\S+)/.exec(text)?.[1] ?? '';

function writeToBob({ stage, telling, claims, results }: Story): Promise<Buffer> {
  const { alice, bob, sink } = stage;
  return telling.step(
    "alice writes to bob in Thunderbird's own window",
    async () => {
      const thunderbird = await alice.person.thunderbird.running();
      const { display } = alice;
      const sent = await sendMessage(thunderbird, sink, {
        to: [bob.address],
        subject: SUBJECT,
        body: BODY,
        ...(display === null
          ? {}
          : {
              beforeSend: () =>
                pictureCompose(thunderbird, display, {
                  window: results.reserve(
                    'alice-writes.png',
                    'alice has written to bob and not touched any setting: Thunderbird has pressed Encrypt by itself.',
                  ),
                  menu: results.reserve(
                    'alice-writes-menu.png',
                    'The menu beside it: encrypt and sign are ticked. Nobody ticked them.',
                  ),
                }),
            }),
      });
      const { encrypted, signed } = sent.state;
      claims.check('Thunderbird decides by itself to encrypt and to sign', encrypted && signed, sent.state);
      results.add('on-the-wire.eml', sent.mail.bytes, "alice's mail as the mail server got it.");
      return sent.mail.bytes;
    },
    () => 'alice writes to bob in Thunderbird, no security setting touched: encrypted and signed',
  );
}

async function lookAtTheWire({ telling, claims }: Story, mail: Buffer): Promise<void> {
  const type = headerOf(mail, 'content-type').split(/;\s*/).slice(0, 3);
  await telling.step(
    'what the wire carries',
    () => {
      const head = mail.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
      telling.detail(head);
      claims.check('the wire carries enveloped-data', wireOf(mail) === 'enveloped-data', head);
      claims.check('not a word of the message is readable on the wire', !mail.includes(SECRET));
      claims.check('the subject stays readable, as on any envelope', headerOf(mail, 'subject') === SUBJECT, head);
      return Promise.resolve();
    },
    () =>
      `on the wire: ${type.find((part) => part.startsWith('smime-type')) ?? ''}, ${mail.length} bytes, not a word readable`,
  );
}

async function openWithOpenssl({ stage, telling, claims, results }: Story, mail: Buffer): Promise<void> {
  const { alice, bob } = stage;
  await telling.step(
    "openssl opens it with bob's key",
    async () => {
      const [alicesKey, bobsKey] = [await alice.person.exportKey(), await bob.person.exportKey()];
      const [authority] = alicesKey.authorities;
      if (authority === undefined) throw new Error("The export has no authority of alice's.");
      const seen = await inspectMail(mail, { recipient: bobsKey, senderAuthority: authority });
      const owners = new Map([
        [serialOf(alicesKey.certificate), 'alice'],
        [serialOf(bobsKey.certificate), 'bob'],
      ]);
      const report = await opensslReport(mail, seen, owners);
      telling.detail(report);
      results.add(
        'what-openssl-says.txt',
        report,
        'openssl, which shares no code with Thunderbird or Endymail, on the mail.',
      );
      results.add(
        'opened-with-bobs-key.eml',
        seen.content ?? '',
        "What openssl found inside, with bob's key: alice's signed words.",
      );
      results.add(
        'authority-of-alice.pem',
        pem(authority),
        'The authority that vouches for alice, for this one mailbox.',
      );

      claims.check("openssl decrypts it with bob's key", seen.content !== null);
      claims.check(
        'it is encrypted for bob and for alice herself, and for nobody else',
        holds(seen.recipients, owners),
      );
      claims.check("openssl verifies alice's signature", seen.signature?.valid === true, seen.signature?.openssl);
      const signers = seen.signature?.signerAddresses ?? [];
      claims.check('the signer is alice', signers.join() === alice.address, signers);
      claims.check('what was signed is what alice wrote', seen.signature?.text.includes(SECRET) === true);
      const carried = seen.signature?.carries.map(certificateHash) ?? [];
      const isLeafAlone = carried.join() === certificateHash(alicesKey.certificate);
      claims.check("the mail carries alice's certificate and no other", isLeafAlone, carried);
    },
    () => `openssl opens it with bob's key: signed by ${alice.address}, whose certificate alone it carries`,
  );
}

const holds = (recipients: readonly { serial: string }[], owners: ReadonlyMap<string, string>): boolean =>
  recipients.length === owners.size && recipients.every(({ serial }) => owners.has(serial));

async function readAsBob({ stage, telling, claims, results }: Story, mail: Buffer): Promise<void> {
  const { alice, bob } = stage;
  await telling.step(
    'bob opens it in his Thunderbird',
    async () => {
      const thunderbird = await bob.person.thunderbird.running();
      const seen = await openMessage(thunderbird, await receiveMessage(thunderbird, mail));
      if (bob.display !== null) {
        const what = 'bob reads it: Thunderbird says that it is signed by alice and was encrypted.';
        await pictureReader(thunderbird, bob.display, results.reserve('bob-reads.png', what));
      }
      telling.detail(`${seen.signatureText ?? ''}\n${seen.encryptionText ?? ''}`);
      claims.check('bob reads what alice wrote', seen.body.includes(SECRET), seen);
      claims.check("bob's Thunderbird shows it as encrypted", seen.encryptionIcon === 'ok', seen);
      const isSigned = seen.signatureIcon === 'ok' && seen.signerAddresses.join() === alice.address;
      claims.check("bob's Thunderbird shows it as signed by alice", isSigned, seen);
    },
    () => 'bob opens it in his Thunderbird, which shows: encrypted, and signed by alice',
  );
}

async function writeToStranger({ stage, telling, claims, results }: Story): Promise<void> {
  const { alice, sink } = stage;
  await telling.step(
    'alice writes to somebody who is not known',
    async () => {
      const thunderbird = await alice.person.thunderbird.running();
      const sent = await sendMessage(thunderbird, sink, { to: [STRANGER], subject: 'Hello', body: 'a mail as ever' });
      results.add('to-a-stranger.eml', sent.mail.bytes, 'alice to somebody who is not known: a mail as ever.');
      claims.check('mail to a stranger goes plain and unsigned, as before', isPlain(sent), sent.state);
    },
    () => 'alice writes to a stranger: plain and unsigned, as before',
  );
}

const isPlain = ({ state, mail }: SentMessage): boolean =>
  !state.encrypted && !state.signed && wireOf(mail.bytes) === 'plain';

async function undo(story: Story, before: Prefs, enabled: Prefs): Promise<void> {
  const { stage, telling, claims, results, transcript } = story;
  const { alice, bob, sink } = stage;
  await telling.step(
    'endymail disable --all: undo',
    async () => {
      await alice.person.thunderbird.closed();
      await transcript.endymail(alice, 'disable', '--all', '--yes');
      const report = compareSettings(before, enabled, readPrefs(alice.person.profile.folder));
      results.add(
        'settings.txt',
        report.text,
        "The settings of alice's Thunderbird before, while it was enabled, and after the undo.",
      );
      telling.detail(report.text);
      claims.check('enabling had changed settings', report.changed.length > 0);
      claims.check('after the undo every setting is as before', report.different.length === 0, report.different);

      const thunderbird = await alice.person.thunderbird.running();
      const trusted = (await listCertificates(thunderbird)).filter(({ trustedForMail }) => trustedForMail);
      claims.check('after the undo Thunderbird trusts nothing of Endymail', trusted.length === 0, trusted);
      const sent = await sendMessage(thunderbird, sink, { to: [bob.address], subject: 'Undone', body: 'as before' });
      claims.check('after the undo mail to bob goes plain', isPlain(sent), sent.state);
      return report.changed.length;
    },
    (count) => `endymail disable --all: ${count} settings are as before, no trust is left, mail to bob is plain`,
  );
}
