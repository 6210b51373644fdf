import { MonitorSmartphone } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { opened } from '../../state/asking.ts';
import { useNow } from '../../state/use-now.ts';
import { usePage, useView } from '../../state/use-page.ts';
import { DEVICES } from '../../text/devices.ts';
import { askedWords } from '../../text/join-prompt.ts';

/** The devices that ask to join, also those that were put off. */
export function AskingSection() {
  const { store } = usePage();
  const now = useNow();
  const asking = useView((view) => view.pending.devices);
  if (asking.length === 0) return null;
  return (
    <Section title={DEVICES.asking}>
      <ul className="list list--closed">
        {asking.map(({ id, askedAt }) => (
          <li key={id}>
            <Row
              icon={MonitorSmartphone}
              needsYou
              name={DEVICES.asks}
              sub={askedWords(askedAt, now)}
              end={
                <Button
                  onClick={() => {
                    store.setState((state) => ({ asking: opened(state.asking, id) }));
                  }}
                >
                  {DEVICES.look}
                </Button>
              }
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
