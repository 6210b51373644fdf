import { failure } from '@endymail/shared/result';
import { Download, FolderOpen, RefreshCw } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row } from '../../components/row.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { failureFacts } from '../../text/failures.ts';
import { needsThunderbird, NOTHING_FOUND, nothingFoundWords } from '../../text/nothing-found.ts';

/** There is no mailbox to show: why, and the ways on. */
export function NothingFoundScreen() {
  const { go } = usePage();
  const client = useClient();
  const problems = useView(({ mailboxes }) => mailboxes.problems);
  const why = problems[0] ?? failure('no-client');
  const words = nothingFoundWords(why);
  const lookAgain = useAction(() => client.lookAgain());
  const addFolder = useAction(() => client.addFolder());
  const get = useAction(() => client.openPage('thunderbird-download'));
  const quit = useAction(() => client.quit());
  return (
    <SetupFrame
      barStart={
        <div className="buttons">
          <Button
            kind="plain"
            edge="start"
            onClick={() => {
              go({ screen: 'restore' });
            }}
          >
            {COMMON.restore}
          </Button>
          <Button
            kind="plain"
            onClick={() => {
              go({ screen: 'settings' });
            }}
          >
            {NOTHING_FOUND.settings}
          </Button>
        </div>
      }
      barEnd={<Button action={quit}>{COMMON.quit}</Button>}
    >
      <PageHead title={words.title} lead={words.lead} />
      <ul className="list list--closed section">
        {needsThunderbird(why) && (
          <li>
            <Row
              icon={Download}
              name={NOTHING_FOUND.getTitle}
              sub={NOTHING_FOUND.getSub}
              end={<Button action={get}>{NOTHING_FOUND.get}</Button>}
            />
          </li>
        )}
        <li>
          <Row
            icon={RefreshCw}
            name={words.ask}
            sub={words.todo}
            end={
              <Button kind="primary" action={lookAgain}>
                {COMMON.lookAgain}
              </Button>
            }
          />
        </li>
        <li>
          <Row
            icon={FolderOpen}
            name={NOTHING_FOUND.folderTitle}
            sub={NOTHING_FOUND.folderSub}
            end={<Button action={addFolder}>{COMMON.otherFolder}</Button>}
          />
        </li>
      </ul>
      <ActionFailure action={lookAgain} />
      <ActionFailure action={addFolder} />
      <ActionFailure action={get} />
      <Details groups={problems.map((problem) => ({ facts: failureFacts(problem) }))} />
    </SetupFrame>
  );
}
