import { app } from 'electron';
import { parseStart } from './start-options.ts';

/** The entry of the program: what it is to be, it is told by its first argument. */
const ownArguments = process.argv.slice(app.isPackaged ? 1 : 2);
const start = parseStart(ownArguments);

switch (start.kind) {
  case 'keytar': {
    const { answerKeychain } = await import('./keytar-entry.ts');
    app.exit(await answerKeychain());
    break;
  }
  case 'cli': {
    app.dock?.hide();
    const { runCommandLine } = await import('./cli-entry.ts');
    app.exit(await runCommandLine(start.args));
    break;
  }
  case 'window': {
    const { runWindow } = await import('./run-window.ts');
    // Not awaited: Electron is ready only after this file has been run to its end.
    void runWindow(start, import.meta.dirname);
    break;
  }
}
