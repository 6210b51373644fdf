import { err, failure, ok } from '@endymail/shared/result';
import { text, defineCommand } from '../command-line/command.ts';
import { isFree, writeNewFile } from '../files/output-file.ts';
import { parseAddress } from '../session.ts';

export const exportKey = defineCommand({
  name: 'export',
  summary: 'Write key and certificate of a mailbox for a phone (PKCS#12).',
  takes: '<address> --out <file>',
  count: [1, 1],
  options: {
    out: { type: 'string', value: '<file>', help: 'The file to make, e.g. alice.p12.' },
    'p12-passphrase-file': { type: 'string', value: '<file>', help: 'A file that holds the passphrase for the phone.' },
  },
  help: [
    'Whoever has this file and its passphrase can read your mail. Bring it to the phone by cable, open it there, type the',
    'passphrase, and delete the file here.',
    '',
    'iPhone: open the file, then Settings > General > VPN & Device Management to install it; then Settings > Apps > Mail >',
    'Mail Accounts > your account > Account Settings > Advanced: switch on Sign and Encrypt by Default.',
    'Android: a mail app with S/MIME takes the file from its own settings (FairEmail: Settings > Encryption).',
    '',
    '  endymail export alice@example.org --out alice.p12',
  ].join('\n'),
  run: async (session, { positionals: [word = ''], values }) => {
    const parsed = parseAddress(word);
    if (!parsed.ok) return parsed;
    const address = parsed.value;
    const out = text(values, 'out');
    if (out === null) return err(failure('usage', 'endymail export needs --out <file>.'));
    const free = await isFree(out);
    if (!free.ok) return free;
    return session.withAgent(async (agent) => {
      const options = ['p12-passphrase-file'] as const;
      const passphrase = await session.passphrase('the export', { values, options, fresh: true });
      if (!passphrase.ok) return passphrase;
      const pkcs12 = await agent.exportKey(address, passphrase.value);
      if (!pkcs12.ok) return pkcs12;
      const written = await writeNewFile(out, pkcs12.value.reveal(), 0o600);
      if (!written.ok) return written;
      const words = `${out} is for your phone (endymail export --help tells how). Delete it here afterwards.`;
      return ok({ text: words, json: { address, file: out }, exit: 'done' });
    });
  },
});
