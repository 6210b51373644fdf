import * as v from 'valibot';
import type { Thunderbird } from '../harness/index.ts';

/** A part of the screen, in its own pixels. */
const boxSchema = v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() });
export type Box = v.InferOutput<typeof boxSchema>;

const composeSchema = v.object({
  label: v.string(),
  isPressed: v.boolean(),
  recipients: v.array(v.string()),
  box: boxSchema,
});

/** What the window for writing shows: the button's own words, whether it is pressed, who gets the mail, and where. */
export type ComposeShown = v.InferOutput<typeof composeSchema>;

const headerSchema = v.object({
  /** The words of the mark; empty where there is none. */
  mark: v.string(),
  /** The files of the icons beside them, e.g. "message-signed-ok.svg". */
  icons: v.array(v.string()),
  box: boxSchema,
});

/** What the header of the opened message shows, and where. */
export type HeaderShown = v.InferOutput<typeof headerSchema>;

/** Reads the window for writing that is open, as it is painted. The box is from its buttons to the subject. */
export async function composeShown(thunderbird: Thunderbird): Promise<ComposeShown> {
  return v.parse(composeSchema, await thunderbird.run(COMPOSE));
}

/** Reads the header of the message that is open in the main window (reader.ts opens it). The box is the header. */
export async function headerShown(thunderbird: Thunderbird): Promise<HeaderShown> {
  return v.parse(headerSchema, await thunderbird.run(HEADER));
}

/** The part of the screen from the top of the first element to the bottom of the last. */
const BOX = `
  const boxOf = (first, last) => {
    const view = first.ownerDocument.defaultView;
    const [top, bottom] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
    const scale = view.devicePixelRatio;
    return {
      x: Math.round((view.mozInnerScreenX + top.left) * scale),
      y: Math.round((view.mozInnerScreenY + top.top) * scale),
      width: Math.round(top.width * scale),
      height: Math.round((bottom.bottom - top.top) * scale),
    };
  };`;

const COMPOSE = `${BOX}
  const { document } = Services.wm.getMostRecentWindow('msgcompose');
  const element = id => document.getElementById(id);
  await document.l10n.ready;
  const button = element('button-encryption');
  return {
    label: button.label,
    isPressed: button.hasAttribute('checked'),
    recipients: [...element('toAddrContainer').querySelectorAll('mail-address-pill')].map(pill => pill.fullAddress),
    box: boxOf(element('composeToolbar2'), element('MsgHeadersToolbar')),
  };`;

const HEADER = `${BOX}
  const main = Services.wm.getMostRecentWindow('mail:3pane');
  const pane = main.document.getElementById('tabmail').currentAbout3Pane;
  const { document } = pane.document.getElementById('messageBrowser').contentWindow;
  const element = id => document.getElementById(id);
  const icons = [...element('cryptoBox').querySelectorAll('img')].filter(image => !image.hidden);
  return {
    mark: element('cryptoBox').hidden ? '' : element('encryptionTechBtn').querySelector('.crypto-label').textContent,
    icons: icons.map(image => image.getAttribute('src').replace(/.*\\//, '')),
    box: boxOf(element('messageHeader'), element('messageHeader')),
  };`;
