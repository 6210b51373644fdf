import type { ChangedByHandChoice } from '@endymail/shared/mail';
import { useState } from 'react';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { FRAME } from '../../text/frame.ts';
import { lastBackupWords } from '../../text/backup.ts';
import { REMOVE } from '../../text/removal.ts';
import { ChangesChoice } from './changes-choice.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useChanges } from './use-changes.ts';

/** Removes Endymail from this computer: a backup offered first, what goes, what stays, and a second step. */
export function RemoveScreen() {
  const { go } = usePage();
  const lastBackupAt = useView(({ settings }) => settings.lastBackupAt);
  const changes = useChanges('all');
  const [changedByHand, setChangedByHand] = useState<ChangedByHandChoice>('leave');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <BackLink>{FRAME.settings}</BackLink>
      <PageHead title={REMOVE.heading} lead={REMOVE.lead} />
      <Section title={REMOVE.backupHeading}>
        <Row
          name={lastBackupWords(lastBackupAt, new Date())}
          sub={REMOVE.backup}
          end={
            <Button
              kind={lastBackupAt === null ? 'primary' : 'plain-frame'}
              onClick={() => {
                go({ screen: 'back-up' });
              }}
            >
              {REMOVE.backupButton}
            </Button>
          }
        />
      </Section>
      <div className="two section">
        <Points title={REMOVE.goesHeading} points={REMOVE.goes} />
        <Points title={REMOVE.staysHeading} points={REMOVE.stays} />
      </div>
      <ChangesChoice changes={changes} value={changedByHand} onChange={setChangedByHand} />
      <div className="buttons section">
        <Button
          kind="danger"
          onClick={() => {
            setAsking(true);
          }}
        >
          {REMOVE.next}
        </Button>
      </div>
      {isAsking && (
        <RemoveDialog
          changedByHand={changedByHand}
          hasBackup={lastBackupAt !== null}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function Points({ title, points }: { readonly title: string; readonly points: readonly string[] }) {
  return (
    <div>
      <h2>{title}</h2>
      <ul className="points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}
