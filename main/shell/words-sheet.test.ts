import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ok, Redacted } from '@endymail/shared/result';
import { createPaper, type PaperWindow } from './paper.ts';
import { account } from './testing/accounts.ts';
import { accountShell } from './testing/account-shell.ts';
import { wordsPage } from './words-page.ts';

const WORDS = Array.from({ length: 24 }, (_, index) => `word${index + 1}`);
const words = () => Promise.resolve(ok(new Redacted(WORDS.join(' '))));
const mark = () => Promise.resolve(ok({ mark: '12-3f2a', at: '2026-01-02T00:00:00.000Z' }));
const show = () => Promise.resolve(ok(account()));

it('[SEC-137] the sheet of the words is written where the person said, for its owner alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'endymail-sheet-'));
  try {
    const path = join(folder, 'words.pdf');
    const { calls } = accountShell({ words, show, mark }, path);
    expect(await calls.saveWords()).toEqual(ok({ fileName: 'words.pdf' }));
    const written = readFileSync(path, 'utf8');
    expect(WORDS.every((word) => written.includes(`<li>${word}</li>`))).toBe(true);
    expect(written).toContain('alice@mesh.example.test');
    expect(written).toContain('12-3f2a');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('[SEC-137] nothing is made for a dialogue that was dismissed', async () => {
  const asked = vi.fn(words);
  const { calls, paper } = accountShell({ words: asked, show, mark });
  expect(await calls.saveWords()).toEqual(ok(null));
  expect(asked).not.toHaveBeenCalled();
  expect(paper.pdf).not.toHaveBeenCalled();
  expect(await calls.printWords()).toEqual(ok(undefined));
  expect(paper.print).toHaveBeenCalledOnce();
});

/** A window that loads what is served, and knows what it was made with. */
function window(serve: () => (url: string) => Response | null) {
  const made = { options: {}, text: '', policy: '', isDestroyed: false };
  const one = (options: object): PaperWindow => {
    made.options = options;
    return {
      async loadURL(url) {
        const answer = serve()(url);
        made.text = (await answer?.text()) ?? '';
        made.policy = answer?.headers.get('content-security-policy') ?? '';
        expect(serve()(url)).toBeNull();
      },
      destroy: () => {
        made.isDestroyed = true;
      },
      webContents: {
        on: () => undefined,
        setWindowOpenHandler: () => undefined,
        printToPDF: () => Promise.resolve(Uint8Array.of(1)),
        print: (_options, onEnd) => {
          onEnd(false, 'cancelled');
        },
      },
    };
  };
  return { made, one };
}

it('[SEC-137] the window for paper is not seen, runs nothing, and is served its document once', async () => {
  const { made, one } = window(() => paper.serve);
  const paper = createPaper(one);
  const document = wordsPage({ name: '<b>&"', fingerprint: 'f', words: WORDS, mark: null, day: '2026-01-02' });
  expect([...(await paper.pdf(document))]).toEqual([1]);
  expect(made).toMatchObject({ text: document, isDestroyed: true });
  expect(made.options).toMatchObject({ show: false, webPreferences: { javascript: false, sandbox: true } });
  expect(made.options).not.toHaveProperty('webPreferences.preload');
  expect(made.policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(document).toContain('&lt;b&gt;&amp;&quot;');
  await paper.print(document);
  expect(paper.serve('app://endymail/paper-')).toBeNull();
});
