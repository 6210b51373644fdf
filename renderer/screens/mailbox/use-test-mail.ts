import type { MailAddress } from '@endymail/shared/mail';
import { useState } from 'react';
import { useAction, type Action } from '../../state/use-action.ts';
import { useClient } from '../../state/use-page.ts';

/** A test mail to oneself: Thunderbird shows it in its own window, the person presses Send. */
export interface TestMail {
  readonly action: Action;
  /** By what it will be found; null: it was not opened, or the person has read what to look for. */
  readonly subject: string | null;
  readonly close: () => void;
}

export function useTestMail(address: MailAddress): TestMail {
  const client = useClient();
  const [subject, setSubject] = useState<string | null>(null);
  return {
    action: useAction(() => client.openTestMail(address), setSubject),
    subject,
    close: () => {
      setSubject(null);
    },
  };
}
