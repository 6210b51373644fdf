import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { MESH_API, type ServiceId } from '@endymail/shared/mesh-api';

const ANSWER_MAX_MS = 2_000;
const EVERY_ADDRESS: Readonly<Record<string, string>> = Object.freeze({ '0.0.0.0': '127.0.0.1', '::': '::1' });

/** The id of the mesh service that listens somewhere on this computer; null: what listens there is none. */
export async function serviceAt(
  { host, port }: { readonly host: string; readonly port: number },
  isTls: boolean,
): Promise<ServiceId | null> {
  const { method, path, answer } = MESH_API.wellKnown;
  const read = answer.read(await bodyOf());
  return read.ok ? read.value.service : null;

  function bodyOf(): Promise<Uint8Array> {
    return new Promise((resolve) => {
      const nothing = (): void => {
        resolve(new Uint8Array());
      };
      const options = {
        host: EVERY_ADDRESS[host] ?? host,
        port,
        method,
        path,
        headers: { host: `localhost:${port}` },
        agent: false,
        // It is asked who it is, and told nothing.
        rejectUnauthorized: false,
        signal: AbortSignal.timeout(ANSWER_MAX_MS),
      };
      const asked = (isTls ? tlsRequest : plainRequest)(options, (response: IncomingMessage) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('error', nothing);
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > answer.maxBytes) asked.destroy();
          else parts.push(part);
        });
        response.on('end', () => {
          resolve(new Uint8Array(Buffer.concat(parts)));
        });
      });
      asked.on('error', nothing);
      asked.on('close', nothing);
      asked.end();
    });
  }
}
