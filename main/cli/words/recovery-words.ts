import type { AccountMark, RecoveredAccount, RecoveryPreview } from '@endymail/shared/account';
import { deviceName, localTime } from './account-words.ts';

/** What stands below the recovery words on paper. */
export const markWords = ({ mark, at }: AccountMark): string => `As of ${localTime(at)}: ${mark}`;

/** What the words would bring back. `isCompared`: with what stands on paper. */
export function previewWords(
  { name, fingerprint, asOf, devices }: RecoveryPreview,
  keep: readonly string[] | 'all',
  isCompared: boolean,
): string {
  return [
    `Account      ${name}`,
    `Fingerprint  ${fingerprint}`,
    isCompared
      ? `Last change  ${localTime(asOf.at)}; it has everything that your paper stands for`
      : `Last change  ${localTime(asOf.at)}, as the service shows it. If you know of a later one, do not go on.`,
    ...devices.map((device) => {
      const stays = keep === 'all' || keep.includes(device.id);
      const last = device.lastSeenAt === null ? 'never' : localTime(device.lastSeenAt);
      return `${stays ? 'Stays' : 'Goes '}  ${deviceName(device)}  ${device.id.slice(0, 12)}, last active ${last}`;
    }),
  ].join('\n');
}

export function recoveredWords({ account, removed, renewed, tasks }: RecoveredAccount): string {
  return [
    `This computer belongs to ${account.name} now. The words stay valid: keep the paper.`,
    ...(removed.length > 0 ? [`Removed: ${removed.map(deviceName).join(', ')}`] : []),
    ...(renewed.length > 0 ? [`New keys were made for: ${renewed.join(', ')}`] : []),
    ...tasks.map((task) => `! ${task}`),
  ].join('\n');
}
