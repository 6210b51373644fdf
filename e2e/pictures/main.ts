import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  createPerson,
  createTestPerson,
  introduce,
  openMessage,
  publicPartFile,
  receiveMessage,
  requirePrograms,
  sendMessage,
  startDisplay,
  startSmtpSink,
  until,
  type Display,
  type SmtpSink,
  type Thunderbird,
} from '../harness/index.ts';
import { CHECKOUT } from '../layers/checkout.ts';
import {
  fillScreen,
  narrowReader,
  SCALE,
  setTheme,
  takePicture,
  THEMES,
  type Theme,
  type WindowType,
} from './picture.ts';
import { composeShown, headerShown, type Box } from './shown.ts';

/**
 * `npm run pictures`: the pictures of the page "What you see in Thunderbird". Mira has ticked her mailbox and knows two
 * people; a picture is taken only when her own Thunderbird has been seen to show what it is about. They are checked in,
 * since what they show changes with Thunderbird and not with Endymail.
 */

const MIRA = 'mira@halvorsen.example';
const ASTRID = 'astrid@lunde.example';
const IDA = 'ida@lade.example';
const STRANGER = 'office@lade.example';

/** Wide enough that no button's words are cut; only a part of it is in the picture. */
const SCREEN = '1760x960';

const FOLDER = join(CHECKOUT, 'assets', 'in-thunderbird');
const fileOf = (name: string, theme: Theme): string => join(FOLDER, `${name}-${theme}.png`);

requirePrograms('thunderbird', 'certutil', 'gnome-keyring-daemon', 'dbus-daemon', 'Xvfb', 'import');
mkdirSync(FOLDER, { recursive: true });
await using sink = await startSmtpSink();
await using display = await startDisplay(SCREEN);
await using mira = await createPerson({
  identities: [{ address: MIRA, name: 'Mira Halvorsen' }],
  sink,
  display: display.name,
  extraPrefs: {
    'layout.css.devPixelsPerPx': String(SCALE),
    // A caret that blinks would never let a window stand still for its picture.
    'ui.caretBlinkTime': 0,
  },
});
await using astrid = await createPerson({ identities: [{ address: ASTRID, name: 'Astrid Lunde' }], sink });
await mira.endymail('enable', MIRA, '--yes');
await astrid.endymail('enable', ASTRID, '--yes');
await introduce(mira, astrid);
const ida = await createTestPerson(IDA, 'Ida Lade');
await mira.endymail('import-peer', publicPartFile(ida, mira.home), '--yes');

const thunderbird = await mira.thunderbird.running();
const stage: Stage = { thunderbird, sink, display };
await pictureOfWriting(stage, 'encrypts', {
  to: [ASTRID, IDA],
  subject: 'Drawings for the boathouse',
  isPressed: true,
});
await pictureOfWriting(stage, 'does-not', { to: [ASTRID, STRANGER], subject: 'Building permit', isPressed: false });
const answer = await sendMessage(await astrid.thunderbird.running(), sink, {
  to: [MIRA],
  subject: 'Re: Drawings for the boathouse',
  body: 'Dear Mira,\n\nthe roof is a hand higher now.\n\nAstrid',
});
await pictureOfReading(stage, 'reads', answer.mail.bytes);

interface Stage {
  readonly thunderbird: Thunderbird;
  readonly sink: SmtpSink;
  readonly display: Display;
}

interface Writing {
  readonly to: readonly string[];
  readonly subject: string;
  /** What Encrypt must be for this picture. */
  readonly isPressed: boolean;
}

async function pictureOfWriting({ thunderbird, sink, display }: Stage, name: string, writing: Writing): Promise<void> {
  const { to, subject, isPressed } = writing;
  await sendMessage(thunderbird, sink, {
    to,
    subject,
    body: '',
    beforeSend: async () => {
      await fillScreen(thunderbird, 'msgcompose');
      await pictureOf({ thunderbird, display }, name, {
        type: 'msgcompose',
        look: () => composeShown(thunderbird),
        expected: { label: 'Encrypt', isPressed, recipients: to },
      });
    },
  });
}

async function pictureOfReading({ thunderbird, display }: Stage, name: string, mail: Uint8Array): Promise<void> {
  const uri = await receiveMessage(thunderbird, mail);
  const { signerAddresses } = await openMessage(thunderbird, uri);
  if (signerAddresses.join() !== ASTRID) throw new Error(`${name}: signed by ${signerAddresses.join()}`);
  await fillScreen(thunderbird, 'mail:3pane');
  await narrowReader(thunderbird);
  await pictureOf({ thunderbird, display }, name, {
    type: 'mail:3pane',
    look: () => headerShown(thunderbird),
    expected: { mark: 'S/MIME', icons: ['message-encrypted-ok.svg', 'message-signed-ok.svg'] },
  });
}

interface Scene {
  readonly type: WindowType;
  readonly look: () => Promise<{ readonly box: Box }>;
  /** What is seen, beside where. */
  readonly expected: object;
}

/** In both themes; the window must show what the picture is about before it is taken and after. */
async function pictureOf(
  { thunderbird, display }: Pick<Stage, 'thunderbird' | 'display'>,
  name: string,
  { type, look, expected }: Scene,
): Promise<void> {
  const seen = async (): Promise<Box | null> => {
    const { box, ...shown } = await look();
    return isDeepStrictEqual(shown, expected) ? box : null;
  };
  for (const theme of THEMES) {
    await setTheme(thunderbird, type, theme);
    const file = fileOf(name, theme);
    // A message is opened anew in the other theme, and its signature judged again.
    await takePicture(display, await until(`a window that shows ${JSON.stringify(expected)}`, seen), file);
    if ((await seen()) === null) throw new Error(`${file} was taken of a window that changed.`);
    console.log(file);
  }
}
