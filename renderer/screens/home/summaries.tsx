import { Archive, Laptop, Users } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { Section } from '../../components/section.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { ACCOUNT } from '../../text/account.ts';
import { backupWords, HOME_WORDS, peopleWords } from '../../text/home.ts';
import { DevicesSummary } from './devices-summary.tsx';

/** People, backup and devices in a line each, with the way to them. */
export function Summaries() {
  const { go } = usePage();
  const people = useView((view) => view.people);
  const hasNoAccount = useView(({ account }) => account === null);
  const lastBackupAt = useView((view) => view.settings.lastBackupAt);
  return (
    <div className="two section">
      <Section
        title={HOME_WORDS.people}
        end={
          <Button
            kind="plain"
            edge="end"
            onClick={() => {
              go({ screen: 'people' });
            }}
          >
            {HOME_WORDS.showAll}
          </Button>
        }
      >
        <ul className="list list--closed">
          <li>
            <Row icon={Users} {...peopleWords(people, new Date())} />
          </li>
        </ul>
      </Section>
      <Section
        title={HOME_WORDS.backup}
        end={
          <Button
            kind="plain"
            edge="end"
            onClick={() => {
              go({ screen: 'back-up' });
            }}
          >
            {HOME_WORDS.backUp}
          </Button>
        }
      >
        <ul className="list list--closed">
          <li>
            <Row icon={Archive} {...backupWords(lastBackupAt, new Date())} />
          </li>
        </ul>
      </Section>
      {!hasNoAccount && <DevicesSummary />}
      {hasNoAccount && (
        <Section
          title={ACCOUNT.summary}
          end={
            <Button
              kind="plain"
              edge="end"
              onClick={() => {
                go({ screen: 'account' });
              }}
            >
              {ACCOUNT.setUp}
            </Button>
          }
        >
          <ul className="list list--closed">
            <li>
              <Row icon={Laptop} name={ACCOUNT.summaryNone} sub={ACCOUNT.noneLead} />
            </li>
          </ul>
        </Section>
      )}
    </div>
  );
}
