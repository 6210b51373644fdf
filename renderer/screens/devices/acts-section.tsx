import type { AttentionItem } from '@endymail/shared/ipc';
import { Timer } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { useClient, useView } from '../../state/use-page.ts';
import { ACTS, actSub, actTitle } from '../../text/devices.ts';

type Act = Extract<AttentionItem, { readonly kind: 'act-waits' }>;
const isAct = (item: AttentionItem): item is Act => item.kind === 'act-waits';

/** What was announced and holds from a later time, with the way to cancel it. */
export function ActsSection() {
  const acts = useView((view) => view.attention).filter(isAct);
  if (acts.length === 0) return null;
  return (
    <Section title={ACTS.title}>
      <ul className="list list--closed">
        {acts.map((act) => (
          <li key={act.id}>
            <ActRow act={act} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ActRow({ act }: { readonly act: Act }) {
  const client = useClient();
  const now = useNow();
  const cancel = useAction(() => client.cancelAct(act.id));
  return (
    <>
      <Row
        icon={Timer}
        needsYou
        name={actTitle(act.deviceName)}
        sub={actSub(act.holdsFrom, act.mayCancel, now)}
        end={act.mayCancel && <Button action={cancel}>{ACTS.cancel}</Button>}
      />
      <ActionFailure action={cancel} />
    </>
  );
}
