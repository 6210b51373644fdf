/** What vite puts in the place of `import.meta.glob`; its own types would bring all of Node's with them. */
interface ImportMeta {
  readonly glob: <Value>(
    pattern: string,
    options: { readonly eager: true; readonly query: '?url'; readonly import: 'default' },
  ) => Readonly<Record<string, Value>>;
}
