import { ChevronRight, Copy } from 'lucide-react';
import { useClient } from '../state/use-page.ts';
import { useAction } from '../state/use-action.ts';
import { COMMON } from '../text/common.ts';
import { factsText, type FactGroup } from '../text/facts.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface DetailsProps {
  readonly groups: readonly FactGroup[];
  /** Other words than *Details*. */
  readonly summary?: string;
}

/** The exact technical facts, one click away, as text that can be copied. */
export function Details({ groups, summary = COMMON.details }: DetailsProps) {
  const client = useClient();
  const copy = useAction(() => client.copyText(factsText(groups)));
  return (
    <details className="details">
      <summary>
        <Icon of={ChevronRight} small />
        {summary}
      </summary>
      <div className="facts">
        <span className="facts__copy">
          <Button kind="plain" icon={<Icon of={Copy} small />} action={copy}>
            {COMMON.copy}
          </Button>
        </span>
        {groups.map((group, index) => (
          <Facts key={index} group={group} />
        ))}
      </div>
    </details>
  );
}

function Facts({ group: { title, facts = [], text } }: { readonly group: FactGroup }) {
  return (
    <>
      {title !== undefined && <h3>{title}</h3>}
      {facts.length > 0 && (
        <dl>
          {facts.map(({ name, value }, index) => (
            <FactRow key={index} name={name} value={value} />
          ))}
        </dl>
      )}
      {text !== undefined && <pre>{text}</pre>}
    </>
  );
}

function FactRow({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
