import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { failure } from '@endymail/shared/result';
import { agentArguments, agentProcess } from './agent-fork.ts';

class Child extends EventEmitter {
  readonly postMessage = vi.fn();
  readonly kill = vi.fn(() => true);
}

it('is ready when it serves the home', async () => {
  const child = new Child();
  const process = agentProcess(child);
  child.emit('message', { kind: 'hello' });
  child.emit('message', { kind: 'serves' });
  expect(await process.ready).toEqual({ ok: true });
  expect(child.postMessage).not.toHaveBeenCalled();
});

it('is ready, and let go, when another was faster', async () => {
  const child = new Child();
  const process = agentProcess(child);
  child.emit('message', { kind: 'is-served' });
  expect(await process.ready).toEqual({ ok: true });
  expect(child.postMessage.mock.calls).toEqual([['stop']]);
});

it('tells why it can not serve, or that it died', async () => {
  const child = new Child();
  const failed = agentProcess(child);
  child.emit('message', { kind: 'failed', failure: failure('home-unwritable') });
  expect(await failed.ready).toMatchObject({ error: { code: 'home-unwritable' } });

  const other = new Child();
  const died = agentProcess(other);
  other.emit('exit', 1);
  expect(await died.ready).toMatchObject({ error: { code: 'agent-gone' } });
  await died.exited;
});

it('is asked to end once more when it hears', async () => {
  const child = new Child();
  const process = agentProcess(child);
  process.stop();
  child.emit('message', { kind: 'serves' });
  await process.ready;
  expect(child.postMessage.mock.calls).toEqual([['stop'], ['stop']]);
});

it('[SEC-1] is told by its arguments where the home is, how the keychain is reached, and nothing secret', () => {
  expect(agentArguments({ home: '/ü x', mayPrompt: true, keytar: ['/opt/endymail', '--endymail-keytar'] })).toEqual([
    '--home=/ü x',
    '--keytar=["/opt/endymail","--endymail-keytar"]',
  ]);
  expect(agentArguments({ home: '/x', mayPrompt: false, keytar: ['/opt/endymail'] })).toContain('--quiet');
});
