import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, failure, ok, Redacted, type Failure, type Result } from '@endymail/shared/result';
import { readdirSync } from 'node:fs';
import * as agentModule from '../agent/index.ts';
import { makeGround, type Ground } from '../agent/serving/testing/serving.ts';
import { codeOf, valueOf } from '../agent/testing/world.ts';
import { createAgentAccess } from './agent-access.ts';

const PASSPHRASE = new Redacted('four random words here');

let ground: Ground;
beforeEach(() => {
  ground = makeGround();
});
afterEach(() => ground[Symbol.asyncDispose]());

/** A person who is asked for the passphrase of a file keychain. */
function person(answer: Result<Redacted<string>, Failure> = ok(PASSPHRASE)) {
  const asked = { times: 0 };
  const passphrase = () => {
    asked.times += 1;
    return Promise.resolve(answer);
  };
  const { home } = ground;
  return { asked, options: { home, keychain: 'file' as const, passphrase, command: 'endymail settings' } };
}

const access = () =>
  createAgentAccess(
    () => Promise.resolve(agentModule),
    ground.system,
    () => undefined,
  );

async function changeSettings(options: ReturnType<typeof person>['options']): Promise<void> {
  const agent = valueOf(await access().openAgent(options));
  valueOf(await agent.changeSettings({ autoDisable: false }));
  agent.close();
}

const isAutoDisable = async (agent: agentModule.Agent): Promise<boolean> => valueOf(await agent.settings()).autoDisable;

describe('a command, while an agent serves the home', () => {
  it('is its client, and makes the data with the keychain that it was told', async () => {
    await ground.serve();
    const { asked, options } = person();
    const agent = valueOf(await access().openAgent(options));
    valueOf(await agent.mailboxes());
    // Looking around needs no passphrase.
    expect(asked.times).toBe(0);
    valueOf(await agent.changeSettings({ autoDisable: false }));
    agent.close();
    expect(asked.times).toBe(1);
    expect(await agentModule.rememberedKeychain(ground.home)).toBe('file');
    const window = await ground.connect();
    expect(await isAutoDisable(window)).toBe(false);
  });

  it('asks for the passphrase only where the data is not open', async () => {
    await changeSettings(person().options);
    await ground.serve();
    const first = person();
    expect(await isAutoDisable(valueOf(await access().openAgent(first.options)))).toBe(false);
    expect(first.asked.times).toBe(1);
    const second = person();
    expect(await isAutoDisable(valueOf(await access().openAgent(second.options)))).toBe(false);
    expect(second.asked.times).toBe(0);
  });

  it('says why the data can not be opened, as without it', async () => {
    await changeSettings(person().options);
    await ground.serve();
    const wrong = person(ok(new Redacted('quite another passphrase')));
    expect(codeOf(await access().openAgent(wrong.options))).toBe('passphrase-wrong');
    const none = person(err(failure('passphrase-needed')));
    expect(codeOf(await access().openAgent(none.options))).toBe('passphrase-needed');
    const os = { ...person().options, keychain: 'os' as const };
    expect(await access().openAgent(os)).toEqual(err(agentModule.otherKeychain('file')));
  });

  it('brings a backup back through it, and starts over', async () => {
    await changeSettings(person().options);
    await ground.serve();
    const { options } = person();
    const agent = valueOf(await access().openAgent(options));
    const file = valueOf(await agent.backup(PASSPHRASE));
    const over = valueOf(await access().startOver({ home: ground.home }));
    expect(readdirSync(over.setAsideAs)).toContain('home.json');
    expect(await isAutoDisable(agent)).toBe(true);
    const wish = { ...options, file, backupPassphrase: PASSPHRASE, setAside: false };
    expect(valueOf(await access().restoreBackup(wish))).toMatchObject({ setAsideAs: null });
    expect(await isAutoDisable(agent)).toBe(false);
    expect(codeOf(await access().restoreBackup(wish))).toBe('home-in-use');
    // What was refused has closed nothing.
    expect(await isAutoDisable(agent)).toBe(false);
  });
});

it('runs the agent in its own process where nobody serves', async () => {
  const { options } = person();
  const agent = valueOf(await access().openAgent(options));
  valueOf(await agent.changeSettings({ autoDisable: false }));
  agent.close();
  const again = valueOf(await access().openAgent(options));
  expect(await isAutoDisable(again)).toBe(false);
  again.close();
});
