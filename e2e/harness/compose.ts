import * as v from 'valibot';
import type { SentMail, SmtpSink } from './smtp-sink.ts';
import type { Thunderbird } from './thunderbird.ts';

export interface MessageToSend {
  /** The sender's address; the profile's first identity by default. */
  readonly from?: string;
  readonly to: readonly string[];
  /** Written behind the others once Thunderbird has decided about those. */
  readonly toLater?: readonly string[];
  readonly subject?: string;
  readonly body: string;
  /** Looks at the open window before Send is pressed, e.g. to take its picture. */
  readonly beforeSend?: () => Promise<void>;
}

/** What Thunderbird had decided when the message was sent. */
export interface ComposeState {
  readonly encrypted: boolean;
  readonly signed: boolean;
  readonly openPgp: boolean;
  /** From the window being ready to the decision. */
  readonly decidedAfterMs: number;
  /** Texts of the bars that a person sees above the message. */
  readonly notices: readonly string[];
}

export interface SentMessage {
  readonly state: ComposeState;
  readonly mail: SentMail;
}

const composeStateSchema = v.object({
  encrypted: v.boolean(),
  signed: v.boolean(),
  openPgp: v.boolean(),
  decidedAfterMs: v.number(),
  notices: v.array(v.string()),
});

/**
 * Writes a message in Thunderbird's own compose window, waits until it has decided about encryption, and presses Send.
 * No security setting is touched. Returns the decision and what the wire carried.
 */
export function sendMessage(thunderbird: Thunderbird, sink: SmtpSink, message: MessageToSend): Promise<SentMessage> {
  const order = newMessage(thunderbird, message);
  return compose(thunderbird, sink, { ...message, recipients: message.to, order });
}

/**
 * Writes a message and presses Send where Thunderbird should refuse to send it. Returns the text with which it refuses;
 * the message is thrown away. Throws when no refusal came.
 */
export async function sendRefused(thunderbird: Thunderbird, message: MessageToSend): Promise<string> {
  await thunderbird.run(COMPOSE, [{ ...newMessage(thunderbird, message) }]);
  if (message.toLater !== undefined) await thunderbird.run(ADD_RECIPIENTS, [message.toLater]);
  return v.parse(v.string(), await thunderbird.run(SEND_AND_BE_REFUSED));
}

/** Answers the message with this URI by Thunderbird's own Reply; who gets it is for Thunderbird to say. */
export function sendReply(
  thunderbird: Thunderbird,
  sink: SmtpSink,
  reply: { readonly original: string; readonly to: string; readonly body: string },
): Promise<SentMessage> {
  const order = { identityId: null, to: '', subject: '', body: reply.body, original: reply.original };
  return compose(thunderbird, sink, { recipients: [reply.to], order });
}

interface ComposeOrder {
  readonly identityId: string | null;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly original: string | null;
}

function newMessage({ profile }: Thunderbird, message: MessageToSend): ComposeOrder {
  return {
    identityId: profile.identityId(message.from ?? profile.addresses[0] ?? ''),
    to: message.to.join(', '),
    subject: message.subject ?? `To ${message.to.join(' and ')}`,
    body: message.body,
    original: null,
  };
}

async function compose(
  thunderbird: Thunderbird,
  sink: SmtpSink,
  o: Pick<MessageToSend, 'beforeSend' | 'toLater'> & { recipients: readonly string[]; order: ComposeOrder },
): Promise<SentMessage> {
  const first = await thunderbird.run(COMPOSE, [{ ...o.order }]);
  const state = v.parse(
    composeStateSchema,
    o.toLater === undefined ? first : await thunderbird.run(ADD_RECIPIENTS, [o.toLater]),
  );
  try {
    await o.beforeSend?.();
    await thunderbird.run(SEND);
    const mail = await sink.take(o.recipients[0] ?? '');
    await thunderbird.run(WAIT_FOR_NO_COMPOSE_WINDOW);
    return { state, mail };
  } catch (cause) {
    const texts = await thunderbird.run(CLOSE_COMPOSE_WINDOWS);
    throw new Error(`The message was not sent: ${JSON.stringify(state)} ${JSON.stringify(texts)}`, { cause });
  }
}

/** What `ComposeState` is made of; `window` is the compose window. */
const REPORT = `
  const bars = window.gComposeNotification?.allNotifications ?? [];
  return {
    encrypted: Boolean(window.gSendEncrypted),
    signed: Boolean(window.gSendSigned),
    openPgp: Boolean(window.gSelectedTechnologyIsPGP),
    decidedAfterMs,
    notices: bars.map(bar => bar.textContent ?? ''),
  };`;

