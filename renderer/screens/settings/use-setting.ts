import type { SettingsView } from '@endymail/shared/ipc';
import { useEffect, useEffectEvent, useState } from 'react';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';

type Changeable = Pick<SettingsView, 'autoDisable' | 'theme'> & { readonly openAtLogin: boolean };

export interface Setting<Value> {
  /** What the person wants; once it is set, or could not be, what the shell says. */
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
  const [wanted, setWanted] = useState<{ readonly value: Changeable[Name] } | null>(null);
  const action = useAction(
    () => client.changeSettings(wanted === null ? {} : { [name]: wanted.value }),
    () => {
      setWanted(null);
    },
  );
  const tell = useEffectEvent(action.run);
  useEffect(() => {
    if (wanted !== null) tell();
  }, [wanted]);
  const shown = wanted !== null && action.failure === null ? wanted.value : now;
  return {
    value: shown,
    change: (value) => {
      if (!action.isRunning) setWanted({ value });
    },
    action,
  };
}
