/**
 * Draws the icons from their SVG sources (`npm run icons`): `icon.png` for the window, `tray/` for the tray
 * and the menu bar; for the installers PNG (Linux), `icon.ico` (Windows) and `icon.icns` (macOS). The results are checked in, since not every machine that packs has a Chromium.
 *
 * Both containers hold PNG pictures as they are:
 * ICO: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) (PNG since Windows Vista)
 * ICNS: four letters of a type that stands for the size, then the length with its own eight bytes.
 */
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumLaunch } from '../e2e/harness/chromium.ts';

const HERE = import.meta.dirname;

/** Up to this size, in pixels, the mark is drawn stronger. */
const SMALL_MAX_PX = 32;

const WINDOW_PX = 256;
const LINUX_PX = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS_PX = [16, 20, 24, 32, 40, 48, 64, 256];

/** The share of its square that an icon takes on macOS: 824 of 1,024 pixels. */
const MAC_SHARE = 824 / 1024;

/** Type → edge in pixels. The doubled sizes of high-resolution screens have types of their own. */
const MAC_TYPES = Object.freeze({
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
});

/** In the tray: name → source and edge in pixels. Of each there is one of twice the size, which Electron finds by its name. */
const TRAY = Object.freeze({
  tray: ['icon-small.svg', 24],
  'tray-attention': ['tray-attention.svg', 24],
  trayTemplate: ['tray-template.svg', 18],
  'tray-attentionTemplate': ['tray-attention-template.svg', 18],
});

const source = (name) => readFileSync(join(HERE, name), 'utf8');
const LARGE = source('icon.svg');
const SMALL = source('icon-small.svg');

const browser = await chromium.launch(chromiumLaunch());
const page = await browser.newPage();

/** A PNG of `edge` pixels on transparent ground, of which the icon takes `share`. */
const draw = (edge, share = 1) => drawSource(edge <= SMALL_MAX_PX ? SMALL : LARGE, edge, share);

async function drawSource(svg, edge, share = 1) {
  const inner = edge * share;
  await page.setViewportSize({ width: edge, height: edge });
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center">${svg.replace('<svg ', `<svg width="${inner}" height="${inner}" `)}`,
  );
  return page.screenshot({ omitBackground: true });
}

async function drawTray() {
  const folder = emptyFolder('tray');
  for (const [name, [svg, edge]] of Object.entries(TRAY)) {
    writeFileSync(join(folder, `${name}.png`), await drawSource(source(svg), edge));
    writeFileSync(join(folder, `${name}@2x.png`), await drawSource(source(svg), 2 * edge));
  }
}

async function drawLinux() {
  const folder = emptyFolder('icons');
  for (const edge of LINUX_PX) writeFileSync(join(folder, `${edge}x${edge}.png`), await draw(edge));
}

function emptyFolder(name) {
  const folder = join(HERE, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

async function drawWindows() {
  const pictures = [];
  for (const edge of WINDOWS_PX) pictures.push({ edge, png: await draw(edge) });
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ edge, png }, index) => {
    const entry = 6 + 16 * index;
    // 256 is written as 0.
    head.writeUInt8(edge % 256, entry);
    head.writeUInt8(edge % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  writeFileSync(join(HERE, 'icon.ico'), Buffer.concat([head, ...pictures.map(({ png }) => png)]));
}

async function drawMac() {
  const blocks = [];
  for (const [type, edge] of Object.entries(MAC_TYPES)) blocks.push(block(type, await draw(edge, MAC_SHARE)));
  writeFileSync(join(HERE, 'icon.icns'), block('icns', Buffer.concat(blocks)));
}

function block(type, content) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}

try {
  writeFileSync(join(HERE, 'icon.png'), await draw(WINDOW_PX));
  await drawTray();
  await drawLinux();
  await drawWindows();
  await drawMac();
} finally {
  await browser.close();
}
