import { Archive, CirclePlus } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Row } from '../../components/row.tsx';
import { usePage } from '../../state/use-page.ts';
import { CLOSED_WORDS } from '../../text/closed.ts';
import { COMMON } from '../../text/common.ts';

/** The data that is here can not be opened any more: a backup in its place, or a new beginning. */
export function RestoreOrStartOver() {
  const { go } = usePage();
  return (
    <ul className="list list--closed section">
      <li>
        <Row
          icon={Archive}
          name={CLOSED_WORDS.restoreTitle}
          sub={CLOSED_WORDS.restoreSub}
          end={
            <Button
              kind="primary"
              onClick={() => {
                go({ screen: 'restore' });
              }}
            >
              {COMMON.restore}
            </Button>
          }
        />
      </li>
      <li>
        <Row
          icon={CirclePlus}
          name={CLOSED_WORDS.overTitle}
          sub={CLOSED_WORDS.overSub}
          end={
            <Button
              onClick={() => {
                go({ screen: 'restore', isStartingOver: true });
              }}
            >
              {CLOSED_WORDS.over}
            </Button>
          }
        />
      </li>
    </ul>
  );
}
