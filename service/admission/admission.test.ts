import { describe, expect, it } from 'vitest';
import { addressGroup } from './address-group.ts';
import { createAdmission } from './admission.ts';
import { createAllowance } from './allowance.ts';
import { SERVICE_LIMITS } from './limits.ts';

describe('createAllowance', () => {
  it('gives so many at once, and then bit by bit', () => {
    let now = 0;
    const { take } = createAllowance(3, 60, 10, () => now);
    expect([take('a'), take('a'), take('a'), take('a')]).toEqual([null, null, null, 20]);
    expect(take('b')).toBeNull();
    now = 19_000;
    expect(take('a')).toBe(1);
    now = 20_000;
    expect([take('a'), take('a')]).toEqual([null, 20]);
    now = 3_600_000;
    expect([take('a'), take('a'), take('a'), take('a')]).toEqual([null, null, null, 20]);
  });

  it('gives nothing for a clock that goes back', () => {
    let now = 1_000_000;
    const { take } = createAllowance(1, 60, 10, () => now);
    expect(take('a')).toBeNull();
    now = 0;
    expect(take('a')).toBe(60);
  });

  it('remembers only so many, and forgets who was not heard of for longest', () => {
    const { take } = createAllowance(1, 60, 2, () => 0);
    expect([take('a'), take('b')]).toEqual([null, null]);
    expect(take('a')).toBe(60);
    expect(take('c')).toBeNull();
    expect(take('a')).toBe(60);
    expect(take('b')).toBeNull();
  });
});

describe('addressGroup', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::'],
    ['2001:db8:0001:0002::', '2001:db8:1:2::'],
    ['2001:db8::1', '2001:db8:0:0::'],
    ['fe80::1%eth0', 'fe80:0:0:0::'],
    ['::1', '0:0:0:0::'],
    ['', ''],
  ])('counts %j as %j', (address, group) => {
    expect(addressGroup(address)).toBe(group);
  });
});

describe('createAdmission', () => {
  it('counts a household as one, and each thing by itself', () => {
    const limits = { ...SERVICE_LIMITS, addressRequestsPerMinute: 1, addressNewAccountsPerDay: 1 };
    const admission = createAdmission(limits, () => 0);
    expect(admission.request('2001:db8::1')).toBeNull();
    expect(admission.request('2001:db8::2')).toBe(60);
    expect(admission.request('2001:db8:0:1::1')).toBeNull();
    expect(admission.newAccount('2001:db8::1')).toBeNull();
    expect(admission.newAccount('2001:db8::1')).toBe(86_400);
    expect(admission.joinRequest('2001:db8::1')).toBeNull();
  });
});
