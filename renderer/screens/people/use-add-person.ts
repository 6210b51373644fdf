import type { PersonView } from '@endymail/shared/mail';
import { useEffect, useEffectEvent, useState } from 'react';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';

/** A file that names somebody, before it is used. */
export interface Candidate {
  readonly text: string;
  readonly person: PersonView;
}

export interface AddPerson {
  /** Asks which file. */
  readonly choose: Action;
  readonly candidate: Candidate | null;
  readonly close: () => void;
}

/** *Add somebody…*: a file, and then whom it names. */
export function useAddPerson(): AddPerson {
  const client = useClient();
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  return {
    choose: useAction(() => client.choosePublicPart(), setCandidate),
    candidate,
    close: () => {
      setCandidate(null);
    },
  };
}

/** Reads a text that was dropped: whom it names. */
export function useReadPerson(text: string): { readonly action: Action; readonly candidate: Candidate | null } {
  const client = useClient();
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const action = useAction(
    () => client.readPublicPart(text),
    (person) => {
      setCandidate({ text, person });
    },
  );
  const read = useEffectEvent(action.run);
  useEffect(() => {
    read();
  }, []);
  return { action, candidate };
}
