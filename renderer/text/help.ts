export const HELP = Object.freeze({
  heading: 'What you see in Thunderbird',
  lead: 'You write as always, and look at one button.',
  cases: Object.freeze([
    {
      picture: 'encrypts',
      title: 'Everyone is among your people',
      text: 'Encrypt turns on by itself, a moment after the last name. The mail is signed and encrypted.',
      alt: 'Thunderbird’s window for writing, with Encrypt switched on.',
    },
    {
      picture: 'does-not',
      title: 'Someone is not',
      text: 'Encrypt stays off. The mail goes as before, for everyone on it. To protect it, write to that person separately.',
      alt: 'Thunderbird’s window for writing, with Encrypt switched off.',
    },
    {
      picture: 'reads',
      title: 'You read protected mail',
      text: 'It opens as always. S/MIME in its header says that it was encrypted and signed. Click it to see by whom.',
      alt: 'The head of a mail in Thunderbird, with S/MIME, a lock and a seal beside its subject.',
    },
  ] as const),
  test: 'Send a test mail to yourself',
  testNone: 'Enable a mailbox at Home first: then you can send a test mail.',

  questions: 'Questions',
  answers: Object.freeze([
    {
      question: 'What is encrypted?',
      answer:
        'The text of a mail and what is attached to it, when everyone on it is among your people. Who writes to whom, when, and the subject stay readable, as on any envelope. Mail to everyone else goes as before.',
    },
    {
      question: 'What about webmail and my phone?',
      answer:
        'Protected mail can be read only on devices you add. Your phone’s mail app and webmail show an attachment named smime.p7m instead. For a phone, open the mailbox at Home and choose Export for a phone….',
    },
    {
      question: 'What do the people I write to need?',
      answer:
        'Thunderbird and Endymail. Share your file with them, add theirs, and compare the fingerprints by telephone once.',
    },
    {
      question: 'Can other people pretend to be me?',
      answer:
        'A mail without S/MIME in its header proves nothing about its sender, as before. Nor does the lock there: anybody who has your file can encrypt to you. The seal says that the mail was signed. Click it to see by whom.',
    },
    {
      question: 'What if I lose my keys?',
      answer:
        'Then protected mail stays closed for ever, also to you. Make a backup, and keep it apart from this computer.',
    },
    {
      question: 'How do I undo it?',
      answer:
        'Open a mailbox at Home and choose Turn off and undo…, or Undo everything… in Settings. Thunderbird gets back what stood there before, and old mail stays readable.',
    },
  ]),
});
