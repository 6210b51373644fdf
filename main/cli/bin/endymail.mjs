#!/usr/bin/env node
/**
 * The command as npm links it: plain JavaScript, so that it is there and runs straight after `npm ci --ignore-scripts`.
 * It finds a Node that is new enough, builds the bundle when a source has changed, and hands over.
 * Only syntax that Node 18 reads may stand in this file.
 */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from './command-line.mjs';
import { underNewEnoughNode } from './new-enough-node.mjs';

await underNewEnoughNode(realpathSync(fileURLToPath(import.meta.url)), async () => {
  process.exitCode = await runCommandLine(process.argv.slice(2));
});
