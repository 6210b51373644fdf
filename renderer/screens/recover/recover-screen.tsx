import type { DeviceView } from '@endymail/shared/account';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Note } from '../../components/note.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { usePage } from '../../state/use-page.ts';
import { RECOVER } from '../../text/recover.ts';
import { BringBack } from './bring-back.tsx';
import { FindAccount } from './find-account.tsx';

/** What the words open, before anything is changed. */
export interface Found {
  readonly name: string;
  readonly words: string;
  /** What stands below the words; null: it was not typed. */
  readonly mark: string | null;
  readonly asOf: string | null;
  readonly devices: readonly DeviceView[];
}

/** *I lost all my devices*: the words bring the account to this computer. They are held here only, until it is done. */
export function RecoverScreen() {
  const { begin } = usePage();
  const [found, setFound] = useState<Found | null>(null);
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <SetupFrame
        key="done"
        barEnd={
          <Button
            kind="primary"
            onClick={() => {
              begin({ screen: 'home' });
            }}
          >
            {RECOVER.done}
          </Button>
        }
      >
        <PageHead title={RECOVER.doneTitle} lead={RECOVER.doneLead} isLive />
        <Note>{RECOVER.wordsStay}</Note>
      </SetupFrame>
    );
  }
  if (found === null) return <FindAccount onFound={setFound} />;
  return (
    <BringBack
      found={found}
      onBack={() => {
        setFound(null);
      }}
      onDone={() => {
        setFound(null);
        setDone(true);
      }}
    />
  );
}
