import { describe, expect, it } from 'vitest';
import { DEFAULT_PORT, readConfig } from './config.ts';
import { defaultDataFolder } from './data-folder.ts';

const NOTHING_SAID = {
  data: null,
  listen: { host: '127.0.0.1', port: DEFAULT_PORT },
  publicUrl: null,
  tls: null,
  trustedProxies: [],
  metrics: null,
  log: 'requests',
  limits: {},
};

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig(null, { PATH: '/bin' })).toEqual({ ok: true, value: NOTHING_SAID });
    expect(readConfig('{}', {})).toEqual({ ok: true, value: NOTHING_SAID });
  });

  const file = {
    data: '/srv/mesh',
    listen: { host: '0.0.0.0', port: 443 },
    publicUrl: 'https://mesh.example.org',
    tls: { certificateFile: 'a.pem', keyFile: 'b.pem' },
    trustedProxies: ['192.0.2.1', '2001:db8::1'],
    metrics: { host: '127.0.0.1', port: 9_464 },
    log: 'none',
    limits: { accountMaxDevices: 5 },
  };

  it('takes everything from the file, and the environment before it', () => {
    expect(readConfig(JSON.stringify(file), {})).toEqual({ ok: true, value: file });
    const local = readConfig('{"metrics": {"port": 9464}}', {});
    expect(local).toMatchObject({ ok: true, value: { metrics: { host: '127.0.0.1', port: 9_464 } } });
    const env = {
      ENDYMAIL_MESH_CONFIG: 'elsewhere.json',
      ENDYMAIL_MESH_DATA: '/data',
      ENDYMAIL_MESH_PORT: '8443',
      ENDYMAIL_MESH_PUBLIC_URL: 'https://mesh.example.net:8443',
      ENDYMAIL_MESH_TRUSTED_PROXIES: '127.0.0.1, ::1',
      ENDYMAIL_MESH_LOG: 'requests',
    };
    expect(readConfig(JSON.stringify(file), env)).toMatchObject({
      ok: true,
      value: {
        data: '/data',
        listen: { host: '0.0.0.0', port: 8443 },
        publicUrl: 'https://mesh.example.net:8443',
        trustedProxies: ['127.0.0.1', '::1'],
        log: 'requests',
        limits: { accountMaxDevices: 5 },
      },
    });
  });

  it.each([
    ['{"prot": 1}', 'In the configuration file, "prot" is unknown.'],
    ['{"listen": {"prot": 1}}', 'In the configuration file, "listen.prot" is unknown.'],
    ['{"limits": {"accountMaxDevice": 1}}', 'In the configuration file, "limits.accountMaxDevice" is unknown.'],
    ['{', 'The configuration file is not JSON.'],
  ])('refuses %s and names it', (text, sentence) => {
    expect(readConfig(text, {})).toEqual({ ok: false, error: sentence });
  });

  it.each([
    [{ listen: { port: 65_536 } }, 'listen.port'],
    [{ listen: { host: 'mesh.example.org' } }, 'listen.host'],
    [{ publicUrl: 'https://mesh.example.org/' }, 'publicUrl'],
    [{ publicUrl: 'https://mesh.example.org/path' }, 'publicUrl'],
    [{ publicUrl: 'ftp://mesh.example.org' }, 'publicUrl'],
    [{ publicUrl: 'https://a@mesh.example.org' }, 'publicUrl'],
    [{ tls: { certificateFile: 'a.pem' } }, 'tls.keyFile'],
    [{ trustedProxies: ['proxy'] }, 'trustedProxies.0'],
    [{ limits: { accountMaxDevices: 0 } }, 'limits.accountMaxDevices'],
    [{ metrics: { host: '127.0.0.1' } }, 'metrics.port'],
    [{ log: 'everything' }, 'log'],
  ])('refuses %j and names what is wrong', (document, path) => {
    const read = readConfig(JSON.stringify(document), {});
    expect(read.ok ? '' : read.error).toContain(`In the configuration file, "${path}" is wrong: `);
  });

  it('refuses a variable that there is not, and one that is wrong, by its name', () => {
    expect(readConfig(null, { ENDYMAIL_MESH_PROT: '1' })).toEqual({
      ok: false,
      error: 'There is no variable ENDYMAIL_MESH_PROT.',
    });
    for (const [name, value] of [
      ['ENDYMAIL_MESH_PORT', '4433a'],
      ['ENDYMAIL_MESH_HOST', 'mesh.example.org'],
      ['ENDYMAIL_MESH_DATA', ''],
      ['ENDYMAIL_MESH_LOG', 'everything'],
    ] as const) {
      const read = readConfig(null, { [name]: value });
      expect(read.ok ? '' : read.error).toContain(`In the variable ${name}, `);
    }
  });
});

describe('defaultDataFolder', () => {
  it('is where each platform keeps such data', () => {
    expect(defaultDataFolder('linux', '/home/a', {})).toBe('/home/a/.local/share/endymail-mesh');
    expect(defaultDataFolder('linux', '/home/a', { XDG_DATA_HOME: '/d' })).toBe('/d/endymail-mesh');
    expect(defaultDataFolder('linux', '/home/a', { XDG_DATA_HOME: 'd' })).toBe('/home/a/.local/share/endymail-mesh');
    expect(defaultDataFolder('darwin', '/Users/a', {})).toBe('/Users/a/Library/Application Support/Endymail Mesh');
    expect(defaultDataFolder('win32', 'C:\\a', {})).toBe('C:\\a\\AppData\\Local\\Endymail Mesh');
  });
});
