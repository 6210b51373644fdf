import type { ActView } from '@endymail/shared/account';
import { Timer } from 'lucide-react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useNow } from '../../state/use-now.ts';
import { useClient } from '../../state/use-page.ts';
import { ACTS, actSub, actTitle } from '../../text/devices.ts';

/** What was announced and holds from a later time, with the way to cancel it. */
export function ActsSection({ acts }: { readonly acts: readonly ActView[] }) {
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

function ActRow({ act }: { readonly act: ActView }) {
  const client = useClient();
  const now = useNow();
  const cancel = useAction(() => client.cancelAct(act.id));
  return (
    <>
      <Row
        icon={Timer}
        needsYou
        name={actTitle(act.deviceName)}
        sub={actSub(act, now)}
        end={act.mayCancel && <Button action={cancel}>{ACTS.cancel}</Button>}
      />
      <ActionFailure action={cancel} />
    </>
  );
}
