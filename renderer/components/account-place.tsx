import { usePage, useView } from '../state/use-page.ts';
import { syncWords } from '../text/account.ts';
import { FRAME, placeStatus } from '../text/frame.ts';
import { useNow } from '../state/use-now.ts';

/** The fixed place at the bottom of the side: the account and how sharing stands, or that there is none. */
export function AccountPlace({ isCurrent }: { readonly isCurrent: boolean }) {
  const { go } = usePage();
  const now = useNow();
  const account = useView((view) => view.account);
  const status = useView(({ mailboxes, job }) => placeStatus(mailboxes.lookedAt, job?.isRunning ?? false));
  return (
    <button
      className="account"
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => {
        go({ screen: 'account' });
      }}
    >
      <span className="account__name">{account?.name ?? FRAME.thisComputer}</span>
      <span className="account__sync">{account === null ? status : syncWords(account.sync, now)}</span>
    </button>
  );
}
