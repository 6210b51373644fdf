import { expect, it, vi } from 'vitest';
import { failure } from '@endymail/shared/result';
import type { AttentionItem } from '@endymail/shared/ipc';
import { ALICE } from './testing/mailboxes.ts';
import { iconName, trayTemplate } from './tray.ts';

const ITEM: AttentionItem = { kind: 'mailbox', address: ALICE, failure: failure('not-set-up') };

it('[SEC-66] each line opens a screen, and the last one quits', () => {
  const open = vi.fn();
  const quit = vi.fn();
  const template = trayTemplate([ITEM, { kind: 'back-up' }], { open, quit });
  expect(template.map(({ label, type }) => label ?? type)).toEqual([
    'Open Endymail',
    'separator',
    'alice@example.test needs you',
    'There is no backup yet',
    'separator',
    'Quit Endymail',
  ]);
  for (const { click } of template) {
    const work: unknown = click;
    if (typeof work === 'function') Reflect.apply(work, null, []);
  }
  expect(open.mock.calls).toEqual([[], [{ screen: 'mailbox', address: ALICE }], [{ screen: 'home' }]]);
  expect(quit).toHaveBeenCalledOnce();
});

it('does not grow without end', () => {
  const template = trayTemplate(
    Array.from({ length: 50 }, () => ITEM),
    { open: vi.fn(), quit: vi.fn() },
  );
  expect(template.filter(({ id }) => id?.startsWith('attention-'))).toHaveLength(5);
});

it('is a template where the system colours it, and has a second picture where something needs the person', () => {
  expect([iconName('linux', false), iconName('win32', true)]).toEqual(['tray.png', 'tray-attention.png']);
  expect([iconName('darwin', false), iconName('darwin', true)]).toEqual([
    'trayTemplate.png',
    'tray-attentionTemplate.png',
  ]);
});
