import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';

/** Loaded into an app by `computerNamed`: the computer has the name that a test gave it. */
const name = process.env['ENDYMAIL_TEST_COMPUTER'];
if (name !== undefined) {
  os.hostname = () => name;
  syncBuiltinESMExports();
}
