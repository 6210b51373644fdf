import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { MESH_API, type ServiceId } from '@endymail/shared/mesh-api';

/** Where something listens on this computer. */
interface Place {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
}

const ANSWER_MAX_MS = 5_000;
const EVERY_ADDRESS: Readonly<Record<string, string>> = Object.freeze({ '0.0.0.0': '127.0.0.1', '::': '::1' });

/** The id of the mesh service that listens at a place of this computer; null: what listens there is none. */
export async function serviceAt(place: Place): Promise<ServiceId | null> {
  const read = MESH_API.wellKnown.answer.read(await bodyAt(place, MESH_API.wellKnown));
  return read.ok ? read.value.service : null;
}

/** Whether a mesh service at a place of this computer says that it can be used. */
export async function isReadyAt(place: Place): Promise<boolean> {
  const read = MESH_API.ready.answer.read(await bodyAt(place, MESH_API.ready));
  return read.ok && read.value.status === 'ok';
}

/** What is answered to a call there; nothing where nobody answers, says no, or too much. */
function bodyAt(
  { host, port, isTls }: Place,
  { method, path, answer }: (typeof MESH_API)['wellKnown' | 'ready'],
): Promise<Uint8Array> {
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
      // It is asked how it is, and told nothing.
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
        resolve(response.statusCode === 200 ? new Uint8Array(Buffer.concat(parts)) : new Uint8Array());
      });
    });
    asked.on('error', nothing);
    asked.on('close', nothing);
    asked.end();
  });
}
