import { DEVICES_NOTE } from '../text/common.ts';
import { Note } from './note.tsx';

/** What becomes of encrypted mail on a phone and in webmail. */
export function DevicesNote() {
  return (
    <Note>
      {DEVICES_NOTE.before}
      <span className="code nowrap">{DEVICES_NOTE.file}</span>
      {DEVICES_NOTE.after}
    </Note>
  );
}
