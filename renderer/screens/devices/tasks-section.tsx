import type { TaskView } from '@endymail/shared/account';
import { ListChecks } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { TASKS, taskSub } from '../../text/devices.ts';

/** What a removal left for the person to do, until they say that it is done. */
export function TasksSection({ tasks }: { readonly tasks: readonly TaskView[] }) {
  if (tasks.length === 0) return null;
  return (
    <Section title={TASKS.title}>
      <ul className="list list--closed">
        {tasks.map((task) => (
          <li key={task.id}>
            <TaskRow task={task} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function TaskRow({ task }: { readonly task: TaskView }) {
  const client = useClient();
  const done = useAction(() => client.taskDone(task.id));
  return (
    <>
      <Row
        icon={ListChecks}
        needsYou
        name={task.says}
        sub={taskSub(task)}
        end={<Button action={done}>{TASKS.done}</Button>}
      />
      <ActionFailure action={done} />
    </>
  );
}
