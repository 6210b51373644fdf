import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { usePage } from '../../state/use-page.ts';
import { DEVICES } from '../../text/devices.ts';

/** Devices, before there is an account that they could belong to. */
export function NoAccount() {
  const { go } = usePage();
  return (
    <>
      <PageHead title={DEVICES.title} lead={DEVICES.noAccountLead} />
      <p className="section">{DEVICES.noAccount}</p>
      <div className="buttons after-list">
        <Button
          kind="primary"
          onClick={() => {
            go({ screen: 'account' });
          }}
        >
          {DEVICES.toAccount}
        </Button>
      </div>
    </>
  );
}
