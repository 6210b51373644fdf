/** vite makes a file of the page of it; its own types would bring all of Node's with them. */
declare module '*.png' {
  const address: string;
  export default address;
}

interface ImportMeta {
  /** vite puts what the files of a pattern export in its place. */
  glob(patterns: readonly string[], options: { readonly eager: true }): Readonly<Record<string, object>>;
}
