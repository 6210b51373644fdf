import { ok } from '@endymail/shared/result';
import { contentDigest, udfText } from '@endymail/shared/sealing/public';
import { readInputFile } from '../../files/input-file.ts';
import { defineCommand, type Outcome } from '../command-line/command.ts';

const FILE_MAX_BYTES = 256 * 1024 * 1024;

/** What the bytes of a file are to a fingerprint, whatever they are to somebody else (RFC 2046 §4.5.1). */
const CONTENT_TYPE = 'application/octet-stream';

export const fingerprint = defineCommand({
  name: 'fingerprint',
  summary: 'Show the fingerprint of a file: 28 letters by which two people see that they have the same one.',
  takes: '<file>',
  count: [1, 1],
  options: {},
  help: [
    'A fingerprint by draft-hallambaker-mesh-udf, of the bytes of the file and nothing else. It opens none of your data.',
    '',
    '  endymail fingerprint alice.endymail',
  ].join('\n'),
  run: async (_session, { positionals: [path = ''] }) => {
    const file = await readInputFile(path, FILE_MAX_BYTES);
    if (!file.ok) return file;
    const text = udfText(contentDigest(CONTENT_TYPE, new Uint8Array(file.value)));
    return ok<Outcome>({ text, json: { file: path, fingerprint: text }, exit: 'done' });
  },
});
