import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { NewPassphraseForm } from '../../components/new-passphrase-form.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useClient, usePage, useView } from '../../state/use-page.ts';
import { BACK_UP, lastBackupWords } from '../../text/backup.ts';
import { COMMON } from '../../text/common.ts';

/** Everything in one sealed file. */
export function BackUpScreen() {
  const client = useClient();
  const { back } = usePage();
  const lastBackupAt = useView(({ settings }) => settings.lastBackupAt);
  const [fileName, setFileName] = useState<string | null>(null);
  return (
    <>
      <BackLink>{COMMON.back}</BackLink>
      <PageHead title={BACK_UP.heading} lead={BACK_UP.lead} />
      {fileName === null ? (
        <>
          <p className="prose is-muted hint">{BACK_UP.why}</p>
          <p className="prose is-muted hint">{lastBackupWords(lastBackupAt, new Date())}</p>
          <NewPassphraseForm
            about={BACK_UP.passphraseFor}
            button={BACK_UP.write}
            ask={(passphrase) => client.backUp(passphrase)}
            onDone={(written) => {
              if (written !== null) setFileName(written.fileName);
            }}
          />
        </>
      ) : (
        <>
          <p className="said section" role="status">
            <Icon of={CircleCheck} />
            <span>{BACK_UP.written(fileName)}</span>
          </p>
          <p className="prose is-muted hint">{BACK_UP.afterwards}</p>
          <div className="buttons section">
            <Button kind="primary" onClick={back}>
              {COMMON.back}
            </Button>
            <Button
              onClick={() => {
                setFileName(null);
              }}
            >
              {BACK_UP.again}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
