import type { MailAddress } from '@endymail/shared/mail';
import { COMMON_NAME_MAX_CHARS } from './limits.ts';

/** Control, format, surrogate, private and default-ignorable characters: a bidirectional override alone forges a name. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The person's name as it may stand in a certificate (CN): one line, NFC, nothing invisible, at most 64 characters. An
 * empty one becomes the address. Applying it to its own result changes nothing.
 */
export function cleanDisplayName(name: string, address: MailAddress): string {
  const visible = name.replace(/\s/gu, ' ').replace(INVISIBLE, '').normalize('NFC');
  return cut(visible.replace(/ +/g, ' ').trim()) || cut(address);
}

function cut(text: string): string {
  return Array.from(text).slice(0, COMMON_NAME_MAX_CHARS).join('').trimEnd();
}
