import { Clock } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Note } from '../../components/note.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { gapWords, HOME_WORDS } from '../../text/home.ts';

/** From when to when Endymail did nothing, until the person has read it. */
export function GapNote() {
  const client = useClient();
  const gap = useView((view) => view.gap);
  const attention = useView((view) => view.attention);
  const dismiss = useAction(() => client.dismissGap());
  if (gap === null) return null;
  return (
    <>
      <Note icon={Clock} end={<Button action={dismiss}>{HOME_WORDS.gapRead}</Button>}>
        {gapWords(gap, attention, new Date())}
      </Note>
      <ActionFailure action={dismiss} />
    </>
  );
}
