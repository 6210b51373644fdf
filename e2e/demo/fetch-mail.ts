import * as v from 'valibot';
import type { Thunderbird } from '../harness/index.ts';
import type { Pop3Mailbox } from './pop3-server.ts';

/** Presses Get Messages and waits for the message with this subject. Returns its URI. */
export async function fetchMessage(
  thunderbird: Thunderbird,
  mailbox: Pick<Pop3Mailbox, 'user' | 'password'>,
  subject: string,
): Promise<string> {
  return v.parse(v.string(), await thunderbird.run(FETCH, [mailbox.user, mailbox.password, subject]));
}

/** The password is remembered, as by a person who ticked that once. */
const FETCH = `
  const [user, password, subject] = args;
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');
  const place = 'mailbox://127.0.0.1';
  const login = Cc['@mozilla.org/login-manager/loginInfo;1'].createInstance(Ci.nsILoginInfo);
  login.init(place, null, place, user, password, '', '');
  await Services.logins.addLoginAsync(login);
  const server = MailServices.accounts.findServer(user, '127.0.0.1', 'pop3');
  const inbox = server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
  const main = Services.wm.getMostRecentWindow('mail:3pane');
  const pane = main.document.getElementById('tabmail').currentAbout3Pane;
  pane.displayFolder(inbox.URI);
  pane.document.getElementById('folderPaneGetMessages').click();
  for (;;) {
    for (const header of inbox.messages) {
      if (header.mime2DecodedSubject === subject && !server.serverBusy) return inbox.getUriForMsg(header);
    }
    await new Promise(resolve => setTimeout(resolve, 25));
  }`;
