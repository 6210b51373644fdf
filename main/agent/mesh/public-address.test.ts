import { expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';

const names = (addresses: readonly string[]) => ({ addresses: () => Promise.resolve(addresses) });

it.each([
  '93.184.215.14',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '[64:ff9b::5db8:d70e]',
  '[::ffff:93.184.215.14]',
  '[2606:2800:21f:cb07:6820:80da:af6b:8b2c]',
  '2a00::1',
])('takes %s for one of the internet', async (address) => {
  expect(await isPublicAddress(address, names([]))).toBe(true);
});

it.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::1]',
  '[2001::1]',
  '[64:ff9b:1::1]',
  '[2002:7f00:1::]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
])('does not take %s for one', async (address) => {
  expect(await isPublicAddress(address, names(['93.184.215.14']))).toBe(false);
  expect(await isPublicAddress('mesh.example.org', names([address.replace(/^\[|\]$/g, '')]))).toBe(false);
});

it('takes a name for one when all that it leads to is', async () => {
  expect(await isPublicAddress('mesh.example.org', names(['93.184.215.14', '2a00::1']))).toBe(true);
  expect(await isPublicAddress('mesh.example.org', names(['93.184.215.14', '192.168.1.1']))).toBe(false);
  expect(await isPublicAddress('mesh.example.org', names([]))).toBe(false);
});
