import type { AccountView } from '@endymail/shared/account';
import { ActionFailure } from '../../components/action-failure.tsx';
import { Attention } from '../../components/attention.tsx';
import { Button } from '../../components/button.tsx';
import { Details } from '../../components/details.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient, usePage } from '../../state/use-page.ts';
import { ACCOUNT, accountFacts, STANDINGS } from '../../text/account.ts';

interface StandingProps {
  readonly account: AccountView;
  readonly standing: keyof typeof STANDINGS;
}

/** This computer takes no part in the account any more: what that means, and the one way on. */
export function Standing({ account, standing }: StandingProps) {
  const client = useClient();
  const { begin } = usePage();
  const { title, says, button, leadsTo } = STANDINGS[standing];
  const leave = useAction(
    () => client.leaveAccount(),
    () => {
      begin({ screen: leadsTo });
    },
  );
  return (
    <>
      <PageHead title={account.name} windowTitle={ACCOUNT.heading} />
      <Attention title={title} buttons={<Button action={leave}>{button}</Button>}>
        <p>{says}</p>
      </Attention>
      <ActionFailure action={leave} />
      <Details groups={[{ facts: accountFacts(account) }]} />
    </>
  );
}
