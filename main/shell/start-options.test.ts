import { expect, it } from 'vitest';
import { parseStart } from './start-options.ts';

const WINDOW = { kind: 'window', home: null, isHidden: false, link: null, hasOwnUserData: false };

it.each([
  [[], WINDOW],
  [['--hidden'], { ...WINDOW, isHidden: true }],
  [['--home', '/data ü'], { ...WINDOW, home: '/data ü' }],
  [['--home=/data', '--user-data-dir=/other'], { ...WINDOW, home: '/data', hasOwnUserData: true }],
  [['endymail:people'], { ...WINDOW, link: 'endymail:people' }],
  [['--home', '/data', 'MESH://x'], { ...WINDOW, home: '/data', link: 'MESH://x' }],
  [['--home'], WINDOW],
  [['--cli', 'enable', '--home', '/data'], { kind: 'cli', args: ['enable', '--home', '/data'] }],
  [['--endymail-keytar'], { kind: 'keytar' }],
])('%j', (args, start) => {
  expect(parseStart(args)).toEqual(start);
});

it('[SEC-58] obeys nothing that follows a link, and is another program only by its first argument', () => {
  const smuggled = [
    'endymail:home',
    '--home=//evil/share',
    '--user-data-dir=/x',
    '--hidden',
    '--cli',
    '--endymail-keytar',
  ];
  expect(parseStart(smuggled)).toEqual({ ...WINDOW, link: 'endymail:home' });
  expect(parseStart(['--hidden', '--cli', 'export'])).toEqual({ ...WINDOW, isHidden: true });
  expect(parseStart(['--hidden', '--endymail-keytar'])).toEqual({ ...WINDOW, isHidden: true });
});
