/** The files that stay, in the order of the story, each with its line in the README. */
export const RESULT_FILES = Object.freeze({
  plan: {
    name: '1-plan.txt',
    what: "What Endymail would change in alice's Thunderbird, said before anything is done.",
  },
  'window-choose': {
    name: '1-window-choose.png',
    what: "Endymail's window, as alice sees it first: her mailbox is found, and ticked.",
  },
  'window-plan': { name: '1-window-plan.png', what: 'What will change, said in the window before anything is done.' },
  'window-progress': { name: '1-window-progress.png', what: 'After one button: her mailbox is set up.' },
  'public-part-of-alice': {
    name: '2-public-part-of-alice.json',
    what: 'What alice gave to bob. Nothing in it is secret.',
  },
  'public-part-of-bob': { name: '2-public-part-of-bob.json', what: 'What bob gave to alice. Nothing in it is secret.' },
  'window-fingerprint': {
    name: '2-window-fingerprint.png',
    what: 'The window asks alice to compare the fingerprint that bob reads to her by telephone.',
  },
  'window-people': {
    name: '2-window-people.png',
    what: 'Bob is among the people to whom alice writes protected mail.',
  },
  'window-home': { name: '2-window-home.png', what: "Alice's home: her mailbox is protected." },
  'window-mailbox': { name: '2-window-mailbox.png', what: 'Her mailbox, and what can be done with it.' },
  'alice-writes': {
    name: '3-alice-writes.png',
    what: 'Alice has written to bob and touched no setting. Thunderbird has pressed Encrypt by itself.',
  },
  'alice-writes-menu': {
    name: '3-alice-writes-menu.png',
    what: 'The menu beside that button: encrypt and sign are ticked, and nobody ticked them.',
  },
  'on-the-wire': { name: '4-on-the-wire.eml', what: "Alice's mail as the mail server got it." },
  'what-openssl-says': {
    name: '5-what-openssl-says.txt',
    what: 'What openssl, which shares no code with Thunderbird or Endymail, found out about that mail.',
  },
  opened: {
    name: '5-opened-with-bobs-key.eml',
    what: "What openssl found inside with bob's key: alice's signed words.",
  },
  authority: {
    name: '5-authority-of-alice.pem',
    what: 'The authority that vouches for alice, for this one mailbox and nothing else.',
  },
  'bob-reads': {
    name: '6-bob-reads.png',
    what: 'Bob has fetched and opened it. Thunderbird says that alice signed it and that it was encrypted.',
  },
  'to-a-stranger': { name: '7-to-a-stranger.eml', what: 'Alice to somebody who is not known: a mail as ever.' },
  'alice-writes-to-a-stranger': {
    name: '7-to-a-stranger.png',
    what: 'Nothing is pressed, and nothing asks or warns.',
  },
  'second-computer-reads': {
    name: '8-second-computer-reads.png',
    what: "Alice's second computer opens the mail that bob wrote before there was one. It cost her six digits.",
  },
  'from-the-second-computer': {
    name: '8-from-the-second-computer.eml',
    what: 'What she wrote to bob from there, as the mail server got it.',
  },
  settings: {
    name: '9-settings.txt',
    what: "What was changed in alice's Thunderbird: before, while it was enabled, and after the undo.",
  },
  commands: { name: 'commands.txt', what: 'Every command that was typed, with what it printed.' },
  'what-went-wrong': { name: 'what-went-wrong.txt', what: 'What went wrong.' },
} as const);

export type ResultFile = keyof typeof RESULT_FILES;

/** With it anybody verifies alice's signature, in the folder of the results. */
export const VERIFY_COMMAND = [
  'openssl cms -verify',
  `-in ${RESULT_FILES.opened.name} -CAfile ${RESULT_FILES.authority.name} -purpose smimesign -x509_strict`,
].join(' ');
