import type { SettingsView } from '@endymail/shared/ipc';
import { useEffect, useEffectEvent, useState } from 'react';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';

type Changeable = Pick<SettingsView, 'autoDisable' | 'theme'> & { readonly openAtLogin: boolean };

export interface Setting<Value> {
  /** What the person wants, until the shell says what holds. */
  readonly value: Value;
  readonly change: (value: Value) => void;
  readonly action: Action;
}

/** One setting: what was pressed shows at once, and the shell is told. `now`: what the shell says. */
export function useSetting<Name extends keyof Changeable>(
  name: Name,
  now: Changeable[Name],
): Setting<Changeable[Name]> {
  const client = useClient();
  // With what held when it was pressed: once the shell says something else than that, its word counts.
  const [wanted, setWanted] = useState<{ readonly value: Changeable[Name]; readonly before: Changeable[Name] } | null>(
    null,
  );
  const action = useAction(() => client.changeSettings(wanted === null ? {} : { [name]: wanted.value }));
  const tell = useEffectEvent(action.run);
  useEffect(() => {
    if (wanted !== null) tell();
  }, [wanted]);
  const isAhead = wanted !== null && wanted.before === now && action.failure === null;
  return {
    value: isAhead ? wanted.value : now,
    change: (value) => {
      if (!action.isRunning) setWanted({ value, before: now });
    },
    action,
  };
}
