import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Note } from '../../components/note.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { asOfSentence, deviceSub, RECOVER } from '../../text/recover.ts';
import type { Found } from './recover-screen.tsx';

interface BringBackProps {
  readonly found: Found;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** The devices of the account: all of them are removed but those that the person still has. */
export function BringBack({ found, onBack, onDone }: BringBackProps) {
  const client = useClient();
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const devices = found.devices.filter(({ state }) => state === 'active');
  const { name, words, mark } = found;
  const recover = useAction(() => client.recover({ name, words, mark }, [...kept]), onDone);
  const asOf = asOfSentence(found.asOf, new Date());
  return (
    <SetupFrame
      key="found"
      barStart={
        <Button onClick={onBack} disabled={recover.isRunning}>
          {RECOVER.backTo}
        </Button>
      }
      barEnd={
        <Button kind="primary" action={recover}>
          {RECOVER.bringBack}
        </Button>
      }
    >
      <PageHead title={RECOVER.foundTitle} lead={`${name}. ${RECOVER.foundLead}`} />
      {asOf !== '' && <Note>{asOf}</Note>}
      <Section title={RECOVER.devices}>
        <p className="muted prose">{devices.length === 0 ? RECOVER.noDevices : RECOVER.devicesLead}</p>
        {devices.length > 0 && (
          <ul className="list list--closed hint">
            {devices.map((device) => (
              <li key={device.id}>
                <CheckBox
                  isChecked={kept.has(device.id)}
                  onChange={(isKept) => {
                    setKept(new Set(isKept ? [...kept, device.id] : [...kept].filter((id) => id !== device.id)));
                  }}
                  label={RECOVER.keep(device.name === '' ? RECOVER.unnamed : device.name)}
                  sub={deviceSub(device)}
                />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <ActionFailure action={recover} />
    </SetupFrame>
  );
}
