import { PageHead } from '../../components/page-head.tsx';
import { SetupFrame } from '../../components/setup-frame.tsx';
import { JOIN } from '../../text/join.ts';

/** The other device has answered, and this one takes in what it was given. */
export function Confirming({ name }: { readonly name: string }) {
  return (
    <SetupFrame>
      <PageHead title={JOIN.confirmingTitle} lead={JOIN.confirmingLead} />
      <p className="waiting section" role="status">
        <span className="spinner" aria-hidden="true" />
        <span>{JOIN.confirming(name)}</span>
      </p>
    </SetupFrame>
  );
}
