import * as v from 'valibot';
import type { Thunderbird } from './thunderbird.ts';

/** A state that Thunderbird shows by an icon beside the sender (msgHdrViewSMIMEOverlay.js, setMessageCryptoBox). */
const shownSchema = v.nullable(v.picklist(['ok', 'notok', 'verified', 'unverified', 'unknown', 'mismatch']));

const readingSchema = v.object({
  subject: v.string(),
  from: v.string(),
  body: v.string(),
  /** The icon of encryption; null where none is shown. */
  encryptionIcon: shownSchema,
  /** The icon of a signature; null where none is shown: an invalid one on a mail in the clear shows nothing. */
  signatureIcon: shownSchema,
  /** The words of the panel behind the icons; null where there is none to open. */
  signatureText: v.nullable(v.string()),
  encryptionText: v.nullable(v.string()),
  /** nsICMSMessageErrors; 0 is good, -1 is none. */
  signatureStatus: v.number(),
  encryptionStatus: v.number(),
  /** SHA-256 of the signer's certificate, lower-case hex. */
  signer: v.nullable(v.string()),
  signerAddresses: v.array(v.string()),
});

/** What a person sees of an opened message. */
export type Reading = v.InferOutput<typeof readingSchema>;

/** Puts a received mail into the Inbox of this address (the first identity's by default). Returns its message URI. */
export async function receiveMessage(thunderbird: Thunderbird, mail: Uint8Array, address?: string): Promise<string> {
  const { profile } = thunderbird;
  const identityId = profile.identityId(address ?? profile.addresses[0] ?? '');
  const uri = await thunderbird.run(RECEIVE, [identityId, Buffer.from(mail).toString('latin1')]);
  return v.parse(v.string(), uri);
}

/** Selects the message in the main window, waits until every signature in it was judged, and reports what is seen. */
export async function openMessage(thunderbird: Thunderbird, uri: string): Promise<Reading> {
  return v.parse(readingSchema, await thunderbird.run(OPEN, [uri]));
}

const RECEIVE = `
  const [identityId, mail] = args;
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const identity = MailServices.accounts.getIdentity(identityId);
  const [server] = MailServices.accounts.getServersForIdentity(identity);
  const inbox = server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
  inbox.QueryInterface(Ci.nsIMsgLocalMailFolder);
  const header = inbox.addMessage(mail.replace(/\\r\\n/g, '\\n').replace(/\\n/g, '\\r\\n'));
  return inbox.getUriForMsg(header);`;

/**
 * The signature is judged after the message has loaded; how many judgements are to come is known by then
 * (msgHdrViewSMIMEOverlay.js: gExpectedSignatureCount, gReceivedSignatureCount).
 */
const OPEN = `
  const [uri] = args;
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  const until = async condition => { while (!condition()) await new Promise(resolve => setTimeout(resolve, 10)); };
  const main = Services.wm.getMostRecentWindow('mail:3pane');
  const pane = main.document.getElementById('tabmail').currentAbout3Pane;
  const header = MailServices.messageServiceFromURI(uri).messageURIToMsgHdr(uri);
  const reader = pane.document.getElementById('messageBrowser').contentWindow;
  if (reader.gMessageURI === uri) reader.ReloadMessage();
  else {
    pane.displayFolder(header.folder.URI);
    await until(() => pane.gFolder?.URI === header.folder.URI && pane.gDBView?.findIndexOfMsgHdr(header, true) < 0xffffffff);
    pane.selectMessage(header);
  }
  await until(() => reader.gMessageURI === uri && reader.msgLoaded);
  await until(() => reader.getMessagePaneBrowser().contentDocument?.body);
  await until(() => reader.gReceivedSignatureCount >= reader.gExpectedSignatureCount);
  const element = id => reader.document.getElementById(id);
  const icon = (id, kind) => {
    const found = element(id);
    return found.hidden || element('cryptoBox').hidden
      ? null
      : new RegExp('message-' + kind + '-(\\\\w+)\\\\.svg').exec(found.getAttribute('src'))[1];
  };
  const shown = !element('cryptoBox').hidden;
  if (shown) reader.loadSmimeMessageSecurityInfo();
  const text = (...ids) => shown ? ids.map(id => element(id).textContent).join(' ') : null;
  const signer = reader.gSignerCert;
  const reading = {
    subject: header.mime2DecodedSubject,
    from: header.mime2DecodedAuthor,
    body: reader.getMessagePaneBrowser().contentDocument.body.textContent,
    encryptionIcon: icon('encryptedHdrIcon', 'encrypted'),
    signatureIcon: icon('signedHdrIcon', 'signed'),
    signatureText: text('signatureLabel', 'signatureExplanation'),
    encryptionText: text('encryptionLabel', 'encryptionExplanation'),
    signatureStatus: reader.gSignatureStatus,
    encryptionStatus: reader.gEncryptionStatus,
    signer: signer ? signer.sha256Fingerprint.replaceAll(':', '').toLowerCase() : null,
    signerAddresses: signer ? [...new Set(signer.getEmailAddresses())] : [],
  };
  if (shown) reader.onMessageSecurityPopupHidden();
  return reading;`;
