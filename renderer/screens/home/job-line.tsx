import { Button } from '../../components/button.tsx';
import { usePage, useView } from '../../state/use-page.ts';
import { HOME_WORDS, jobWords } from '../../text/home.ts';

/** What goes on now, with the way to where it is shown in full. */
export function JobLine() {
  const { go } = usePage();
  const job = useView((view) => view.job);
  if (job?.isRunning !== true) return null;
  return (
    <div className="waiting section">
      <span className="spinner" aria-hidden="true" />
      <span role="status">{jobWords(job)}</span>
      {job.kind === 'enable' && (
        <Button
          kind="plain"
          onClick={() => {
            go({ screen: 'progress' });
          }}
        >
          {HOME_WORDS.show}
        </Button>
      )}
    </div>
  );
}
