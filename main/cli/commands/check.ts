import { ok } from '@endymail/shared/result';
import { flag, defineCommand } from '../command-line/command.ts';
import { parseAddresses } from '../session.ts';
import { checkWords } from '../words/check-words.ts';
import { takeNextChance } from './next-chance.ts';

export const check = defineCommand({
  name: 'check',
  summary: 'Tell which link between a mailbox and protected mail holds, and which does not.',
  takes: '[address]',
  count: [0, 1],
  options: {
    'send-test': { type: 'boolean', help: "Open a test mail to yourself in Thunderbird's own window; you press Send." },
  },
  help: ['  endymail check', '  endymail check alice@example.org --send-test'].join('\n'),
  run: async (session, { positionals, values }) => {
    const addresses = parseAddresses(positionals);
    if (!addresses.ok) return addresses;
    return session.withAgent(async (agent) => {
      await takeNextChance(agent, session);
      const checks = await agent.check(addresses.value[0] ?? null);
      if (!checks.ok) return checks;
      const [first] = checks.value;
      const broken = checks.value.some(({ steps }) => steps.some(({ state }) => state === 'broken'));
      const exit = broken ? 'needsPerson' : 'done';
      if (!first || !flag(values, 'send-test')) {
        return ok({ text: checkWords(checks.value), json: { checks: checks.value }, exit });
      }
      const subject = await agent.openTestMail(first.address);
      if (!subject.ok) return subject;
      const words = [
        checkWords(checks.value),
        '',
        `Thunderbird opens a mail to ${first.address} with the subject “${subject.value}”. Press Send.`,
        'When it has arrived, open it: the symbols beside the sender say that it was signed and encrypted.',
      ];
      return ok({ text: words.join('\n'), json: { checks: checks.value, testSubject: subject.value }, exit });
    });
  },
});
