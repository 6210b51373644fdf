import { describe, expect, it } from 'vitest';
import { isLocalName, parseAccountName, wellKnownUrl } from './names.ts';

describe('parseAccountName', () => {
  it.each([
    ['alice@mesh.example.org', 'alice', 'mesh.example.org', null],
    [' Alice@Mesh.Example.ORG\n', 'alice', 'mesh.example.org', null],
    ['a_b-c.1@localhost:4433', 'a_b-c.1', 'localhost', 4433],
    ['alice@192.0.2.7:4433', 'alice', '192.0.2.7', 4433],
    ['alice@[2001:db8::1]:4433', 'alice', '[2001:db8::1]', 4433],
    ['alice@[::1]', 'alice', '[::1]', null],
    ['alice@[1:2:3:4:5:6:7:8]', 'alice', '[1:2:3:4:5:6:7:8]', null],
  ])('takes %j', (input, local, host, port) => {
    const parsed = parseAccountName(input);
    expect(parsed).toEqual({ ok: true, value: { local, host, port, text: input.trim().toLowerCase() } });
    expect(parsed.ok && wellKnownUrl(parsed.value)).toBe(
      `https://${host}${port === null ? '' : `:${port}`}/.well-known/mesh`,
    );
  });

  it.each([
    '',
    'alice',
    '@mesh.example.org',
    'alice@',
    'alice@@mesh.example.org',
    'alice@mesh.example.org@evil.example',
    'alice@mesh.example.org/evil',
    'alice@mesh.example.org:',
    'alice@mesh.example.org:0',
    'alice@mesh.example.org:65536',
    'alice@mesh.example.org:04433',
    'alice@mesh..example.org',
    'alice@-mesh.example.org',
    'alice@1.2.3',
    'alice@1.2.3.256',
    'alice@01.2.3.4',
    'alice@0x7f000001',
    'alice@2001:db8::1',
    'alice@[2001:db8::1',
    'alice@[1:2:3:4:5:6:7]',
    'alice@[1:2:3:4:5:6:7:8:9]',
    'alice@[1::2::3]',
    'alice@[::1%eth0]',
    'alice@[mesh.example.org]',
    '.alice@mesh.example.org',
    'alice.@mesh.example.org',
    'al..ice@mesh.example.org',
    '-alice@mesh.example.org',
    'al ice@mesh.example.org',
    'alice+x@mesh.example.org',
    // A Cyrillic a, a Kelvin sign, a full-width a, a joiner that nobody sees.
    '\u0430lice@mesh.example.org',
    '\u212alice@mesh.example.org',
    '\uff41lice@mesh.example.org',
    'ali\u200dce@mesh.example.org',
    'alice@mesh.ex\u0430mple.org',
    `${'a'.repeat(65)}@mesh.example.org`,
    `alice@${'a'.repeat(64)}.org`,
    `alice@${'a.'.repeat(130)}org`,
  ])('refuses %j', (input) => {
    expect(parseAccountName(input)).toMatchObject({ ok: false, error: { code: 'account-name-invalid' } });
  });
});

describe('isLocalName', () => {
  it('takes small letters alone', () => {
    expect(isLocalName('alice')).toBe(true);
    expect(isLocalName('Alice')).toBe(false);
    expect(isLocalName('alice\n')).toBe(false);
  });
});
