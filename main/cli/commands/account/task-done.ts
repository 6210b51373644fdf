import { err, failure, ok } from '@endymail/shared/result';
import { defineCommand, type Outcome } from '../../command-line/command.ts';

export const accountTaskDone = defineCommand({
  name: 'account task-done',
  summary: 'Say that you have done what a removal left to do.',
  takes: '<number>',
  count: [1, 1],
  options: {},
  help: 'endymail account show numbers them.\n\n  endymail account task-done 1',
  run: (session, { positionals: [number = ''] }) =>
    session.withAgent<Outcome>(async (agent) => {
      const account = await agent.account.show();
      if (!account.ok) return account;
      const task = account.value?.tasks[Number(number) - 1];
      if (task === undefined) return err(failure('usage', 'There is no task of this number: endymail account show.'));
      const done = await agent.account.taskDone(task.id);
      return done.ok ? ok({ text: `Done: ${task.says}`, json: task, exit: 'done' }) : done;
    }),
});
