import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPackage } from '@electron/asar';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/**
 * Where the fuses stand in Electron's program: this text, the version of the form, their number, and one character
 * each. https://github.com/electron/fuses
 */
const FUSES = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
  Buffer.from([1, 8]),
  // As Electron delivers them.
  Buffer.from('10110001', 'latin1'),
]);

const HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'];

/**
 * Makes a stand-in for Electron's runtime, of all three systems at once: just enough for electron-builder to pack with.
 * Nothing in it can be run. It shows what is put beside the program and written into it, not what Electron makes of it.
 */
export async function makeStandIn(folder: string): Promise<void> {
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  put('version', 'stand-in');
  put('LICENSE', 'stand-in');
  put('LICENSES.chromium.html', 'stand-in');
  put('locales/en-US.pak', '');
  put('locales/de.pak', '');
  put('default/main.js', '');
  mkdirSync(join(folder, 'resources'));
  await createPackage(join(folder, 'default'), join(folder, 'resources', 'default_app.asar'));
  put('electron', FUSES);
  put('electron.exe', Buffer.concat([windowsProgram(), FUSES]));
  putMacApp(put);
  cpSync(join(folder, 'resources'), join(folder, 'Electron.app/Contents/Resources'), { recursive: true });
}

/** An empty program with the version record that electron-builder writes into. */
function windowsProgram(): Uint8Array {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.lang = 1033;
  version.setStringValues({ lang: 1033, codepage: 1200 }, { FileDescription: 'stand-in' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

function putMacApp(put: (path: string, content: string | Uint8Array) => void): void {
  const contents = 'Electron.app/Contents';
  put(`${contents}/Info.plist`, PROPERTIES);
  put(`${contents}/MacOS/Electron`, '');
  put(`${contents}/Resources/en.lproj/locale.pak`, '');
  put(`${contents}/Frameworks/Electron Framework.framework/Electron Framework`, FUSES);
  put(`${contents}/Frameworks/Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak`, '');
  for (const kind of HELPERS) {
    const helper = `${contents}/Frameworks/Electron Helper${kind}.app/Contents`;
    put(`${helper}/Info.plist`, PROPERTIES);
    put(`${helper}/MacOS/Electron Helper${kind}`, '');
  }
}

const PROPERTIES = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleName</key><string>Electron</string></dict></plist>
`;