const COMPOSE = `
  const [order] = args;
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { MailUtils } = ChromeUtils.importESModule('resource:///modules/MailUtils.sys.mjs');
  const fields = Cc['@mozilla.org/messengercompose/composefields;1'].createInstance(Ci.nsIMsgCompFields);
  const parameters = Cc['@mozilla.org/messengercompose/composeparams;1'].createInstance(Ci.nsIMsgComposeParams);
  parameters.composeFields = fields;
  parameters.format = Ci.nsIMsgCompFormat.PlainText;
  if (order.original === null) {
    [fields.to, fields.subject, fields.body] = [order.to, order.subject, order.body];
    parameters.type = Ci.nsIMsgCompType.New;
    parameters.identity = MailServices.accounts.getIdentity(order.identityId);
  } else {
    const header = MailServices.messageServiceFromURI(order.original).messageURIToMsgHdr(order.original);
    parameters.type = Ci.nsIMsgCompType.ReplyToSender;
    parameters.originalMsgURI = order.original;
    parameters.origMsgHdr = header;
    [parameters.identity] = MailUtils.getIdentityForHeader(header, Ci.nsIMsgCompType.ReplyToSender);
  }
  const opened = new Promise(resolve => {
    const observer = {
      observe(window, topic) {
        if (topic !== 'domwindowopened') return;
        window.addEventListener('load', () => {
          if (window.document.documentElement.getAttribute('windowtype') !== 'msgcompose') return;
          Services.ww.unregisterNotification(observer);
          resolve(window);
        }, { once: true });
      },
    };
    Services.ww.registerNotification(observer);
  });
  MailServices.compose.OpenComposeWindowWithParams(null, parameters);
  const window = await opened;
  let readyAt = null;
  const watch = window.setInterval(() => { if (window.gLoadingComplete) readyAt ??= window.performance.now(); }, 1);
  await new Promise(resolve => {
    const decided = () => {
      if (!window.gLoadingComplete || window.gCheckEncryptionStateCompletionIsPending) return;
      window.document.removeEventListener('encryption-state-checked', decided);
      resolve();
    };
    window.document.addEventListener('encryption-state-checked', decided);
  });
  window.clearInterval(watch);
  const decidedAfterMs = Math.round(window.performance.now() - (readyAt ?? window.performance.now()));
  if (order.original !== null) window.GetCurrentEditor().insertText(order.body);
  ${REPORT}`;

/** As a person does who thinks of somebody else (addressingWidgetOverlay.js). */
const ADD_RECIPIENTS = `
  const window = Services.wm.getMostRecentWindow('msgcompose');
  const decidedAfterMs = 0;
  const checked = new Promise(resolve => {
    const decided = () => {
      if (window.gCheckEncryptionStateCompletionIsPending) return;
      window.document.removeEventListener('encryption-state-checked', decided);
      resolve();
    };
    window.document.addEventListener('encryption-state-checked', decided);
  });
  window.addressRowAddRecipientsArray(window.document.getElementById('addressRowTo'), args[0]);
  await checked;
  ${REPORT}`;

/** From a time-out, because an error dialog would hold the call until somebody closes it. */
const SEND = `
  const window = Services.wm.getMostRecentWindow('msgcompose');
  window.setTimeout(() => window.goDoCommand('cmd_sendNow'), 0);`;

/** Accepts the dialog that says no, then closes the window with the message. */
const SEND_AND_BE_REFUSED = `
  const window = Services.wm.getMostRecentWindow('msgcompose');
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  const dialogOf = () => [...Services.wm.getEnumerator(null)].find(
    open => open.document.documentURI.includes('commonDialog') && open.document.getElementById('infoBody')?.textContent);
  window.setTimeout(() => window.goDoCommand('cmd_sendNow'), 0);
  const until = Date.now() + 15_000;
  let dialog;
  while (!(dialog = dialogOf())) {
    if (Date.now() > until || window.closed) throw new Error('no refusal');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  const text = dialog.document.getElementById('infoBody').textContent;
  dialog.document.querySelector('dialog').acceptDialog();
  while (dialogOf() || window.gSendOperationInProgress) await new Promise(resolve => setTimeout(resolve, 20));
  window.gContentChanged = false;
  window.close();
  while (Services.wm.getMostRecentWindow('msgcompose')) await new Promise(resolve => setTimeout(resolve, 20));
  return text;`;

/** The window stays for a moment after the mail has left, while the copy goes to the Sent folder. */
const WAIT_FOR_NO_COMPOSE_WINDOW = `
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  while (Services.wm.getMostRecentWindow('msgcompose')) await new Promise(resolve => setTimeout(resolve, 10));`;

/** Clears up after a message that was not sent; returns the texts of the dialogs in the way. */
const CLOSE_COMPOSE_WINDOWS = `
  const texts = [];
  for (const window of Services.wm.getEnumerator(null)) {
    if (!window.document.documentURI.includes('commonDialog')) continue;
    texts.push(window.document.getElementById('infoBody')?.textContent ?? '');
    window.close();
  }
  for (const window of Services.wm.getEnumerator('msgcompose')) {
    window.gContentChanged = false;
    window.close();
  }
  return texts;`;
