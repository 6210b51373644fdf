import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnv, runProgram } from './child.ts';
import { inPrivateFolder } from './private-folder.ts';

/** What is put into the certificate store of a closed profile by hand, with the bare NSS tools. */
export interface StoreContent {
  /** DER of roots, trusted for mail alone. */
  readonly trusted?: readonly Uint8Array[];
  /** DER of certificates that get no trust. */
  readonly certificates?: readonly Uint8Array[];
  readonly keys?: readonly { readonly pkcs12: Uint8Array; readonly password: string }[];
}

export async function putIntoStore(profileFolder: string, content: StoreContent): Promise<void> {
  const database = ['-d', `sql:${profileFolder}`];
  await inPrivateFolder(async (folder) => {
    const noPassword = folder.put('no-password', '\n');
    if (!existsSync(join(profileFolder, 'cert9.db'))) await nss('certutil', ['-N', ...database, '--empty-password']);
    const add = (der: Uint8Array, trust: string): Promise<Buffer> =>
      nss('certutil', [
        ...['-A', ...database, '-f', noPassword, '-n', crypto.randomUUID(), '-t', trust],
        ...['-i', folder.put('certificate', der)],
      ]);
    for (const der of content.trusted ?? []) await add(der, ',C,');
    for (const der of content.certificates ?? []) await add(der, ',,');
    for (const { pkcs12, password } of content.keys ?? []) {
      await nss('pk12util', [
        ...['-i', folder.put('key.p12', pkcs12), '-w', folder.put('password', `${password}\n`)],
        ...[...database, '-k', noPassword],
      ]);
    }
  });
}

async function nss(program: 'certutil' | 'pk12util', args: readonly string[]): Promise<Buffer> {
  const run = await runProgram(program, args, { env: baseEnv() });
  if (run.code !== 0) throw new Error(`${program} ${args[0] ?? ''}: ${run.stderr.toString()}${run.stdout.toString()}`);
  return run.stdout;
}
