import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  askToJoin,
  certificateHash,
  inspectMail,
  openMessage,
  sendMessage,
  wireOf,
  type Mesh,
} from '../harness/index.ts';
import { fetchMessage } from './fetch-mail.ts';
import { pictureReader } from './pictures.ts';
import type { Actor } from './stage.ts';
import { decision } from './story-mails.ts';
import type { Story } from './story.ts';

const FROM_BOB = Object.freeze({
  subject: 'The lake',
  body: 'Dear Alice,\n\ngladly. I bring the\nlemonade.\n\nBob',
  secret: 'lemonade',
});

const FROM_THE_SECOND = Object.freeze({
  subject: 'Where we meet',
  body: 'Dear Bob,\n\nat nine, at the\nboathouse.\n\nAlice',
  secret: 'boathouse',
});

/** Bob answers; then alice gets a second computer, which opens that answer and writes the next mail. */
export async function getSecondComputer(story: Story): Promise<void> {
  await bobAnswers(story);
  const { mesh, account, second } = await prepare(story);
  await typeDigits(story, second, { mesh, account });
  await openOldMail(story, second);
  await writeFromThere(story, second);
}

async function bobAnswers({ stage, telling, claims }: Story): Promise<void> {
  const { alice, bob, sink } = stage;
  await telling.step(
    'bob answers',
    async () => {
      const thunderbird = await bob.person.thunderbird.running();
      const { state } = await sendMessage(thunderbird, sink, {
        to: [alice.address],
        subject: FROM_BOB.subject,
        body: FROM_BOB.body,
      });
      telling.detail(decision(state));
      claims.check("bob's answer is encrypted and signed by itself", state.encrypted && state.signed, state);
      await bob.person.thunderbird.closed();
    },
    () => 'bob answers: encrypted and signed, too',
  );
}

function prepare({ stage, telling, claims, transcript }: Story) {
  const { alice } = stage;
  return telling.step(
    'a mesh service is started; alice makes an account, and gets a second computer',
    async () => {
      const [mesh, second] = await Promise.all([stage.startMesh(), stage.secondComputer()]);
      const account = `${alice.name}@${mesh.host}`;
      const { stdout } = await transcript.endymail(alice, 'account', 'create', account);
      claims.check('alice has an account, and her computer may approve others', isFirstDevice(stdout, account), stdout);
      return { mesh, account, second };
    },
    () => 'alice has an account at a mesh service, and a second computer',
  );
}

async function typeDigits(
  story: Story,
  second: Actor,
  { mesh, account }: { readonly mesh: Mesh; readonly account: string },
): Promise<void> {
  const { stage, telling, claims, transcript } = story;
  const { alice } = stage;
  await telling.step(
    'the second computer asks to join, and alice types its six digits on the first',
    async () => {
      const request = await askToJoin(second.person, account);
      const { stdout } = await transcript.endymail(alice, 'device', 'approve', '--digits', request.digits);
      claims.check('the first computer approves by the digits', stdout.startsWith('Approved.'), stdout);
      const { code, said } = await request.end();
      transcript.note(second, `device request ${account}`, said);
      const isIn = code === 0 && said.includes(`This computer belongs to ${account} now.`);
      claims.check("the second computer belongs to alice's account then", isIn, said);
      const mailboxes = await transcript.endymail(second, 'mailboxes');
      const isOn = mailboxes.stdout.includes('Mail to one person is encrypted.');
      claims.check('her mailbox is protected there, and nobody ticked it', isOn, mailboxes.stdout);
      lookAtTheService(story, mesh);
    },
    () => 'six digits typed on the first: the second is set up by itself',
  );
}

/** What the service keeps is looked through for what may not be in it; part of that step. */
function lookAtTheService({ stage, claims }: Story, { dataFolder }: Mesh): void {
  const kept = Buffer.concat(readdirSync(dataFolder).map((name) => readFileSync(join(dataFolder, name))));
  const isThere = (text: string): boolean => kept.includes(text);
  claims.check('the mesh service keeps the account', isThere(stage.alice.name));
  const found = [stage.alice.address, stage.bob.address, 'PRIVATE KEY'].filter(isThere);
  claims.check('no mail address, of alice or of bob, can be read in what it keeps', found.length === 0, found);
}

async function openOldMail({ stage, telling, claims, results }: Story, second: Actor): Promise<void> {
  await telling.step(
    "the second computer's Thunderbird fetches bob's answer",
    async () => {
      const thunderbird = await second.person.thunderbird.running();
      const seen = await openMessage(thunderbird, await fetchMessage(thunderbird, second.mailbox, FROM_BOB.subject));
      if (second.display !== null) {
        await pictureReader(thunderbird, second.display, results.reserve('second-computer-reads'));
      }
      telling.detail(`${seen.signatureText ?? ''}\n${seen.encryptionText ?? ''}`);
      const isOpen = seen.encryptionIcon === 'ok' && seen.body.includes(FROM_BOB.secret);
      claims.check('the second computer opens mail from before it was there', isOpen, seen);
      const isSigned = seen.signatureIcon === 'ok' && seen.signerAddresses.join() === stage.bob.address;
      claims.check('it shows that mail as signed by bob, whom nobody added there', isSigned, seen);
    },
    () => "Thunderbird there opens bob's mail from before, signed by bob",
  );
}

async function writeFromThere({ stage, telling, claims, results }: Story, second: Actor): Promise<void> {
  const { alice, bob, sink } = stage;
  await telling.step(
    'alice writes to bob from there',
    async () => {
      const thunderbird = await second.person.thunderbird.running();
      const { state, mail } = await sendMessage(thunderbird, sink, {
        to: [bob.address],
        subject: FROM_THE_SECOND.subject,
        body: FROM_THE_SECOND.body,
      });
      await second.person.thunderbird.closed();
      results.add('from-the-second-computer', mail.bytes);
      telling.detail(decision(state));
      const isSealed = state.encrypted && state.signed && wireOf(mail.bytes) === 'enveloped-data';
      claims.check('her mail from the second computer is encrypted and signed by itself', isSealed, state);
      const [alicesKey, bobsKey] = [await alice.person.exportKey(), await bob.person.exportKey()];
      const [authority] = alicesKey.authorities;
      if (authority === undefined) throw new Error("The export has no authority of alice's.");
      const { signature } = await inspectMail(mail.bytes, { recipient: bobsKey, senderAuthority: authority });
      const isHers = signature?.valid === true && signature.text.includes(FROM_THE_SECOND.secret);
      claims.check("openssl opens it with bob's key and verifies alice's signature", isHers, signature?.openssl);
      const carried = signature?.carries.map(certificateHash).join() ?? '';
      const isSame = carried === certificateHash(alicesKey.certificate);
      claims.check('it carries the certificate that bob knows from the first computer', isSame, carried);
    },
    () => 'alice writes to bob from there: encrypted, with the same key',
  );
}

const isFirstDevice = (text: string, account: string): boolean =>
  text.includes(account) && text.includes('may approve others');
