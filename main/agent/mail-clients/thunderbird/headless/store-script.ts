import * as v from 'valibot';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Trust } from '../applying/store-change.ts';
import type { JsonValue } from './marionette.ts';

/** One change as the script inside Thunderbird is told it. */
export type ScriptChange =
  | { readonly kind: 'add'; readonly der: string; readonly trust: string }
  | { readonly kind: 'import-key'; readonly file: string; readonly password: string }
  | { readonly kind: 'remove'; readonly der: string };

/** The trust strings of nsIX509CertDB.addCertFromBase64 (the same as certutil's). */
export const TRUST_STRINGS: Readonly<Record<Trust, string>> = Object.freeze({ 'mail-authority': ',C,', none: ',,' });

/**
 * Makes the changes in their order through nsIX509CertDB (security/manager/ssl/nsIX509CertDB.idl) and returns "done", or
 * what went wrong. A certificate is removed by finding it among all, so that none with a like name is taken for it.
 */
export const STORE_SCRIPT = `
  const db = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB);
  const make = change => {
    if (change.kind === "add") {
      db.addCertFromBase64(change.der, change.trust);
    } else if (change.kind === "import-key") {
      const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
      file.initWithPath(change.file);
      const code = db.importPKCS12File(file, change.password);
      // Duplicate: a run before this one was ended after it.
      const good = [Ci.nsIX509CertDB.Success, Ci.nsIX509CertDB.ERROR_PKCS12_DUPLICATE_DATA];
      if (!good.includes(code)) throw new Error("importPKCS12File returned " + code);
    } else {
      const found = db.getCerts().find(cert => cert.getBase64DERString() === change.der);
      if (found) db.deleteCertificate(found);
    }
  };
  for (const change of args[0]) {
    try {
      make(change);
    } catch (error) {
      // The store refused, e.g. a second certificate of one issuer and serial. The run itself did what it was asked to.
      return change.kind + ": " + error;
    }
  }
  return "done";`;

/** Where the program itself says it is working. Asked before it is given anything: the port has no authentication. */
export const WHERE_SCRIPT = 'return PathUtils.profileDir;';

/** Ends the program from the inside after `args[0]` milliseconds, whatever becomes of this process. */
export const LIMIT_SCRIPT = `
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  setTimeout(() => Services.startup.quit(Ci.nsIAppStartup.eForceQuit), args[0]);`;

/** The arguments of STORE_SCRIPT. */
export const scriptArguments = (changes: readonly ScriptChange[]): readonly JsonValue[] => [
  changes.map((change): JsonValue => ({ ...change })),
];

/** Reads what STORE_SCRIPT returned. Errors: `certificate-store`. */
export function readScriptAnswer(answer: unknown): Result<void, Failure> {
  const parsed = v.safeParse(v.string(), answer);
  const text = parsed.success ? parsed.output : 'an answer that is none';
  return text === 'done' ? ok() : err(failure('certificate-store', undefined, text));
}
