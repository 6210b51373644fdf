/** vite makes a file of the page of it; its own types would bring all of Node's with them. */
declare module '*.png' {
  const address: string;
  export default address;
}
