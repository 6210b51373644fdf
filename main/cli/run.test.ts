import { describe, expect, it } from 'vitest';
import { EXIT_CODES, FAILURES, err, exitCodeOf, failure, ok, type FailureCode } from '@endymail/shared/result';
import { COMMANDS } from './commands/index.ts';
import { BOB_VIEW, endymail } from './testing/fakes.ts';

const codes = Object.keys(FAILURES) as FailureCode[];

describe('help', () => {
  it('names every command', async () => {
    const { out, exit } = await endymail(['--help']);
    expect(exit).toBe(0);
    const lines = out.split('\n');
    for (const { name, summary } of COMMANDS) {
      expect(lines.filter((line) => line.startsWith(`  ${name} `) && line.endsWith(summary))).toHaveLength(1);
    }
  });

  it.each(COMMANDS.map(({ name }) => name))('of %s shows its options and an example', async (name) => {
    const command = COMMANDS.find((candidate) => candidate.name === name)!;
    const words = name.split(' ');
    const asked = await endymail([...words, '--help']);
    expect(asked.out).toContain(`Usage: endymail ${name}`);
    expect(asked.out).toMatch(new RegExp(`^ {2}endymail ${name}`, 'm'));
    for (const option of Object.keys(command.options)) expect(asked.out).toContain(`--${option}`);
    expect((await endymail(['help', ...words])).out).toBe(asked.out);
  });

  it.each([
    ['account', ['account create', 'account show', 'account words']],
    ['device', ['device request', 'device pending', 'device approve', 'device list', 'device remove']],
  ])('of %s lists the commands that begin so, and no other', async (first, names) => {
    const { out, exit } = await endymail([first, '--help']);
    expect(exit).toBe(0);
    for (const name of names) expect(out).toContain(`\n  ${name}`);
    expect(out).not.toContain('import-peer');
    expect((await endymail(['help', first])).out).toBe(out);
  });

  it('is one JSON value for a script, too', async () => {
    expect((await endymail(['enable', '-h', '--json'])).json()).toContain('Usage: endymail enable');
    expect((await endymail(['--version', '--json'])).json()).toMatch(/^\d/);
  });

  it('and the version do not open the agent', async () => {
    const openAgent = () => Promise.reject(new Error('opened'));
    expect((await endymail(['help'], { openAgent })).exit).toBe(0);
    expect((await endymail(['--version'], { openAgent })).out).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('a command line that is not understood', () => {
  it.each([
    [['mailboxs'], 'Did you mean “mailboxes”?'],
    [['import', 'x'], 'There is no command “import”.'],
    [['enable', 'a@example.org', '--accept-profilewide'], 'Did you mean “--accept-profile-wide”?'],
    [['enable', 'a@example.org', '--yes=no'], '--yes takes no value.'],
    [['share', 'a@example.org', '--out'], '--out needs <file>.'],
    [['mailboxes', '--out', 'x'], 'There is no option “--out” here.'],
    [['--hom', '/tmp/x', 'mailboxes'], 'Did you mean “--home”?'],
    [['share', 'a@example.org', '--out', '--json'], '--out needs <file>.'],
    [['remove', '--backup', 'x', '--without-backup'], 'exclude each other'],
    [['mailboxes', 'a@example.org'], 'does not take “a@example.org”'],
    [['enable'], 'endymail enable needs <address>…'],
    [['disable'], 'needs addresses, or --all'],
    [['disable', 'a@example.org', '--all'], 'needs addresses, or --all'],
    [['mailboxes', '--keychain', 'usb'], '--keychain takes os or file'],
    [['settings', '--auto-disable', 'maybe'], '--auto-disable takes on or off'],
    [['enable', 'a@example.org', '--put-back', '--leave'], 'exclude each other'],
    [['enable', 'a@example.org', '--by-hand', '--accept-profile-wide'], 'exclude each other'],
    [['enable', 'nobody'], '“nobody” is not an address'],
    [['export', 'a@example.org'], 'needs --out <file>'],
    [['backup'], 'needs --out <file>'],
    [['restore'], 'needs the file of a backup, or --start-over'],
    [['account'], 'endymail account needs one of these words: create, show, words,'],
    [['account', 'crate', 'a@mesh.example.org'], 'Did you mean “account create”?'],
    [['device', 'aprove'], 'Did you mean “device approve”?'],
    [['devise', 'list'], 'There is no command “devise”.'],
    [['device', 'xyzzy', '--help'], 'There is no command “device xyzzy”.'],
    [['account', 'create'], 'endymail account create needs <name>.'],
    [['account', 'show', 'x'], 'endymail account show does not take “x”.'],
    [['device', 'approve', 'ab', 'cd'], 'endymail device approve does not take “cd”.'],
    [['device', 'request'], 'endymail device request needs <account>.'],
    [['device', 'approve', '--digits'], '--digits needs <six>.'],
    [['device', 'list', '--digits', '1'], 'There is no option “--digits” here.'],
    [['device', 'invite'], 'endymail device invite needs --out <file>.'],
  ])('%j ends with 2 and says why', async (args, why) => {
    const { exit, notes, out } = await endymail(args);
    expect(exit).toBe(EXIT_CODES.usage);
    expect(notes + out).toContain(why);
  });
});

describe('a failure', () => {
  it.each(codes)('%s has its exit code, and is JSON for a script', async (code) => {
    const openAgent = () => Promise.resolve(err(failure(code, undefined, 'the tool said so')));
    const told = await endymail(['peers'], { openAgent });
    expect(told.exit).toBe(exitCodeOf(code));
    expect(told.out).toBe('');
    expect(told.notes).toContain(FAILURES[code].message);
    expect(told.notes).toContain(FAILURES[code].advice);
    const read = await endymail(['peers', '--json'], { openAgent });
    expect(read.exit).toBe(told.exit);
    const { message, advice, retry } = FAILURES[code];
    expect(read.json()).toEqual({ error: { code, message, advice, retry, detail: 'the tool said so' } });
  });

  it('of usage is JSON as well', async () => {
    const { json } = await endymail(['mailboxs', '--json']);
    expect(json()).toMatchObject({ error: { code: 'usage' } });
  });
});

it('lets go of the home, whatever came of the command', async () => {
  let closed = 0;
  const close = (): void => {
    closed += 1;
  };
  await endymail(['peers'], { agent: { close } });
  await endymail(['check'], { agent: { close, check: () => Promise.resolve(err(failure('home-damaged'))) } });
  await endymail(['check'], { agent: { close, check: () => Promise.reject(new Error('a bug')) } }).catch(() => null);
  expect(closed).toBe(3);
});

describe('a mistake of our own', () => {
  const secret = 'four random words here';
  const check = () => Promise.reject(new SyntaxError(`Unexpected token in ${secret}`));

  it('[SEC-1] is told by where it happened, without what it stumbled over', async () => {
    for (const json of [[], ['--json']]) {
      const { exit, out, notes } = await endymail(['check', ...json], { agent: { check } });
      expect(exit).toBe(EXIT_CODES.failed);
      expect(out + notes).toContain('run.test.ts');
      expect(out + notes).not.toContain(secret);
    }
  });

  it('is one JSON value', async () => {
    const { json } = await endymail(['check', '--json'], { agent: { check } });
    expect(json()).toMatchObject({ error: { code: 'internal', retry: true } });
  });
});

it('[SEC-30] shows names that others chose without obeying what is in them', async () => {
  const known = [{ ...BOB_VIEW, name: 'Bob\u001b[2J\u202e' }];
  const people = () => Promise.resolve(ok(known));
  const { out } = await endymail(['peers'], { agent: { people } });
  expect(out).toContain('Bob�[2J�');
  const { json } = await endymail(['peers', '--json'], { agent: { people } });
  expect(json()).toEqual({ people: known });
});
