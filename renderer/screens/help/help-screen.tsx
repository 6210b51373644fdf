import { ChevronRight } from 'lucide-react';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { useView } from '../../state/use-page.ts';
import { HELP } from '../../text/help.ts';
import { TestMailRow } from '../mailbox/test-mail-row.tsx';
import { Case } from './case.tsx';

/** What one sees in Thunderbird, a test mail to see it, and short answers. */
export function HelpScreen() {
  const enabled = useView(({ mailboxes }) => mailboxes.rows).filter(({ state }) => state !== 'off');
  return (
    <>
      <PageHead title={HELP.heading} lead={HELP.lead} />
      <ul className="list list--closed section">
        {HELP.cases.map((shown) => (
          <Case key={shown.picture} {...shown} />
        ))}
      </ul>
      <Section title={HELP.test}>
        {enabled.length === 0 ? (
          <p className="muted">{HELP.testNone}</p>
        ) : (
          <ul className="list list--closed">
            {enabled.map(({ address }) => (
              <TestMailRow key={address} address={address} name={address} />
            ))}
          </ul>
        )}
      </Section>
      <Section title={HELP.questions}>
        <ul className="list list--closed">
          {HELP.answers.map(({ question, answer }) => (
            <li key={question}>
              <details className="details answer">
                <summary>
                  <Icon of={ChevronRight} small />
                  {question}
                </summary>
                <p>{answer}</p>
              </details>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
