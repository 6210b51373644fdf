import {
  certificateHash,
  headerOf,
  inspectMail,
  listCertificates,
  openMessage,
  pem,
  sendMessage,
  wireOf,
  type ComposeState,
  type SentMessage,
} from '../harness/index.ts';
import { fetchMessage } from './fetch-mail.ts';
import { opensslReport, serialOf } from './openssl-report.ts';
import { pictureCompose, pictureComposeMenu, pictureReader } from './pictures.ts';
import type { Story } from './story.ts';

const TO_BOB = Object.freeze({
  subject: 'Sunday',
  /** Short lines: the panel that says how the message is protected opens beside them. */
  body: 'Dear Bob,\n\nshall we go to the lake\non Sunday? I bring the\nsandwiches.\n\nAlice',
  /** What nobody on the way may read. */
  secret: 'sandwiches',
});

const TO_A_STRANGER = Object.freeze({
  to: ['stranger@example.test'],
  subject: 'Your advertisement',
  body: 'Dear Sir or Madam,\n\nis the canoe still for sale?\n\nAlice Example',
});

/** Returns what the wire carried. */
export function writeToBob({ stage, telling, claims, results }: Story): Promise<Buffer> {
  const { alice, bob, sink } = stage;
  return telling.step(
    "alice writes to bob in Thunderbird's own window",
    async () => {
      const thunderbird = await alice.person.thunderbird.running();
      const { state, mail } = await sendMessage(thunderbird, sink, {
        to: [bob.address],
        subject: TO_BOB.subject,
        body: TO_BOB.body,
        beforeSend: async () => {
          if (alice.display === null) return;
          await pictureCompose(thunderbird, alice.display, results.reserve('alice-writes'));
          await pictureComposeMenu(thunderbird, alice.display, results.reserve('alice-writes-menu'));
        },
      });
      results.add('on-the-wire', mail.bytes);
      telling.detail(decision(state));
      claims.check('Thunderbird decides by itself to encrypt and to sign', state.encrypted && state.signed, state);
      return mail.bytes;
    },
    () => 'alice writes to bob, no setting touched: encrypted and signed',
  );
}

export async function lookAtTheWire({ telling, claims }: Story, mail: Buffer): Promise<void> {
  await telling.step(
    'what the wire carries',
    () => {
      const [head = '', ...body] = mail.toString('latin1').split(/\r?\n\r?\n/);
      const sealed = Buffer.from(body.join(''), 'base64');
      telling.detail(head);
      claims.check('the wire carries enveloped-data', wireOf(mail) === 'enveloped-data', head);
      const isReadable = [mail, sealed].some((bytes) => bytes.includes(TO_BOB.secret));
      claims.check('the message is not readable on the wire', sealed.length > 0 && !isReadable);
      const isOpen = headerOf(mail, 'subject') === TO_BOB.subject;
      claims.check('the subject stays readable, as on any envelope', isOpen, head);
      return Promise.resolve();
    },
    () => `on the wire: enveloped-data, ${mail.length} bytes, not a word readable`,
  );
}

export async function openWithOpenssl({ stage, telling, claims, results }: Story, mail: Buffer): Promise<void> {
  const { alice, bob } = stage;
  await telling.step(
    "openssl opens it with bob's key",
    async () => {
      const [alicesKey, bobsKey] = [await alice.person.exportKey(), await bob.person.exportKey()];
      const [authority] = alicesKey.authorities;
      if (authority === undefined) throw new Error("The export has no authority of alice's.");
      const seen = await inspectMail(mail, { recipient: bobsKey, senderAuthority: authority });
      const holders = new Map([
        [serialOf(alicesKey.certificate), 'alice'],
        [serialOf(bobsKey.certificate), 'bob'],
      ]);
      const report = await opensslReport(mail, seen, holders);
      telling.detail(report);
      results.add('what-openssl-says', report);
      results.add('opened', seen.content ?? '');
      results.add('authority', pem(authority));

      const { recipients, content, signature } = seen;
      const isForBoth = recipients.length === holders.size && recipients.every(({ serial }) => holders.has(serial));
      claims.check('it is encrypted for bob and for alice herself, and for nobody else', isForBoth, recipients);
      claims.check("openssl decrypts it with bob's key", content !== null);
      claims.check("openssl verifies alice's signature", signature?.valid === true, signature?.openssl);
      const signers = signature?.signerAddresses.join() ?? '';
      claims.check('the signer is alice', signers === alice.address, signers);
      claims.check('what was signed is what alice wrote', signature?.text.includes(TO_BOB.secret) === true);
      const carried = signature?.carries.map(certificateHash).join() ?? '';
      const isAlone = carried === certificateHash(alicesKey.certificate);
      claims.check("the mail carries alice's certificate and no other", isAlone, carried);
    },
    () => "openssl with bob's key: alice's words, under alice's signature",
  );
}

