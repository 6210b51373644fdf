import { err, failure, ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, type Outcome } from '../command-line/command.ts';
import { readInputFile } from '../files/input-file.ts';
import { personWords } from '../words/people-words.ts';
import { workJson, workOutcome } from '../words/work-words.ts';

/** What `share` makes is about 2 kB; the reader itself refuses more than 16 KiB. */
const PUBLIC_PART_FILE_MAX_BYTES = 64 * 1024;

export const importPeer = defineCommand({
  name: 'import-peer',
  summary: 'Add somebody by the file that they shared: mail to them is encrypted from then on.',
  takes: '<file>',
  count: [1, 1],
  options: {},
  help: [
    'Shows whom the file names and its fingerprint before it is used. Compare the fingerprint by telephone: who controls',
    'the way on which the file came could have put another in its place.',
    '',
    '  endymail import-peer bob.endymail',
  ].join('\n'),
  run: async (session, { positionals: [path = ''] }) => {
    const content = await readInputFile(path, PUBLIC_PART_FILE_MAX_BYTES);
    if (!content.ok) return content;
    const part = content.value.toString('utf8');
    return session.withAgent<Outcome>(async (agent) => {
      const person = await agent.readPublicPart(part);
      if (!person.ok) return person;
      session.terminal.note(personWords(person.value));
      if (!session.yes) {
        if (!session.canAsk) return err(failure('confirm-needed'));
        if (!(await session.terminal.confirm('Is this the fingerprint that they told you?'))) {
          return ok(NOTHING_CHANGED);
        }
      }
      const report = await agent.addPerson(part, person.value.fingerprint);
      if (!report.ok) return report;
      const { address } = person.value;
      const outcome = workOutcome(report.value, addedWords(address, report.value.done.length > 0));
      return ok<Outcome>({ ...outcome, json: { person: person.value, ...workJson(report.value) } });
    });
  },
});

function addedWords(address: string, used: boolean): string {
  if (used) return `Done. Mail to ${address} is encrypted from now on.`;
  return `${address} is remembered. Mail is encrypted once a mailbox of yours is enabled: endymail enable <address>.`;
}
