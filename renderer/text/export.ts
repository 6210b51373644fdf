/** What to do on a phone, with what the person sees there. */
interface PhoneSteps {
  readonly title: string;
  readonly steps: readonly string[];
}

const IPHONE: PhoneSteps = Object.freeze({
  title: 'iPhone and iPad',
  steps: Object.freeze([
    'Open the file (from Files, or sent there by AirDrop). The phone says “Profile Downloaded”.',
    'Settings > General > VPN & Device Management > the downloaded profile > Install. It asks for the phone’s code, and then for the passphrase of the file. It says “Not Verified”: that is so with keys that no company has sold to you.',
    'Settings > Apps > Mail > Mail Accounts > your account > Account Settings > Advanced. Switch on Sign and Encrypt by Default, and choose your address in both.',
    'Open an encrypted mail in Mail: a lock stands beside the sender.',
  ]),
});

const ANDROID: PhoneSteps = Object.freeze({
  title: 'Android',
  steps: Object.freeze([
    'Take a mail app that knows S/MIME, for example FairEmail (signing and encrypting belong to its paid part). The mail apps of most makers do not.',
    'Settings > Security & privacy > More > Encryption & credentials > Install a certificate > VPN & app user certificate. Choose the file, and type its passphrase. Android says that it is installed.',
    'FairEmail: Settings > Encryption, and there S/MIME. Open an encrypted mail and press the lock: Android asks which keys the app may use. Choose those of your address.',
    'The text of the mail shows.',
  ]),
});

/** Export of one mailbox for a phone. The paths through the phone’s settings are in its makers’ own words. */
export const EXPORT = Object.freeze({
  heading: 'Export for a phone',
  lead: (address: string): string =>
    `The file holds the keys of ${address}. Whoever has it and its passphrase can read your mail and write in your name.`,
  passphraseFor: 'This passphrase opens the file. You type it once on the phone.',
  write: 'Save the file…',
  stepsLater: 'The steps for iPhone and Android come next.',
  written: (fileName: string): string => `${fileName} is written. Now to the phone.`,
  bring: 'Bring the file there by cable or by sharing nearby, not by mail.',
  phones: Object.freeze([IPHONE, ANDROID]),
  deleteHere: 'Delete the file on both devices when the phone has taken it.',
  unseen:
    'These steps follow what the makers say; they have not been tried on a phone yet. Names change from time to time: look for names like these.',
  another: 'Save it once more…',
});
