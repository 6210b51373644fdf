import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, extractFile, getRawHeader } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT } from '../layers/checkout.ts';
import { filesBelow, filesInAsar, pack, PACKED_SYSTEMS, type Packed, type PackedSystem } from './packed.ts';

/** Everything that may be in the archive; each of them must be there. A bundler's own files have a digest in their name. */
const ALLOWED: readonly RegExp[] = [
  /^package\.json$/,
  /^shell\/main\.mjs$/,
  /^shell\/preload\.cjs$/,
  /^shell\/agent-process\.mjs$/,
  /^shell\/store-worker\.mjs$/,
  /^shell\/[\w.-]+-[\w-]{8}\.mjs$/,
  /^renderer\/index\.html$/,
  /^renderer\/assets\/[\w.-]+-[\w-]{8}\.(js|css)$/,
  /^renderer\/assets\/(encrypts|does-not|reads)-(light|dark)-[\w-]{8}\.png$/,
  /^assets\/icon\.png$/,
  /^assets\/tray\/tray(-attention)?(Template)?(@2x)?\.png$/,
  /^node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/keytar\.js)$/,
  /^node_modules\/keytar\/prebuilds\/[a-z0-9]+-[a-z0-9]+\/keytar\.node$/,
];

/**
 * docs/packed-size.md says what it is. Twice as much has come in by mistake; on the person's machine Electron itself
 * takes some two hundred megabytes.
 */
const ASAR_MAX_BYTES = 11 * 1024 * 1024;

/** The system that the tests run on, where it is one that the app is packed for. */
const OWN = PACKED_SYSTEMS.find((system) => system === `${process.platform}-${process.arch}`);

/** How a program for this system and processor begins: the bytes at these places, from the heads of ELF, PE and Mach-O. */
const NATIVE: Readonly<Record<PackedSystem, (bytes: Buffer) => readonly [format: number, processor: number]>> = {
  'linux-x64': (bytes) => [bytes.readUInt32BE(0), bytes.readUInt16LE(18)],
  'linux-arm64': (bytes) => [bytes.readUInt32BE(0), bytes.readUInt16LE(18)],
  'win32-x64': (bytes) => [bytes.readUInt16BE(0), bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4)],
  'win32-arm64': (bytes) => [bytes.readUInt16BE(0), bytes.readUInt16LE(bytes.readUInt32LE(0x3c) + 4)],
  'darwin-x64': (bytes) => [bytes.readUInt32LE(0), bytes.readUInt32LE(4)],
  'darwin-arm64': (bytes) => [bytes.readUInt32LE(0), bytes.readUInt32LE(4)],
};
const ELF = 0x7f454c46;
const PE = 0x4d5a;
const MACH_O = 0xfeedfacf;
const NATIVE_EXPECTED: Readonly<Record<PackedSystem, readonly [format: number, processor: number]>> = {
  'linux-x64': [ELF, 0x3e],
  'linux-arm64': [ELF, 0xb7],
  'win32-x64': [PE, 0x8664],
  'win32-arm64': [PE, 0xaa64],
  'darwin-x64': [MACH_O, 0x0100_0007],
  'darwin-arm64': [MACH_O, 0x0100_000c],
};

const Manifest = v.object({ version: v.string() });
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(CHECKOUT, path), 'utf8'));

let into: string;
let packed: readonly Packed[];

beforeAll(async () => {
  into = mkdtempSync(join(tmpdir(), 'endymail-package-'));
  packed = await pack(into, PACKED_SYSTEMS);
});

afterAll(() => {
  rmSync(into, { recursive: true, force: true });
});

