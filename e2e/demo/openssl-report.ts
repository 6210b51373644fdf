import { X509Certificate } from 'node:crypto';
import { baseEnv, pem, runProgram, type InspectedMail } from '../harness/index.ts';
import { RESULT_FILES, VERIFY_COMMAND } from './result-files.ts';

/** What openssl found out about the mail, for a person to read. `owners` says by serial number whose a certificate is. */
export async function opensslReport(
  mail: Uint8Array,
  seen: InspectedMail,
  owners: ReadonlyMap<string, string>,
): Promise<string> {
  const structure = await openssl(['cms', '-cmsout', '-print', '-noout'], mail);
  const carried = await Promise.all(
    (seen.signature?.carries ?? []).map((der) =>
      openssl(['x509', '-noout', '-text', '-nameopt', 'utf8'], Buffer.from(pem(der))),
    ),
  );
  return [
    '# What everybody on the way can see in the sealed part',
    '',
    'It is encrypted for the holders of these certificates, named by issuer and serial number only:',
    '',
    ...seen.recipients.map(({ issuer, serial }) => `  ${issuer}, ${serial}: ${owners.get(serial) ?? 'unknown'}`),
    '',
    `$ openssl cms -cmsout -print -noout -in ${RESULT_FILES['on-the-wire'].name}`,
    algorithms(structure),
    '',
    "# With bob's key",
    '',
    `$ openssl cms -decrypt -in ${RESULT_FILES['on-the-wire'].name} -recip bob.pem -inkey (bob's key) -out ${RESULT_FILES.opened.name}`,
    seen.content === null ? 'It does not open.' : `It opens: ${seen.content.length} bytes.`,
    '',
    '# Who wrote it',
    '',
    `$ ${VERIFY_COMMAND}`,
    seen.signature?.openssl ?? 'There is no signature.',
    `Signed by ${seen.signature?.signerAddresses.join(', ') ?? 'nobody'}.`,
    '',
    `# The certificates that come with the signature: ${carried.length}`,
    '',
    ...carried,
    '',
  ].join('\n');
}

/** Two lines out of a structure that is pages long. */
function algorithms(structure: string): string {
  const named = (pattern: RegExp): string => pattern.exec(structure)?.[1] ?? 'unknown';
  return [
    `  the key of the content goes to each holder by  ${named(/keyEncryptionAlgorithm:\s+algorithm: (\S+)/)}`,
    `  the content is encrypted by                    ${named(/contentEncryptionAlgorithm:\s+algorithm: (\S+)/)}`,
  ].join('\n');
}

async function openssl(args: readonly string[], input: Uint8Array): Promise<string> {
  return (await runProgram('openssl', args, { env: baseEnv(), input })).stdout.toString().trimEnd();
}

/** The serial number of a certificate as the report names it: lower-case hex. */
export const serialOf = (certificate: Uint8Array): string =>
  new X509Certificate(certificate).serialNumber.toLowerCase();

/** As "OpenSSL 3.0.17". */
export async function opensslVersion(): Promise<string> {
  return (await openssl(['version'], Buffer.alloc(0))).split(' ').slice(0, 2).join(' ');
}
