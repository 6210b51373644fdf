import { serveKeytar } from '../agent/client.ts';

/** This program as the one that reaches the keychain: one request, then the end. See main/agent/keychain. */
export async function answerKeychain(): Promise<number> {
  await serveKeytar();
  return 0;
}
