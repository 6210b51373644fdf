import { describe, expect, it } from 'vitest';
import { skippedLayers } from './choices.ts';

describe('skippedLayers', () => {
  it('leaves nothing out by itself', () => {
    expect(skippedLayers({})).toEqual({ ok: true, value: [] });
    expect(skippedLayers({ CI: 'true', ENDYMAIL_TEST_SKIP: '' })).toEqual({ ok: true, value: [] });
  });

  it('leaves out what a person names', () => {
    expect(skippedLayers({ ENDYMAIL_TEST_SKIP: 'clients, crash' })).toEqual({ ok: true, value: ['crash', 'clients'] });
  });

  it('is refused in CI, and for a layer that is not there', () => {
    expect(skippedLayers({ CI: 'true', ENDYMAIL_TEST_SKIP: 'crash' }).ok).toBe(false);
    expect(skippedLayers({ CI: '1', ENDYMAIL_TEST_SKIP: 'crash' }).ok).toBe(false);
    expect(skippedLayers({ ENDYMAIL_TEST_SKIP: 'crsh' }).ok).toBe(false);
  });
});
