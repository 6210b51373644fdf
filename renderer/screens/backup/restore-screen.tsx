import type { AppView } from '@endymail/shared/ipc';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { RESTORE } from '../../text/backup.ts';
import { COMMON } from '../../text/common.ts';
import { RestoreForm } from './restore-form.tsx';
import { Restored, type RestoreEnd } from './restored.tsx';
import { StartOver } from './start-over.tsx';

interface RestoreScreenProps {
  /** Begins with the question about a beginning with nothing. */
  readonly isStartingOver: boolean;
}

/**
 * Brings a backup back, or begins with nothing. It is reached from settings, from the first start and from where the data
 * can not be opened; so it stands in front of whatever the agent says until the person has read how it ended.
 */
export function RestoreScreen({ isStartingOver }: RestoreScreenProps) {
  const { back } = usePage();
  const [isHere] = useState(useView(isDataHere));
  const [end, setEnd] = useState<RestoreEnd | null>(null);
  const [isRunning, setRunning] = useState(false);
  if (end !== null) return <Restored end={end} />;
  return (
    <SetupFrame
      barStart={
        <Button onClick={back} disabled={isRunning}>
          {COMMON.cancel}
        </Button>
      }
      barEnd={
        <Button kind="primary" type="submit" form="restore">
          {RESTORE.choose}
        </Button>
      }
    >
      <PageHead title={RESTORE.heading} lead={RESTORE.lead} />
      <RestoreForm id="restore" isDataHere={isHere} onEnd={setEnd} onRunning={setRunning} />
      {isHere && <StartOver isAskedAtOnce={isStartingOver} onEnd={setEnd} />}
    </SetupFrame>
  );
}

/** Whether there is something that a backup would take the place of; the agent refuses anyhow to write over it. */
function isDataHere({ agent, mailboxes, people, settings }: AppView): boolean {
  if (agent.state === 'closed') return agent.keychain !== null;
  return people.length > 0 || settings.lastBackupAt !== null || mailboxes.rows.some(({ state }) => state !== 'off');
}
