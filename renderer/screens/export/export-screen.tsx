import type { MailAddress } from '@endymail/shared/mail';
import { CircleCheck, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { NewPassphraseForm } from '../../components/new-passphrase-form.tsx';
import { Note } from '../../components/note.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Section } from '../../components/section.tsx';
import { useClient } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { EXPORT } from '../../text/export.ts';

/** The keys of one mailbox in a file for a phone, and then what to do there. */
export function ExportScreen({ address }: { readonly address: MailAddress }) {
  const [fileName, setFileName] = useState<string | null>(null);
  const client = useClient();
  return (
    <>
      <BackLink>{COMMON.back}</BackLink>
      <PageHead title={EXPORT.heading} lead={EXPORT.lead(address)} />
      {fileName === null ? (
        <>
          <NewPassphraseForm
            about={EXPORT.passphraseFor}
            button={EXPORT.write}
            ask={(passphrase) => client.exportForPhone(address, passphrase)}
            onDone={(written) => {
              if (written !== null) setFileName(written.fileName);
            }}
          />
          <Note>{EXPORT.stepsLater}</Note>
        </>
      ) : (
        <OnThePhone
          fileName={fileName}
          onAnother={() => {
            setFileName(null);
          }}
        />
      )}
    </>
  );
}

function OnThePhone({ fileName, onAnother }: { readonly fileName: string; readonly onAnother: () => void }) {
  return (
    <>
      <p className="said section" role="status">
        <Icon of={CircleCheck} />
        <span>{EXPORT.written(fileName)}</span>
      </p>
      <p className="prose is-muted hint">{EXPORT.bring}</p>
      {EXPORT.phones.map(({ title, steps }) => (
        <Section key={title} title={title}>
          <ol className="steps">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Section>
      ))}
      <Note icon={KeyRound}>{EXPORT.deleteHere}</Note>
      <p className="prose is-muted hint">{EXPORT.unseen}</p>
      <div className="buttons section">
        <Button onClick={onAnother}>{EXPORT.another}</Button>
      </div>
    </>
  );
}
