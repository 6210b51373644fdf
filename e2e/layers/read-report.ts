import { readFileSync, statSync } from 'node:fs';

/** A report is some hundred bytes a test; far above that something is wrong. */
const REPORT_MAX_BYTES = 64 * 1024 * 1024;

/** Reads the report of a test runner; null where it left none, or one without measure. */
export function readReport(path: string): string | null {
  try {
    return statSync(path).size <= REPORT_MAX_BYTES ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}
