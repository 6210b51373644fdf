import { Laptop, Link } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { usePage } from '../../state/use-page.ts';
import { ACCOUNT } from '../../text/account.ts';
import { JOIN } from '../../text/join.ts';

/** The two ways to an account, as long as this computer has none. */
export function AccountOffer() {
  const { go } = usePage();
  return (
    <ul className="list list--closed section">
      <li>
        <Row
          icon={Laptop}
          name={ACCOUNT.title}
          sub={ACCOUNT.offerSub}
          end={
            <Button
              kind="primary"
              onClick={() => {
                go({ screen: 'create-account' });
              }}
            >
              {ACCOUNT.setUp}
            </Button>
          }
        />
      </li>
      <li>
        <Row
          icon={Link}
          name={JOIN.haveAccount}
          sub={JOIN.haveAccountSub}
          end={
            <Button
              onClick={() => {
                go({ screen: 'join' });
              }}
            >
              {JOIN.joinIt}
            </Button>
          }
        />
      </li>
    </ul>
  );
}
