/**
 * Pictures of a real Thunderbird, taken by the end-to-end tests, by the name of what they show. What was not taken yet is
 * not among them.
 */
const FILES = import.meta.glob<string>('../../../assets/in-thunderbird/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** The address of a picture in a theme; null: there is none. */
export function pictureOf(name: string, isDark: boolean): string | null {
  return FILES[`../../../assets/in-thunderbird/${name}-${isDark ? 'dark' : 'light'}.png`] ?? null;
}
