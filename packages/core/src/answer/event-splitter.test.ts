import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin1ToUtf8, utf8ToLatin1 } from './bytes-as-text.ts';
import { EventSplitter, eventData } from './event-splitter.ts';
import { cutAt } from '../testing/cut-at.ts';

const CUTS = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const END = fc.constantFrom('\n', '\r\n');
const LINE = fc.oneof(
  fc.string().map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
  fc.string().map((text) => `data:${text.replaceAll(/[\r\n]/g, '')}`),
  fc.constantFrom(': ping', 'event: message', 'id: 7', 'data', 'data: grüße 🎈'),
);
const EVENT = fc
  .tuple(fc.array(LINE, { minLength: 1, maxLength: 4 }), END)
  .map(([lines, end]) => lines.map((line) => line + end).join('') + end);

function split(parts: readonly Buffer[]): { events: string[]; rest: string } {
  const splitter = new EventSplitter();
  const events = parts.flatMap((part) => splitter.push(part.toString('latin1')));
  return { events, rest: splitter.end() };
}

describe('cutting a stream into events', () => {
  it('gives the same events however the network cuts the bytes', () => {
    fc.assert(
      fc.property(fc.array(EVENT, { minLength: 1, maxLength: 8 }), fc.string(), CUTS, (events, tail, at) => {
        const rest = tail.replaceAll(/[\r\n]/g, '');
        const bytes = Buffer.from(events.join('') + rest);
        const whole = split([bytes]);
        expect(split(cutAt(bytes, at))).toEqual(whole);
        expect(whole.events.join('') + whole.rest).toBe(bytes.toString('latin1'));
        expect(whole.events).toEqual(events.map(utf8ToLatin1));
      }),
    );
  });

  it('gives the same events when every byte comes alone', () => {
    const bytes = Buffer.from('\ufeffdata: a\r\n\r\n: ping\n\ndata:é\ndata: 🎈\n\ndata: b\r\r');
    const alone = split(Array.from(bytes, (byte) => Buffer.from([byte])));
    expect(alone).toEqual(split([bytes]));
    expect(alone.events.map((event) => eventData(event))).toEqual([
      'a',
      undefined,
      utf8ToLatin1('é\n🎈'),
      'b',
    ]);
  });

  it('forgets what it held once it was asked for it', () => {
    const splitter = new EventSplitter();
    expect(splitter.push('data: half')).toEqual([]);
    expect(splitter.held).toBe(10);
    expect(splitter.end()).toBe('data: half');
    expect(splitter.end()).toBe('');
  });
});

describe('the data of an event', () => {
  it.each([
    ['data: x\n\n', 'x'],
    ['data:x\n\n', 'x'],
    ['data:  x\n\n', ' x'],
    ['data: x\r\n\r\n', 'x'],
    ['data: x\r\r', 'x'],
    ['data: a\ndata: b\n\n', 'a\nb'],
    ['data: a\ndata\ndata:b\n\n', 'a\n\nb'],
    ['event: ping\nid: 1\ndata: x\nretry: 5\n\n', 'x'],
    [': comment\ndata: x\n\n', 'x'],
    ['\u00ef\u00bb\u00bfdata: x\n\n', 'x'],
    ['data:\n\n', ''],
    [': ping\n\n', undefined],
    ['database: x\n\n', undefined],
    ['\n', undefined],
  ])('%j holds %j', (event, data) => {
    expect(eventData(event)).toBe(data);
  });

  it('is the same text in one-character-a-byte form and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(latin1ToUtf8(utf8ToLatin1(text))).toBe(text);
      }),
    );
  });
});
