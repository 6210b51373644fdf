import { licenceUsed } from './licences.ts';
import type { RunTimePackage } from './run-time-packages.ts';

const HEAD = `# Third-party notices

Endymail contains or comes with the packages below. Each stands under its own licence; where a package offers a choice,
the one that is used is named. This file is made by \`npm run notices\` and checked by \`npm test\`.

The installers hold Electron and with it Chromium too. Their licences come with them and lie beside the program
(\`LICENSE.electron.txt\`, \`LICENSES.chromium.html\`), on a Mac in the folder \`licences\` of its resources.
`;

/** The text of THIRD-PARTY-NOTICES.md. */
export function noticesDocument(packages: readonly RunTimePackage[]): string {
  return [HEAD, ...packages.map(section)].join('\n');
}

function section({ name, version, licence, texts }: RunTimePackage): string {
  const used = licenceUsed(licence) ?? licence;
  const choice = used === licence ? used : `${used} (offered: ${licence})`;
  const fenced = texts.map((text) => `\`\`\`\`text\n${text}\n\`\`\`\`\n`).join('\n');
  const body = fenced === '' ? 'The package carries no licence text; its manifest names the licence.\n' : fenced;
  return `## ${name} ${version}\n\nLicence: ${choice}\n\n${body}`;
}
