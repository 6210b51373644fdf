import type { MailAddress } from '@endymail/shared/mail';
import { CircleCheck, Download } from 'lucide-react';
import { useState } from 'react';
import { ActionFailure } from '../../components/action-failure.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { SHARE } from '../../text/share.ts';

/** The file for the people who write to a mailbox, and the fingerprint that is read out to them. */
export function ShareScreen({ address }: { readonly address: MailAddress }) {
  const client = useClient();
  const [shared, setShared] = useState<{ readonly fileName: string; readonly fingerprint: string } | null>(null);
  const save = useAction(
    () => client.shareToFile(address),
    (written) => {
      if (written !== null) setShared(written);
    },
  );
  return (
    <>
      <BackLink>{COMMON.back}</BackLink>
      <PageHead title={SHARE.heading} lead={SHARE.lead(address)} />
      <Section title={SHARE.howHeading}>
        <ol className="steps">
          {SHARE.how.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <div role="status">
        {shared !== null && (
          <>
            <p className="said section">
              <Icon of={CircleCheck} />
              <span>{SHARE.written(shared.fileName)}</span>
            </p>
            <Fingerprint label={SHARE.fingerprint} value={shared.fingerprint} />
          </>
        )}
      </div>
      <div className="buttons section">
        <Button kind={shared === null ? 'primary' : 'plain-frame'} icon={<Icon of={Download} small />} action={save}>
          {shared === null ? SHARE.write : SHARE.another}
        </Button>
      </div>
      <ActionFailure action={save} />
    </>
  );
}
