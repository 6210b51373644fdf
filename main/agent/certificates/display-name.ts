import type { MailAddress } from '@endymail/shared/mail';
import { COMMON_NAME_MAX_CHARS } from './limits.ts';

/**
 * The person's name as it may stand in a certificate (CN): one line, NFC, without control and invisible characters (a
 * bidirectional override could make one name look like another), at most 64 characters. An empty one becomes the address.
 * Applying it to its own result changes nothing.
 */
export function cleanDisplayName(name: string, address: MailAddress): string {
  const visible = name
    .replace(/\s/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .normalize('NFC');
  return cut(visible.replace(/ +/g, ' ').trim()) || cut(address);
}

function cut(text: string): string {
  return Array.from(text).slice(0, COMMON_NAME_MAX_CHARS).join('').trimEnd();
}
