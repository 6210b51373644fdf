import { assertNever } from '@endymail/shared/result';
import type { Progress } from '../../agent/index.ts';

/** Nothing was heard for a while: what it may be. */
export const WAITING_WORDS =
  'Waiting: your keychain may ask to be unlocked, or another Endymail is at work (Ctrl+C gives up).';

/** What is said while work goes on; null: nothing worth a line. */
export function progressWords({ kind, address, profile }: Progress): string | null {
  const where = profile ? `“${profile.name}”` : '';
  switch (kind) {
    case 'making-keys':
      return null;
    case 'setting-up':
      return `Setting up ${address ?? ''} in the Thunderbird profile ${where} …`;
    case 'taking-back':
      return `Putting the Thunderbird profile ${where} back as it was …`;
    case 'set-up':
      return null;
    case 'waiting':
      return `Thunderbird is running with the profile ${where}. Close it, I am waiting (Ctrl+C to do it later).`;
    default:
      return assertNever(kind);
  }
}
