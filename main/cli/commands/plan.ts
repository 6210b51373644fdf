import { ok } from '@endymail/shared/result';
import { flag, defineCommand } from '../command-line/command.ts';
import { parseAddresses } from '../session.ts';
import { previewWords } from '../words/plan-words.ts';
import { ENABLE_OPTIONS, enableOptions } from './enable-options.ts';

export const plan = defineCommand({
  name: 'plan',
  summary: 'Say what enabling would change. Nothing is done.',
  takes: '<address>…',
  count: [1, Infinity],
  options: { details: { type: 'boolean', help: 'With the exact settings and certificates.' }, ...ENABLE_OPTIONS },
  help: ['  endymail plan alice@example.org', '  endymail plan alice@example.org --details'].join('\n'),
  run: async (session, { positionals, values }) => {
    const addresses = parseAddresses(positionals);
    if (!addresses.ok) return addresses;
    const options = enableOptions(values);
    if (!options.ok) return options;
    return session.withAgent(async (agent) => {
      const plans = await agent.plan(addresses.value, options.value);
      if (!plans.ok) return plans;
      const details = flag(values, 'details');
      return ok({ text: previewWords(plans.value, details), json: { plans: plans.value }, exit: 'done' });
    });
  },
});
