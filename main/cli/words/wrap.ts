/** Narrower than this nothing is broken into lines any more. */
const WIDTH_MIN_CHARS = 40;
/** Longer lines are tiring to read, however wide the window is. */
const WIDTH_MAX_CHARS = 100;
/** A second column that begins further right leaves too little room for its text. */
const COLUMN_MAX_CHARS = 44;

/**
 * Breaks lines between words so that none is longer than a terminal of `columns` characters. What goes on in the next
 * line stands below the beginning of its text: below the second column of a table, behind the mark of a list.
 */
export function wrap(text: string, columns: number): string {
  const width = Math.min(columns, WIDTH_MAX_CHARS);
  if (width < WIDTH_MIN_CHARS) return text;
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const indent = indentOf(line);
  const lines: string[] = [];
  let current = line.slice(0, indent);
  let isEmpty = true;
  for (const word of line.slice(indent).split(' ')) {
    if (!isEmpty && current.length + 1 + word.length > width) {
      lines.push(current);
      current = ' '.repeat(indent);
      isEmpty = true;
    }
    current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current].join('\n');
}

function indentOf(line: string): number {
  const table = /^ *\S.*? {2,}(?=\S)/.exec(line)?.[0].length ?? 0;
  if (table > 0 && table <= COLUMN_MAX_CHARS) return table;
  return /^ *(?:[•!✓✗?] )?/.exec(line)?.[0].length ?? 0;
}