describe.each(PACKED_SYSTEMS)('the app packed for %s', (system) => {
  const app = (): Packed => packed.find((one) => one.system === system)!;
  const native = `node_modules/keytar/prebuilds/${system}/keytar.node`;

  it('[SEC-60] holds what is named and nothing else', () => {
    const files = filesInAsar(app().asar);
    expect(files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)))).toEqual([]);
    expect(ALLOWED.filter((pattern) => !files.some((file) => pattern.test(file)))).toEqual([]);
  });

  it('[SEC-60] says nothing of the machine that built it, and leads to no source', () => {
    const texts = filesInAsar(app().asar).filter((file) => /\.(mjs|cjs|js|css|html|json)$/.test(file));
    expect(texts.length).toBeGreaterThan(5);
    const leaks = texts.filter((file) => {
      const text = extractFile(app().asar, file).toString('utf8');
      return text.includes(CHECKOUT) || text.includes(into) || /[#@] sourceMappingURL=/.test(text);
    });
    expect(leaks).toEqual([]);
  });

  it('has its native module, and that alone, beside the archive, for its own system and processor', () => {
    expect(filesBelow(join(app().resources, 'app.asar.unpacked'))).toEqual([native]);
    const bytes = readFileSync(join(app().resources, 'app.asar.unpacked', native));
    expect(NATIVE[system](bytes)).toEqual(NATIVE_EXPECTED[system]);
  });

  it('is started by a file that is there, and has the version of the checkout', () => {
    const manifest = JSON.parse(extractFile(app().asar, 'package.json').toString('utf8')) as unknown;
    expect(manifest).toEqual({
      ...v.parse(v.looseObject({}), readJson('app/package.json')),
      version: v.parse(Manifest, readJson('package.json')).version,
      dependencies: { keytar: expect.stringContaining('@github/keytar@') as unknown },
    });
    expect(filesInAsar(app().asar)).toContain(v.parse(v.object({ main: v.string() }), manifest).main);
  });

  it('[SEC-61] has the fuses of its program set: no Node, no inspector, no code from elsewhere', async () => {
    const wire = await getCurrentFuseWire(app().program);
    // A fuse is a character of the program: '0', '1', or something else where it is not there.
    const isOn = (fuse: FuseV1Options): boolean => String.fromCharCode(Number(wire[fuse])) === '1';
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      integrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      cookies: isOn(FuseV1Options.EnableCookieEncryption),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      fileProtocol: false,
      integrity: true,
      onlyAsar: true,
      cookies: true,
    });
  });

  it('has the licences beside the archive', () => {
    for (const [name, source] of [
      ['Endymail.txt', 'LICENSE'],
      ['THIRD-PARTY-NOTICES.md', 'THIRD-PARTY-NOTICES.md'],
    ] as const) {
      expect(readFileSync(join(app().resources, 'licences', name))).toEqual(readFileSync(join(CHECKOUT, source)));
    }
  });

  it('is small', () => {
    expect(statSync(app().asar).size).toBeLessThan(ASAR_MAX_BYTES);
  });
});

describe('keytar as it is packed', () => {
  it('loads with what is left of its package', () => {
    const extracted = join(into, 'extracted');
    extractAll(packed.find(({ system }) => system === OWN)!.asar, extracted);
    const require = createRequire(join(extracted, 'shell', 'main.mjs'));
    const keytar = v.parse(
      v.looseObject({ getPassword: v.function() }),
      require(join(extracted, 'node_modules/keytar')),
    );
    expect(Object.keys(keytar)).toContain('deletePassword');
    expect(Object.keys(require.cache).filter((path) => path.endsWith('.node'))).toEqual([
      join(extracted, `node_modules/keytar/prebuilds/${OWN}/keytar.node`),
    ]);
  });
});

describe('the digest of the archive', () => {
  const digest = ({ asar }: Packed): string =>
    createHash('sha256').update(getRawHeader(asar).headerString).digest('hex');

  it.each(['darwin-x64', 'darwin-arm64'])('stands in the properties of the app for %s', (system) => {
    const app = packed.find((one) => one.system === system)!;
    expect(readFileSync(join(app.program, 'Contents', 'Info.plist'), 'utf8')).toContain(digest(app));
  });

  it.each(['win32-x64', 'win32-arm64'])('stands in the program for %s', (system) => {
    const app = packed.find((one) => one.system === system)!;
    expect(readFileSync(app.program).includes(digest(app))).toBe(true);
  });
});
