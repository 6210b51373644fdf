/** One step of what to do on the phone, with what the person sees there. */
export interface PhoneSteps {
  readonly title: string;
  readonly steps: readonly string[];
}

/** Export of one mailbox for a phone. The paths through the phone's settings are the makers' own words for them. */
export const EXPORT = Object.freeze({
  heading: 'Export for a phone',
  lead: (address: string): string =>
    `The file holds the keys of ${address}. Who has the file and its passphrase can read your mail, and write in your name.`,
  passphraseFor: 'This passphrase opens the file. You type it once on the phone.',
  write: 'Save the file…',
  writing: 'Saving…',
  doneHeading: 'On the phone',
  written: (fileName: string): string => `${fileName} is written.`,
  bring: 'Bring the file to the phone by cable or nearby sharing, not by mail. When the phone has it, delete it here.',
  phones: Object.freeze<PhoneSteps[]>([
    {
      title: 'iPhone and iPad',
      steps: [
        'Open the file (from Files or AirDrop). The phone says “Profile Downloaded”.',
        'Settings > General > VPN & Device Management > the profile > Install. Type the phone’s code, then the passphrase of the file. “Not Verified” is what you will see; that is so with keys that you made yourself.',
        'Settings > Apps > Mail > Mail Accounts > your account > Account Settings > Advanced: switch on Sign and Encrypt by Default, and choose your address in both.',
        'Open a protected mail in Mail: a lock stands beside the sender.',
      ],
    },
    {
      title: 'Android',
      steps: [
        'Mail apps that come with the phone mostly can not do this. FairEmail can (signing and encrypting is in its paid version; reading is what you need first).',
        'Open the file. Android asks for the passphrase, and for a name; choose “VPN & app user certificate” if it asks what for.',
        'FairEmail > Settings > Encryption > S/MIME. When you open a protected mail and press the lock, Android asks which keys to use: choose the ones of your address.',
      ],
    },
  ]),
  unseen: 'Phones change the names of their settings from time to time; look for names like these.',
  deleteHere: 'Delete the file here when the phone has it.',
  another: 'Save it once more…',
});
