import type { FoldItem } from './fold.ts';
import type { MailboxItem } from './items.ts';

/**
 * What becomes of a mailbox when an upsert does not name its current version: the certificate that was issued later
 * keeps its keys, and what the person chose is the upsert's. Where the current keys stay, the current version stays too,
 * so that the writer's next upsert, which names the one that lost, is merged as well and does not bring its keys back.
 * Takes a deleted mailbox too, which comes back with the later keys.
 */
export function mergedMailbox(current: FoldItem<MailboxItem>, incoming: FoldItem<MailboxItem>): FoldItem<MailboxItem> {
  if (incoming.item.issued > current.item.issued) return incoming;
  return { ...current, item: { ...current.item, enabled: incoming.item.enabled }, deleted: false };
}
