import { ActionFailure } from '../../components/action-failure.tsx';
import { Attention } from '../../components/attention.tsx';
import { Button } from '../../components/button.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { ACCOUNT } from '../../text/account.ts';

/** Changes of the account are held back because no other device has confirmed it for long: the person decides. */
export function Unconfirmed() {
  const client = useClient();
  const takeOver = useAction(() => client.syncAnyway());
  return (
    <>
      <Attention title={ACCOUNT.unconfirmedTitle} buttons={<Button action={takeOver}>{ACCOUNT.takeOver}</Button>}>
        <p>{ACCOUNT.unconfirmedSays}</p>
      </Attention>
      <ActionFailure action={takeOver} />
    </>
  );
}
