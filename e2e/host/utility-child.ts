import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { notOffered, strict } from './strict.ts';

/**
 * Loaded before the module of a utility process: gives it `process.parentPort`, and no module `electron`, of which the
 * app uses nothing in there.
 */
class ParentPort extends EventEmitter {
  private readonly tell = process.send?.bind(process);

  postMessage(message: unknown): void {
    this.tell?.(message);
  }
}

const port = new ParentPort();
process.on('message', (data) => port.emit('message', strict('a message', { data, ports: [] })));
// Electron ends its utility processes with itself, however it ends.
process.on('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: strict('process.parentPort', port) });
Object.defineProperty(process, 'type', { value: 'utility' });
// The app must not find Node's own channel, which Electron does not have.
delete process.send;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'electron') throw notOffered('the module electron in a utility process');
    return next(specifier, context);
  },
});
