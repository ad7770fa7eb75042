import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { defineSlot } from './slot.ts';

const request = (): IncomingMessage => ({}) as IncomingMessage;

it('a slot gives back what was set on the same request, and on no other', () => {
  const slot = defineSlot<number>('count', 'counter()');
  const [one, other] = [request(), request()];
  slot.set(one, 0);
  expect([slot.get(one), slot.peek(one), slot.peek(other)]).toEqual([0, 0, undefined]);
});

it('an empty slot names the middleware to mount', () => {
  const slot = defineSlot<number>('count', 'counter()');
  expect(() => slot.get(request())).toThrow('Mount counter() before');
});

it('two slots of one name are two slots', () => {
  const [one, other] = [defineSlot<number>('count', 'a()'), defineSlot<number>('count', 'b()')];
  const req = request();
  one.set(req, 1);
  expect(other.peek(req)).toBeUndefined();
});
