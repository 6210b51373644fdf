import { randomBytes } from 'node:crypto';
import type { BrowserWindowConstructorOptions } from 'electron';
import { hardenContents, SAFE_WEB_PREFERENCES, type HardenedContents } from './hardening.ts';
import { PAGE_HEADERS, PAGE_ORIGIN } from './page-protocol.ts';
import { SHEET_POLICY } from './words-page.ts';

/** A window that a document for paper is loaded into. */
export interface PaperWindow {
  loadURL(url: string): Promise<void>;
  destroy(): void;
  readonly webContents: HardenedContents & {
    printToPDF(options: { readonly pageSize: 'A4'; readonly printBackground: boolean }): Promise<Uint8Array>;
    print(options: { readonly silent: boolean }, onEnd: (success: boolean, why: string) => void): void;
  };
}

/** Puts a static document on paper, in a window that nobody sees and that runs nothing. */
export interface Paper {
  readonly pdf: (document: string) => Promise<Uint8Array>;
  /** By the system's own dialogue. Resolves when it is over, however the person left it. */
  readonly print: (document: string) => Promise<void>;
  /**
   * Answers the request for the one document that is being put on paper, once; null: it is none of these. Its address can
   * not be guessed, and nobody but the window for it is told.
   */
  readonly serve: (url: string) => Response | null;
}

export function createPaper(create: (options: BrowserWindowConstructorOptions) => PaperWindow): Paper {
  const waiting = new Map<string, string>();

  async function onPaper<T>(document: string, work: (window: PaperWindow) => Promise<T>): Promise<T> {
    const url = `${PAGE_ORIGIN}/paper-${randomBytes(32).toString('hex')}`;
    const window = create({
      show: false,
      webPreferences: { ...SAFE_WEB_PREFERENCES, javascript: false },
    });
    hardenContents(window.webContents);
    waiting.set(url, document);
    try {
      await window.loadURL(url);
      return await work(window);
    } finally {
      waiting.delete(url);
      window.destroy();
    }
  }

  return {
    pdf: (document) =>
      onPaper(document, ({ webContents }) => webContents.printToPDF({ pageSize: 'A4', printBackground: false })),

    print: (document) =>
      onPaper(
        document,
        ({ webContents }) =>
          new Promise<void>((resolve) => {
            webContents.print({ silent: false }, () => {
              resolve();
            });
          }),
      ),

    serve(url) {
      const document = waiting.get(url);
      if (document === undefined) return null;
      waiting.delete(url);
      const headers = { ...PAGE_HEADERS, 'content-security-policy': SHEET_POLICY };
      return new Response(document, { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
    },
  };
}
