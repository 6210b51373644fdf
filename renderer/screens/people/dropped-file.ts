import { LIMITS } from '@endymail/shared/ipc';
import { err, ok, type Result } from '@endymail/shared/result';
import type { DropProblem } from '../../text/people.ts';

/** The one file of a drop, as the browser gives it. */
export interface Dropped {
  readonly size: number;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

/** The text of the one file that was dropped. What is in it is judged by the agent, not here. */
export async function droppedText(files: readonly Dropped[]): Promise<Result<string, DropProblem>> {
  const [file] = files;
  if (file === undefined) return err('no-file');
  if (files.length > 1) return err('several');
  if (file.size > LIMITS.publicPartMaxChars) return err('too-large');
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return err('unreadable');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? err('no-text') : ok(text);
  } catch {
    return err('no-text');
  }
}
