import { knownOptions, notOffered, strict } from '../strict.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

interface Privileges {
  readonly standard?: boolean;
  readonly secure?: boolean;
  readonly supportFetchAPI?: boolean;
  readonly codeCache?: boolean;
}

const handlers = new Map<string, SchemeHandler>();
const registered = new Set<string>();

/** The schemes that the app answers itself. */
export const schemes: ReadonlyMap<string, SchemeHandler> = handlers;

/** The names of the schemes that the app has registered. */
export const schemeNames: ReadonlySet<string> = registered;

/** Electron's `protocol`. */
export const protocol = strict('protocol', {
  /** Only schemes that are as an https address is: that is how Chromium is shown them. */
  registerSchemesAsPrivileged(list: readonly { readonly scheme: string; readonly privileges?: Privileges }[]): void {
    for (const { scheme, privileges = {} } of list) {
      knownOptions('a scheme', privileges, ['standard', 'secure', 'supportFetchAPI', 'codeCache']);
      if (privileges.standard !== true || privileges.secure !== true) {
        throw notOffered(`the scheme ${scheme} unless it is standard and secure`);
      }
      registered.add(scheme);
    }
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (!registered.has(scheme)) throw notOffered(`protocol.handle('${scheme}') before it was registered`);
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} has a handler.`);
    handlers.set(scheme, handler);
  },
});
