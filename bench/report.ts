import type { Figure, Measured, Results, Size } from './measure.ts';

/** The lines of what was found out, in columns, for a terminal. */
export function tableOf({ results, figures, sizes }: Results): readonly string[] {
  return [
    ...columns('what', 'ours', 'bare', 'ratio', 'compared to', [
      ...results.map(timeCells),
      ...figures.map(figureCells),
    ]),
    ...columns('what', 'size', 'gzip', '', '', sizes.map(sizeCells)),
  ];
}

type Cells = readonly [what: string, ours: string, bare: string, ratio: string, comparedTo: string];

const timeCells = ({ name, oursMs, bareMs, ratio, comparedTo, goal }: Measured): Cells => {
  const verdict = goal === null ? '' : ` (goal ${goal}: ${ratio <= goal ? 'met' : 'MISSED'})`;
  return [name, `${oursMs} ms`, `${bareMs} ms`, `${ratio}`, `${comparedTo}${verdict}`];
};

const figureCells = ({ name, unit, ours, bare, ratio, comparedTo }: Figure): Cells => [
  name,
  `${ours} ${unit}`,
  `${bare} ${unit}`,
  ratio === null ? '–' : `${ratio}`,
  comparedTo,
];

const sizeCells = ({ name, bytes, gzipBytes }: Size): Cells => [name, kib(bytes), kib(gzipBytes), '', ''];

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`;

/** Words to the left, numbers to the right; nothing where there are no rows. */
function columns(...given: readonly [...Cells, readonly Cells[]]): readonly string[] {
  const [what, ours, bare, ratio, comparedTo, rows] = given;
  if (rows.length === 0) return [];
  const all: readonly Cells[] = [[what, ours, bare, ratio, comparedTo], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  return all.map((cells) =>
    cells
      .map((cell, column) => {
        const isNumber = column > 0 && column < 4;
        return isNumber ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
      })
      .join('  ')
      .trimEnd(),
  );
}
