import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseLink } from './deep-link.ts';

it.each([
  ['endymail:', { screen: 'home' }],
  ['endymail:home', { screen: 'home' }],
  ['endymail://people/', { screen: 'people' }],
  ['ENDYMAIL:Settings', { screen: 'settings' }],
  ['endymail:help', { screen: 'help' }],
  ['endymail:mailbox/alice%40example.test', { screen: 'mailbox', address: 'alice@example.test' }],
  ['endymail://mailbox/alice@example.test', { screen: 'mailbox', address: 'alice@example.test' }],
  ['mesh:whatever/it?is=1#x', { screen: 'home' }],
  ['mesh://approve', { screen: 'home' }],
])('%s', (link, screen) => {
  expect(parseLink(link)).toEqual(screen);
});

it.each([
  'https://endymail.example/',
  'endymail:enable',
  'endymail:mailbox',
  'endymail:mailbox/%',
  'endymail:mailbox/nobody',
  'endymail:home?remove=all',
  'endymail:home#x',
  'endymail:home/remove',
  'endymail:home home',
  `mesh:${'x'.repeat(3_000)}`,
  '',
])('%j leads nowhere, or to nothing but a screen', (link) => {
  expect([null, 'home']).toContain(parseLink(link)?.screen ?? null);
});

it('[SEC-58] a link, whatever is in it, opens a screen or nothing', () => {
  const screens = ['home', 'mailbox', 'people', 'settings', 'help'];
  fc.assert(
    fc.property(
      fc.constantFrom('endymail:', 'mesh:', 'endymail://', ''),
      fc.string({ unit: 'binary' }),
      (scheme, rest) => {
        const link = parseLink(scheme + rest);
        expect(link === null || screens.includes(link.screen)).toBe(true);
        expect(Object.keys(link ?? {}).every((key) => key === 'screen' || key === 'address')).toBe(true);
      },
    ),
  );
});
