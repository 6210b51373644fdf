/** A utility process for the tests of the host: says what it has, gives back what it hears, ends when told. */
const { parentPort } = process;

parentPort.postMessage({ type: process.type, send: typeof process.send, argv: process.argv.slice(2) });
parentPort.on('message', ({ data }) => {
  if (data === 'end') process.exit(3);
  parentPort.postMessage({ heard: data });
});
console.log('printed by the utility process');
