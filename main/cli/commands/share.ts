import { ok } from '@endymail/shared/result';
import { defineCommand, text, type Outcome } from '../command-line/command.ts';
import { isFree, writeNewFile } from '../files/output-file.ts';
import { parseAddress } from '../session.ts';

export const share = defineCommand({
  name: 'share',
  summary: 'Make the file that lets somebody send you encrypted mail. Nothing in it is secret.',
  takes: '<address>',
  count: [1, 1],
  options: { out: { type: 'string', value: '<file>', help: 'Write it to this file instead of the terminal.' } },
  help: [
    'Send the file by mail or in any other way. When the other person imports it, they see a fingerprint: compare it by',
    'telephone with the one that this command shows.',
    '',
    '  endymail share alice@example.org --out alice.endymail',
  ].join('\n'),
  run: async (session, { positionals: [word = ''], values }) => {
    const parsed = parseAddress(word);
    if (!parsed.ok) return parsed;
    const address = parsed.value;
    const out = text(values, 'out');
    const free = out === null ? ok() : await isFree(out);
    if (!free.ok) return free;
    return session.withAgent(async (agent) => {
      const part = await agent.share(address);
      if (!part.ok) return part;
      const { text: content, fingerprint } = part.value;
      session.terminal.note(`Fingerprint  ${fingerprint}`);
      if (out === null) {
        const json: unknown = JSON.parse(content);
        return ok<Outcome>({
          text: content.trimEnd(),
          json: { address, file: null, fingerprint, publicPart: json },
          exit: 'done',
        });
      }
      const written = await writeNewFile(out, content, 0o644);
      if (!written.ok) return written;
      const words = `${out} is for those who write to ${address}. Nothing in it is secret.`;
      return ok<Outcome>({ text: words, json: { address, file: out, fingerprint }, exit: 'done' });
    });
  },
});
