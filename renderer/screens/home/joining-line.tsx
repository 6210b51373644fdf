import { Button } from '../../components/button.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { JOIN } from '../../text/join.ts';

/** This computer asks to join an account, and the person went on with something else. */
export function JoiningLine() {
  const { go } = usePage();
  const joining = useView((view) => view.joining);
  if (joining === null) return null;
  return (
    <div className="waiting section">
      {(joining.kind === 'waiting' || joining.kind === 'confirming') && <span className="spinner" aria-hidden="true" />}
      <span role="status">{JOIN.homeLine[joining.kind]}</span>
      <Button
        kind="plain"
        onClick={() => {
          go({ screen: 'join' });
        }}
      >
        {JOIN.show}
      </Button>
    </div>
  );
}
