import type { CopyFault } from './copy.ts';
import type { Finding, Verified } from './verify.ts';

/** What a person reads when a folder was not copied, or could not be looked at. */
export function copyFaultWords(fault: CopyFault, from: string, to: string): string {
  switch (fault) {
    case 'missing':
      return `There is no data of a mesh service in ${from}.`;
    case 'no-id':
      return `The file service-id in ${from} is missing or damaged. Without it devices do not know the service.`;
    case 'newer':
      return `The data in ${from} was written by a newer Endymail. Update it; nothing was changed.`;
    case 'foreign':
      return `The data in ${from} is not that of a mesh service. Nothing was changed.`;
    case 'damaged':
      return `The data in ${from} is damaged. Nothing was changed.`;
    case 'unwritable':
      return `The data in ${from} can not be read.`;
    case 'there':
      return `There is something at ${to} already. Name a folder that is not there yet.`;
    case 'no-room':
      return `There is not enough room for ${to}. Nothing was left there.`;
    case 'refused':
      return `The folder ${to} can not be written. Nothing was left there.`;
  }
}

const NUMBER = new Intl.NumberFormat('en');

/** How much there is. */
export const amountWords = ({ accounts, links, entries, bytes }: Verified): string =>
  `accounts: ${NUMBER.format(accounts)}, links: ${NUMBER.format(links)}, entries: ${NUMBER.format(entries)}, ` +
  `bytes: ${NUMBER.format(bytes)}`;

/** One thing that is wrong. */
export function findingWords(finding: Finding): string {
  switch (finding.kind) {
    case 'not-whole':
      return 'The database is damaged.';
    case 'strays':
      return `What belongs to no list: ${NUMBER.format(finding.count)}.`;
    case 'chain':
      return `Account ${finding.account}: the profile chain is not right.`;
    case 'entries':
      return `Account ${finding.account}: the entries are not right.`;
    case 'counted':
      return `Account ${finding.account}: bytes or entries are counted wrongly.`;
  }
}
