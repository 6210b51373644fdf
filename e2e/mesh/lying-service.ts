import type { CallName } from '@endymail/shared/mesh-api';
import { err, type Result } from '@endymail/shared/result';
import type { AccountParts } from '../../main/agent/account/account-parts.ts';
import {
  createServiceClient,
  type ServiceAddress,
  type ServiceClient,
  type ServiceFault,
} from '../../main/agent/mesh/index.ts';

/** What a service does in place of an honest one, by the name of the call. */
export type Lies = {
  [Name in CallName]?: (honest: ServiceClient[Name], caller: string) => ServiceClient[Name];
};

type AnyAnswer = Promise<Result<unknown, ServiceFault>>;

/** What happens to a call on its way, whichever it is: it may be made never, late, or twice. */
export type Weather = (call: { readonly name: string; readonly caller: string }, send: () => AnyAnswer) => AnyAnswer;

/** A call as it was made, before anything happened to it. */
export interface CallMade {
  readonly caller: string;
  readonly name: string;
  readonly input: unknown;
}

/** Stands between the computers and a real service, and does to their calls what a test says. */
export interface LyingService {
  /** Replaced as a whole; `{}`: it is honest. */
  lies: Lies;
  /** Null: nothing happens on the way. */
  weather: Weather | null;
  readonly calls: CallMade[];
  /** The network of a computer of this name. */
  readonly connectAs: (caller: string) => AccountParts['connect'];
}

/** `urlOf`: where the service is now; it may have been started again elsewhere. */
export function createLyingService(urlOf: (service: ServiceAddress) => string): LyingService {
  const lying: LyingService = {
    lies: {},
    weather: null,
    calls: [],
    connectAs: (caller) => (service, key) => {
      const at = { ...service, url: urlOf(service) };
      return throughLies(lying, caller, createServiceClient({ service: at, key, now: () => new Date() }));
    },
  };
  return lying;
}

type AnyCall = (input: never) => AnyAnswer;

function throughLies(lying: LyingService, caller: string, client: ServiceClient): ServiceClient {
  const calls = Object.entries(client).map(([name, honest]: [string, AnyCall]) => {
    const call = (input: never): AnyAnswer => {
      lying.calls.push({ caller, name, input });
      const lie = (lying.lies as Readonly<Record<string, (honest: AnyCall, caller: string) => AnyCall>>)[name];
      const send = (): AnyAnswer => (lie === undefined ? honest : lie(honest, caller))(input);
      return lying.weather === null ? send() : lying.weather({ name, caller }, send);
    };
    return [name, call] as const;
  });
  // The types of the calls are those of the client, one by one.
  return Object.fromEntries(calls) as ServiceClient;
}

/** Nobody was reached, or no answer came back. */
export const unreachable = (): Result<never, ServiceFault> =>
  err({ kind: 'carry', fault: { kind: 'offline', detail: 'a test cut the line' } });
