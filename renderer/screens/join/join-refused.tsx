import type { AccountView } from '@endymail/shared/account';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { useClient, usePage } from '../../state/use-page.ts';
import { COMMON } from '../../text/common.ts';
import { JOIN } from '../../text/join.ts';

/** An invitation was opened where there is an account already. */
export function JoinRefused({ account }: { readonly account: AccountView }) {
  const client = useClient();
  const { begin } = usePage();
  return (
    <SetupFrame
      barEnd={
        <Button
          kind="primary"
          onClick={() => {
            void client.forgetLink();
            begin({ screen: 'home' });
          }}
        >
          {COMMON.close}
        </Button>
      }
    >
      <PageHead title={JOIN.linkRefusedTitle} lead={JOIN.linkRefused(account.name)} />
    </SetupFrame>
  );
}
