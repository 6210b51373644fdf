import { ActionFailure } from '../../components/action-failure.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';
import { ACCOUNT, reachableWords } from '../../text/account.ts';

/** An account that this computer keeps: whether the person's other devices may reach it, and by which name. */
export function Reachable({ names }: { readonly names: readonly string[] }) {
  const client = useClient();
  const isReachable = names.length > 0;
  const change = useAction(() => client.accountReachable(!isReachable));
  return (
    <Section title={ACCOUNT.reachableHeading}>
      <CheckBox
        isChecked={isReachable}
        disabled={change.isRunning}
        onChange={change.run}
        label={ACCOUNT.reachable}
        reason={reachableWords(names)}
      />
      <ActionFailure action={change} />
    </Section>
  );
}
