import { useState } from 'react';
import type { CertificateView } from '@endymail/shared/account';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Attention } from '../../components/attention.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Fingerprint } from '../../components/fingerprint.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { ACCOUNT } from '../../text/account.ts';
import { COMMON } from '../../text/common.ts';

/** The service shows another key than before: the person compares it with whoever runs the service, or leaves it. */
export function ChangedKey() {
  const client = useClient();
  const [seen, setSeen] = useState<CertificateView | null>(null);
  const look = useAction(() => client.serviceCertificate(), setSeen);
  const close = () => {
    setSeen(null);
  };
  const trust = useAction(() => client.trustCertificate(seen?.shown ?? null), close);
  return (
    <>
      <Attention title={ACCOUNT.changedTitle} buttons={<Button action={look}>{ACCOUNT.changedCompare}</Button>}>
        <p>{ACCOUNT.changedSays}</p>
      </Attention>
      <ActionFailure action={look} />
      {seen !== null && (
        <Dialog
          title={ACCOUNT.changedAsk}
          onClose={close}
          bar={
            <>
              <Button onClick={close}>{COMMON.cancel}</Button>
              <Button kind="primary" action={trust}>
                {ACCOUNT.changedTake}
              </Button>
            </>
          }
        >
          <p className="lead">{ACCOUNT.changedLead}</p>
          <Key label={ACCOUNT.changedKnown} value={seen.known} />
          <Key label={ACCOUNT.changedShown} value={seen.shown} />
          <ActionFailure action={trust} />
        </Dialog>
      )}
    </>
  );
}

/** Null: it is vouched for by somebody whom this computer trusts. */
function Key({ label, value }: { readonly label: string; readonly value: string | null }) {
  return value === null ? (
    <p className="hint">{`${label}: ${ACCOUNT.changedVouched}`}</p>
  ) : (
    <Fingerprint label={label} value={value} />
  );
}
