import { ok } from '@endymail/shared/result';
import { NOTHING_CHANGED, defineCommand, type Outcome } from '../command-line/command.ts';
import { readInputFile } from '../../files/input-file.ts';
import { personWords } from '../words/people-words.ts';
import { addedWords } from '../words/result-words.ts';
import { workJson, workOutcome } from '../words/work-words.ts';
import { agrees } from './agrees.ts';
import { WAIT_OPTION, finishWaiting, isWaiting } from './finish-waiting.ts';

/** What `share` makes is about 2 kB; the reader itself refuses more than 16 KiB. */
const PUBLIC_PART_FILE_MAX_BYTES = 64 * 1024;

export const importPeer = defineCommand({
  name: 'import-peer',
  summary: 'Add somebody by the file that they shared: mail to them is encrypted from then on.',
  takes: '<file>',
  count: [1, 1],
  options: WAIT_OPTION,
  help: [
    'Shows whom the file names and its fingerprint before it is used. Compare the fingerprint by telephone: who controls',
    'the way on which the file came could have put another in its place.',
    '',
    '  endymail import-peer bob.endymail',
  ].join('\n'),
  run: async (session, { positionals: [path = ''], values }) => {
    const content = await readInputFile(path, PUBLIC_PART_FILE_MAX_BYTES);
    if (!content.ok) return content;
    const part = content.value.toString('utf8');
    return session.withAgent<Outcome>(async (agent) => {
      const person = await agent.readPublicPart(part);
      if (!person.ok) return person;
      session.terminal.note(personWords(person.value, new Date()));
      const agreed = await agrees(session, 'Is this the fingerprint that they told you?', false);
      if (!agreed.ok) return agreed;
      if (!agreed.value) return ok(NOTHING_CHANGED);
      const added = await session.patiently(agent.addPerson(part, person.value.fingerprint));
      if (!added.ok) return added;
      const report = await finishWaiting(agent, session, added.value, isWaiting(session, values));
      if (!report.ok) return report;
      const list = await agent.mailboxes();
      if (!list.ok) return list;
      const outcome = workOutcome(report.value, { done: addedWords(person.value.address, list.value.rows) });
      return ok<Outcome>({ ...outcome, json: { person: person.value, ...workJson(report.value) } });
    });
  },
});
