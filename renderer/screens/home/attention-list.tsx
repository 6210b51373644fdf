import type { AttentionItem } from '@endymail/shared/ipc';
import {
  Archive,
  CircleAlert,
  Clock,
  ClockAlert,
  FileWarning,
  ListChecks,
  MonitorSmartphone,
  NotebookPen,
  PencilLine,
  Timer,
  UserRoundX,
  type LucideIcon,
} from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { opened } from '../../state/asking.ts';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { attentionWords, HOME_WORDS } from '../../text/home.ts';

const ICONS: Readonly<Record<AttentionItem['kind'], LucideIcon>> = Object.freeze({
  'close-client': Clock,
  'changed-by-hand': PencilLine,
  mailbox: CircleAlert,
  problem: FileWarning,
  'keys-end': ClockAlert,
  'back-up': Archive,
  'join-request': MonitorSmartphone,
  'act-waits': Timer,
  task: ListChecks,
  account: UserRoundX,
  'write-words': NotebookPen,
});

/** Everything that needs the person, each with its one button. */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  const client = useClient();
  const finish = useAction(() => client.finishWaiting());
  const lookAgain = useAction(() => client.lookAgain());
  return (
    <Section title={HOME_WORDS.attention} isTitleHidden>
      <ul className="list list--closed">
        {items.map((item, index) => {
          const { title, says, button } = attentionWords(item);
          return (
            <li key={index}>
              <Row
                icon={ICONS[item.kind]}
                needsYou
                name={title}
                sub={says}
                end={
                  <ItemButton item={item} finish={finish} lookAgain={lookAgain}>
                    {button}
                  </ItemButton>
                }
              />
            </li>
          );
        })}
      </ul>
      <ActionFailure action={finish} />
      <ActionFailure action={lookAgain} />
    </Section>
  );
}

interface ItemButtonProps {
  readonly item: AttentionItem;
  readonly finish: Action;
  readonly lookAgain: Action;
  readonly children: string;
}

function ItemButton({ item, finish, lookAgain, children }: ItemButtonProps) {
  const { go, store } = usePage();
  switch (item.kind) {
    case 'close-client':
      return <Button action={finish}>{children}</Button>;
    case 'problem':
      return <Button action={lookAgain}>{children}</Button>;
    case 'changed-by-hand':
    case 'mailbox':
      return (
        <Button
          onClick={() => {
            go({ screen: 'mailbox', address: item.address });
          }}
        >
          {children}
        </Button>
      );
    case 'keys-end':
      return (
        <Button
          onClick={() => {
            go({ screen: 'people' });
          }}
        >
          {children}
        </Button>
      );
    case 'task':
      return <TaskButton id={item.id}>{children}</TaskButton>;
    case 'join-request':
      return (
        <Button
          onClick={() => {
            store.setState(({ asking }) => ({ asking: opened(asking, item.id) }));
          }}
        >
          {children}
        </Button>
      );
    case 'act-waits':
      return (
        <Button
          onClick={() => {
            go({ screen: 'devices' });
          }}
        >
          {children}
        </Button>
      );
    case 'account':
    case 'write-words':
      return (
        <Button
          onClick={() => {
            go({ screen: item.kind === 'account' ? 'account' : 'recovery-words' });
          }}
        >
          {children}
        </Button>
      );
    case 'back-up':
      return (
        <Button
          onClick={() => {
            go({ screen: 'back-up' });
          }}
        >
          {children}
        </Button>
      );
  }
}

function TaskButton({ id, children }: { readonly id: string; readonly children: string }) {
  const client = useClient();
  const done = useAction(() => client.taskDone(id));
  return (
    <>
      <Button action={done}>{children}</Button>
      <ActionFailure action={done} />
    </>
  );
}
