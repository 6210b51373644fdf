import { describe, expect, it } from 'vitest';
import { createPlaces, isLoopback } from './places.ts';

describe('createPlaces', () => {
  let addresses = ['192.0.2.7', '2001:DB8::7'];
  const at = (host: string, port: number, scheme: 'http' | 'https' = 'http', publicOrigin: string | null = null) =>
    createPlaces({ scheme, host, port, publicOrigin }, () => addresses);

  it('knows the service by its own addresses alone', () => {
    const { originOf } = at('0.0.0.0', 4433);
    expect(originOf('192.0.2.7:4433')).toBe('http://192.0.2.7:4433');
    expect(originOf('[2001:db8::7]:4433')).toBe('http://[2001:db8::7]:4433');
    expect(originOf('localhost:4433')).toBe('http://localhost:4433');
    for (const host of ['192.0.2.8:4433', '192.0.2.7', '192.0.2.7:443', 'evil.example:4433', '', undefined]) {
      expect(originOf(host)).toBeNull();
    }
    expect(at('127.0.0.1', 4433).originOf('192.0.2.7:4433')).toBeNull();
  });

  it('knows the address that the computer has now', () => {
    const { originOf } = at('::', 4433);
    addresses = ['198.51.100.1'];
    expect(originOf('198.51.100.1:4433')).toBe('http://198.51.100.1:4433');
    expect(originOf('192.0.2.7:4433')).toBeNull();
  });

  it('leaves the default port out, as clients do', () => {
    const { originOf } = at('192.0.2.7', 443, 'https');
    expect(originOf('192.0.2.7')).toBe('https://192.0.2.7');
    expect(originOf('192.0.2.7:443')).toBeNull();
  });

  it('knows its public name, whatever it listens at', () => {
    const { originOf } = at('127.0.0.1', 4433, 'http', 'https://mesh.example.org:8443');
    expect(originOf('Mesh.Example.org:8443')).toBe('https://mesh.example.org:8443');
    expect(originOf('mesh.example.org')).toBeNull();
  });
});

describe('isLoopback', () => {
  it('is what only this computer reaches', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(isLoopback(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', '192.0.2.7', '127.0.0.1.example', 'localhost.example']) {
      expect(isLoopback(host)).toBe(false);
    }
  });
});