export async function readAsBob({ stage, telling, claims, results }: Story): Promise<void> {
  const { alice, bob } = stage;
  await telling.step(
    'bob fetches and opens it in his Thunderbird',
    async () => {
      const thunderbird = await bob.person.thunderbird.running();
      const seen = await openMessage(thunderbird, await fetchMessage(thunderbird, bob.mailbox, TO_BOB.subject));
      if (bob.display !== null) await pictureReader(thunderbird, bob.display, results.reserve('bob-reads'));
      telling.detail(`${seen.signatureText ?? ''}\n${seen.encryptionText ?? ''}`);
      claims.check('bob reads what alice wrote', seen.body.includes(TO_BOB.secret), seen);
      claims.check("bob's Thunderbird shows it as encrypted", seen.encryptionIcon === 'ok', seen);
      const isSigned = seen.signatureIcon === 'ok' && seen.signerAddresses.join() === alice.address;
      claims.check("bob's Thunderbird shows it as signed by alice", isSigned, seen);
    },
    () => 'bob fetches it: Thunderbird shows encrypted, and signed by alice',
  );
}

export async function writeToStranger({ stage, telling, claims, results }: Story): Promise<void> {
  const { alice, sink } = stage;
  await telling.step(
    'alice writes to somebody who is not known',
    async () => {
      const thunderbird = await alice.person.thunderbird.running();
      const sent = await sendMessage(thunderbird, sink, {
        ...TO_A_STRANGER,
        beforeSend: async () => {
          if (alice.display === null) return;
          await pictureCompose(thunderbird, alice.display, results.reserve('alice-writes-to-a-stranger'));
        },
      });
      results.add('to-a-stranger', sent.mail.bytes);
      telling.detail(decision(sent.state));
      claims.check('mail to a stranger goes plain and unsigned, as before', isPlain(sent), sent.state);
      claims.check('Thunderbird neither asks nor warns', sent.state.notices.length === 0, sent.state.notices);
    },
    () => 'alice writes to a stranger: plain and unsigned, as before',
  );
}

/** What is left when it was taken back; part of that step. */
export async function writeAfterUndo({ stage, claims }: Story): Promise<void> {
  const { alice, bob, sink } = stage;
  const thunderbird = await alice.person.thunderbird.running();
  const trusted = (await listCertificates(thunderbird)).filter(({ trustedForMail }) => trustedForMail);
  claims.check('after the undo Thunderbird trusts nothing of Endymail', trusted.length === 0, trusted);
  const sent = await sendMessage(thunderbird, sink, { to: [bob.address], subject: 'Undone', body: 'as before' });
  claims.check('after the undo mail to bob goes plain', isPlain(sent), sent.state);
}

/** What Thunderbird does with a mail by itself. */
export const decision = ({ encrypted, signed }: ComposeState): string =>
  `Thunderbird has decided: ${encrypted ? 'encrypt' : 'do not encrypt'}, ${signed ? 'sign' : 'do not sign'}.`;

const isPlain = ({ state, mail }: SentMessage): boolean =>
  !state.encrypted && !state.signed && wireOf(mail.bytes) === 'plain';
