/** One section of an INI file, as nsINIParser reads it: names are case-sensitive, of equal keys the last counts. */
export interface IniSection {
  readonly name: string;
  readonly get: (key: string) => string | null;
}

/**
 * Reads the INI files of Thunderbird (`profiles.ini`, `compatibility.ini`). Sections of the same name are one section.
 * Lines that are neither a section nor `key=value` are passed over.
 */
export function parseIni(text: string): readonly IniSection[] {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | null = null;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith(';') || trimmed.startsWith('#')) continue;
    const section = /^\[([^\]]*)\]$/.exec(trimmed)?.[1];
    if (section !== undefined) {
      current = sections.get(section) ?? new Map<string, string>();
      sections.set(section, current);
      continue;
    }
    const equals = trimmed.indexOf('=');
    if (equals > 0) current?.set(trimmed.slice(0, equals).trim(), trimmed.slice(equals + 1).trim());
  }
  return [...sections].map(([name, values]) => ({ name, get: (key) => values.get(key) ?? null }));
}
