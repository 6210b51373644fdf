import type { MailboxView } from '@endymail/shared/ipc';
import { reachedCount } from '@endymail/shared/mail';
import { Mail, Plus } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { AppFrame } from '../../components/app-frame.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { AS_BEFORE } from '../../text/common.ts';
import { HOME_WORDS, homeHead } from '../../text/home.ts';
import { placesWords, stateWords } from '../../text/mailbox.ts';
import { AttentionList } from './attention-list.tsx';
import { GapNote } from './gap-note.tsx';
import { JobLine } from './job-line.tsx';
import { JoiningLine } from './joining-line.tsx';
import { Summaries } from './summaries.tsx';

const ROW_PX = 49;

/** What needs the person, the mailboxes with their states, people and backup. */
export function HomeScreen() {
  const client = useClient();
  const attention = useView((view) => view.attention);
  const { rows, lookedAt } = useView((view) => view.mailboxes);
  const enabled = rows.filter(({ state }) => state !== 'off').length;
  const { title, lead } = homeHead(attention.length, enabled, lookedAt, new Date());
  const lookAgain = useAction(() => client.lookAgain());
  return (
    <AppFrame>
      <PageHead
        title={title}
        windowTitle={HOME_WORDS.windowTitle}
        lead={lead}
        isLive
        end={<Button action={lookAgain}>{HOME_WORDS.lookAgain}</Button>}
      />
      <ActionFailure action={lookAgain} />
      <JobLine />
      <JoiningLine />
      <GapNote />
      {attention.length > 0 && <AttentionList items={attention} />}
      <Mailboxes rows={rows} />
      <Summaries />
    </AppFrame>
  );
}

/** Where no mailbox does, nothing is said of what is encrypted. */
const encrypts = ({ state }: MailboxView): boolean => state === 'ready' || state === 'protected';

function Mailboxes({ rows }: { readonly rows: readonly MailboxView[] }) {
  const { go } = usePage();
  const people = useView((view) => reachedCount(view.people, new Date()));
  return (
    <Section
      title={HOME_WORDS.mailboxes}
      end={
        <>
          <Button
            kind="plain"
            onClick={() => {
              go({ screen: 'help' });
            }}
          >
            {HOME_WORDS.inThunderbird}
          </Button>
          <Button
            kind="plain"
            edge="end"
            icon={<Icon of={Plus} small />}
            onClick={() => {
              go({ screen: 'choose' });
            }}
          >
            {HOME_WORDS.addMailbox}
          </Button>
        </>
      }
    >
      <VirtualList items={rows} keyOf={({ address }) => address} estimatePx={ROW_PX}>
        {(row) => {
          const { mark, words } = stateWords(row.state, people);
          return (
            <Row
              icon={Mail}
              name={row.address}
              sub={placesWords(row)}
              end={<StateMark mark={mark}>{words}</StateMark>}
              onOpen={() => {
                go({ screen: 'mailbox', address: row.address });
              }}
            />
          );
        }}
      </VirtualList>
      {rows.some(encrypts) && <p className="muted hint">{AS_BEFORE}</p>}
    </Section>
  );
}
