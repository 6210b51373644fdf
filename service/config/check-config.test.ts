import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { selfSigned } from '../own-certificate.ts';
import { startService } from '../start-service.ts';
import { program } from '../testing/program.ts';
import { checkSettings } from './check-config.ts';
import { readSettings } from './settings.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endymail-check-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const data = (): string => join(folder, 'data');

/** What is said of a configuration, with what is wrong marked. */
async function saidOf(config: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const configFile = join(folder, 'mesh.json');
  await writeFile(configFile, JSON.stringify({ listen: { port: 0 }, ...config }));
  const settings = await readSettings({ configFile, dataFolder: data() }, {});
  if (!settings.ok) throw new Error(settings.error);
  return (await checkSettings(settings.value)).map(({ isRight, sentence }) => `${isRight ? '' : 'WRONG '}${sentence}`);
}

async function tlsFiles(certificate: string, key: string) {
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  await writeFile(certificateFile, certificate);
  await writeFile(keyFile, key);
  return { certificateFile, keyFile };
}

it('finds nothing wrong where nothing is configured, and makes nothing', async () => {
  expect(await saidOf({})).toEqual([`${data()} can be made.`, 'The port is any that is free.']);
  expect(await readdir(folder)).toEqual(['mesh.json']);
});

it('says of certificate and key whether they fit, until when, and what devices remember', async () => {
  const { certificate, key } = selfSigned();
  const [said] = await saidOf({ tls: await tlsFiles(certificate, key) });
  expect(said).toMatch(/^Certificate and key fit: valid until Dec 31 .*2049 GMT, SHA-256 of its key [0-9a-f]{64}\.$/);
  const [other] = await saidOf({ tls: await tlsFiles(certificate, selfSigned().key) });
  expect(other).toMatch(/^WRONG Certificate and key of the service can not be used \(ERR_OSSL/);
  const [missing] = await saidOf({ tls: { certificateFile: join(folder, 'none'), keyFile: join(folder, 'none') } });
  expect(missing).toBe(`WRONG The file ${join(folder, 'none')} can not be read.`);
});

it('[SEC-75] says that others could reach it without protection', async () => {
  const [said] = await saidOf({ listen: { host: '0.0.0.0', port: 0 } });
  expect(said).toMatch(/^WRONG Others could reach 0\.0\.0\.0/);
});

it('says what is wrong with the folder and with what is kept in it', async () => {
  await writeFile(data(), 'a file');
  expect(await saidOf({})).toContain(`WRONG ${data()} is no folder.`);
  await rm(data());
  await mkdir(data());
  await writeFile(join(data(), 'service-id'), 'no id\n');
  expect(await saidOf({})).toContain(`WRONG ${join(data(), 'service-id')} is damaged. Put it back from a backup.`);
  await rm(data(), { recursive: true });
  const listen = { host: '127.0.0.1', port: 0 };
  const service = await startService({ dataFolder: data(), listen });
  if (!service.ok) throw new Error(service.error.kind);
  await service.value.stop();
  expect(await saidOf({})).toContain('What is kept there can be opened.');
  await writeFile(join(data(), 'mesh.sqlite'), 'this is a letter, and no database at all '.repeat(100));
  expect(await saidOf({})).toContain(
    `WRONG The data in ${data()} is damaged. Put it back from a backup; nothing was changed.`,
  );
});

it.each([false, true])(
  'says who has the port: another program, or the service of this folder (TLS: %s)',
  async (isTls) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const listen = { host: '127.0.0.1', port };
    expect(await saidOf({ listen })).toContain(
      `WRONG Another program listens at 127.0.0.1, port ${port}. Choose another port.`,
    );
    other.close();
    await once(other, 'close');
    expect(await saidOf({ listen })).toContain(`Port ${port} at 127.0.0.1 is free.`);
    expect(await saidOf({ metrics: { port } })).toContain(`Metrics: Port ${port} at 127.0.0.1 is free.`);
    const tls = isTls ? selfSigned() : null;
    const service = await startService({ dataFolder: data(), listen, tls });
    if (!service.ok) throw new Error(service.error.kind);
    const files = tls === null ? {} : { tls: await tlsFiles(tls.certificate, tls.key) };
    expect(await saidOf({ listen, ...files })).toContain(`The service of this folder runs at 127.0.0.1, port ${port}.`);
    await service.value.stop();
  },
);

it('is one line for each, with an exit code', async () => {
  const env = { ENDYMAIL_MESH_PORT: '0' };
  const fine = await program(['--check-config', '--data', data()], env);
  expect(fine.said.trimEnd().split('\n')).toEqual([
    'right  There is no file, so the configuration holds.',
    `right  ${data()} can be made.`,
    'right  The port is any that is free.',
  ]);
  expect(fine.code).toBe(0);
  const wrong = await program(['--check-config', '--data', data()], { ...env, ENDYMAIL_MESH_HOST: '0.0.0.0' });
  expect([wrong.code, wrong.said.match(/^wrong/gm)]).toEqual([1, ['wrong']]);
  const unread = await program(['--check-config', '--config', join(folder, 'none')]);
  expect([unread.code, unread.complained]).toEqual([2, `The file ${join(folder, 'none')} can not be read.\n`]);
});
