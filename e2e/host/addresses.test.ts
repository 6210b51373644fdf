import { describe, expect, it } from 'vitest';
import { originOf, schemeOf, toAppAddress, toPageAddress } from './addresses.ts';

const schemes = new Set(['app']);

describe('the addresses of the app', () => {
  it.each([
    ['app://endymail/index.html', 'https://endymail.app.endymail-host.test/index.html'],
    ['app://endymail', 'https://endymail.app.endymail-host.test'],
    ['app://endymail?a#b', 'https://endymail.app.endymail-host.test?a#b'],
  ])('%s is shown to Chromium as %s, and known again', (app, page) => {
    expect(toPageAddress(app, schemes)).toBe(page);
    expect(toAppAddress(page)).toBe(app);
  });

  it.each([
    'https://example.org/',
    'other://endymail/',
    'about:blank',
    'https://endymail.app.endymail-host.test.example.org/',
    'http://endymail.app.endymail-host.test/',
  ])('%s is left as it is', (url) => {
    expect(toPageAddress(url, schemes)).toBe(url);
    expect(toAppAddress(url)).toBe(url);
  });

  it('have the origin and the scheme that Electron says', () => {
    expect(originOf('app://endymail/a?b')).toBe('app://endymail');
    expect(originOf('about:blank')).toBe('null');
    expect(schemeOf('MAILTO:a@b')).toBe('mailto');
    expect(schemeOf('/a')).toBe('');
  });
});
