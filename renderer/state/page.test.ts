import { err, failure, ok } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { fakeWindow } from '../testing/fake-window.ts';
import { address, mailbox, person, rows, view } from '../testing/scenes/values.ts';
import { createPage } from './page.ts';

const A = address('a@example.org');
const B = address('b@example.org');

describe('the state of the page', () => {
  it('is what the shell said, and each slice that changes stands in the place of the one before', async () => {
    const fake = fakeWindow(view({ mailboxes: rows([mailbox(A)]) }));
    const page = createPage(fake.bridge);
    expect(page.store.getState().view).toBeNull();
    await page.load();
    const before = page.store.getState().view;
    expect(before).toEqual(fake.view());
    fake.change({ people: [person('c@example.org')] });
    expect(page.store.getState().view).toEqual({ ...before, people: [person('c@example.org')] });
    expect(page.store.getState().view?.mailboxes).toBe(before?.mailboxes);
  });

  it('takes a job that is over away', async () => {
    const fake = fakeWindow(view({ job: { kind: 'enable', mailboxes: [], isRunning: false } }));
    const page = createPage(fake.bridge);
    await page.load();
    fake.change({ job: null });
    expect(page.store.getState().view?.job).toBeNull();
  });

  it('says why it knows nothing, when the shell does not answer as agreed', async () => {
    const fake = fakeWindow(view());
    const page = createPage({ ...fake.bridge, snapshot: () => Promise.resolve({ ok: true, value: { people: 7 } }) });
    await page.load();
    expect(page.store.getState()).toMatchObject({ view: null, noView: { code: 'answer-malformed' } });
  });

  it('takes a shell that is not there for gone, and throws nothing', async () => {
    const fake = fakeWindow(view());
    const page = createPage({ ...fake.bridge, snapshot: () => Promise.reject(new Error('closed')) });
    await page.load();
    expect(page.store.getState().noView?.code).toBe('agent-gone');
  });

  it('hears no event that the contract does not allow', async () => {
    const fake = fakeWindow(view());
    let tell: (payload: unknown) => void = () => undefined;
    const page = createPage({
      ...fake.bridge,
      on: (event, listener) => {
        if (event === 'changed') tell = listener;
        return () => undefined;
      },
    });
    await page.load();
    const before = page.store.getState().view;
    tell({ people: [{ address: 'nobody' }] });
    expect(page.store.getState().view).toBe(before);
  });
});

describe('the ways through the page', () => {
  it('lead back step by step, and home from the first', () => {
    const page = createPage(fakeWindow(view()).bridge);
    page.go({ screen: 'choose' });
    page.go({ screen: 'review', addresses: [A] });
    page.back();
    expect(page.store.getState().route).toEqual({ screen: 'choose' });
    page.back();
    page.back();
    expect(page.store.getState().route).toEqual({ screen: 'home' });
  });

  it('forget the steps before when something begins', () => {
    const page = createPage(fakeWindow(view()).bridge);
    page.go({ screen: 'review', addresses: [A] });
    page.begin({ screen: 'progress' });
    page.back();
    expect(page.store.getState().route).toEqual({ screen: 'home' });
  });

  it('are led to the screen that a notification opens', () => {
    const fake = fakeWindow(view());
    const page = createPage(fake.bridge);
    fake.open({ screen: 'mailbox', address: A });
    expect(page.store.getState().route).toEqual({ screen: 'mailbox', address: A });
  });
});

describe('setting mailboxes up', () => {
  const GROUPS = [
    { addresses: [A], choices: { replaceOwn: true } },
    { addresses: [B], choices: { byHand: true } },
  ];

  it('asks for one group after the other, each with what was said to it, and remembers both', async () => {
    const fake = fakeWindow(view(), ({ change }) => ({
      enable: async ([addresses]) => {
        change({
          job: {
            kind: 'enable',
            isRunning: false,
            mailboxes: addresses.map((one) => ({ address: one, step: 'done', failure: null, profileId: null })),
          },
        });
        return Promise.resolve(ok({ waiting: [], left: [] }));
      },
    }));
    const page = createPage(fake.bridge);
    await page.load();
    await page.enable(GROUPS);
    expect(fake.calls.filter(({ name }) => name === 'enable').map(({ args }) => args)).toEqual([
      [[A], { replaceOwn: true }],
      [[B], { byHand: true }],
    ]);
    const { enabling } = page.store.getState();
    expect([...(enabling?.steps.values() ?? [])].map(({ step }) => step)).toEqual(['done', 'done']);
    expect(enabling).toMatchObject({ isAsking: false, failure: null });
  });

  it('goes on with the next group where one fails, and keeps why', async () => {
    const fake = fakeWindow(view(), () => ({
      enable: async ([addresses]) =>
        Promise.resolve(addresses.includes(A) ? err(failure('keychain-locked')) : ok({ waiting: [], left: [] })),
    }));
    const page = createPage(fake.bridge);
    await page.load();
    await page.enable(GROUPS);
    expect(fake.calls.filter(({ name }) => name === 'enable')).toHaveLength(2);
    expect(page.store.getState().enabling?.failure?.code).toBe('keychain-locked');
  });
});
