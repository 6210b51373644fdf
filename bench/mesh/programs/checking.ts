import { generateSigningKey, sign, verify } from '@endymail/shared/sealing';
import { bareServer } from './bare-server.ts';
import { ready } from './ready.ts';

/** The same that verifies two signatures before each answer: as many as an append has. */
const key = await generateSigningKey();
const message = new Uint8Array(1_024);
const signature = await sign(key, message);
ready(
  await bareServer(async () => {
    for (let count = 0; count < 2; count += 1) {
      if (!(await verify(key.publicKey, message, signature))) throw new Error('A signature that does not hold');
    }
  }),
);
