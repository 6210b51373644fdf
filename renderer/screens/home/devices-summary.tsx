import { MonitorSmartphone } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { useNow } from '../../state/use-now.ts';
import { usePage, useView } from '../../state/use-page.ts';
import { DEVICES, devicesSummary } from '../../text/devices.ts';
import { HOME_WORDS } from '../../text/home.ts';

/** The devices of the account in a line, with the way to them. */
export function DevicesSummary() {
  const { go } = usePage();
  const now = useNow();
  const account = useView((view) => view.account);
  const active = useView((view) => view.devices.filter(({ state }) => state !== 'removed').length);
  if (account === null) return null;
  return (
    <Section
      title={DEVICES.title}
      end={
        <Button
          kind="plain"
          edge="end"
          onClick={() => {
            go({ screen: 'devices' });
          }}
        >
          {HOME_WORDS.showAll}
        </Button>
      }
    >
      <ul className="list list--closed">
        <li>
          <Row icon={MonitorSmartphone} {...devicesSummary(account, active, now)} />
        </li>
      </ul>
    </Section>
  );
}
