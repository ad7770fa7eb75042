import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFacts } from './facts.ts';
import { MIN_CUT_BYTES, withoutMedia } from './without-media.ts';

const BIG = 'QUJD'.repeat(MIN_CUT_BYTES / 4);

describe('a large medium', () => {
  it.each([
    ['a data URL', { url: `data:image/png;base64,${BIG}` }],
    ['the bytes of an audio part', { data: BIG, format: 'wav' }],
  ])('%s is replaced by its digest', (_name, part) => {
    const lean = cut({ part });
    expect(lean.length).toBeLessThan(300);
    expect(String(Object.values(parse(lean)['part'] as object)[0])).toContain('\u0000sha256:');
  });

  it('is replaced however the JSON is written', () => {
    const json = `{ "input_audio" : { "data" :\n "${BIG}" , "format":"wav" } }`;
    expect(withoutMedia(Buffer.from(json)).length).toBeLessThan(300);
  });

  it('has the same digest as an equal one, and another than any other', () => {
    const one = cut({ url: `data:${BIG}` }).toString();
    expect(cut({ url: `data:${BIG}` }).toString()).toBe(one);
    expect(cut({ url: `data:${BIG.slice(0, -4)}QUJE` }).toString()).not.toBe(one);
  });

  it('counts as what it was where it is no medium but text', () => {
    const body = { model: 'a', messages: [{ role: 'user', content: `data:${BIG}` }] };
    expect(facts(cut(body))).toMatchObject({ textBytes: BIG.length + 5 });
  });

  it('changes nothing of what routing, metering and billing know', () => {
    const body = {
      model: 'a',
      messages: [
        { role: 'user', content: `text that says "data:${BIG}" and "data":"${BIG}"` },
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: `data:image/png;base64,${BIG}` } },
            { type: 'input_audio', input_audio: { data: BIG, format: 'wav' } },
            { type: 'text', text: `data: ${'ü'.repeat(9)}` },
          ],
        },
      ],
    };
    const full = Buffer.from(JSON.stringify(body));
    expect(facts(withoutMedia(full))).toEqual(facts(full));
  });
});

describe('everything else stays as it is', () => {
  it('small bodies, and bodies without media', () => {
    for (const body of [{ url: 'data:image/png;base64,QUJD' }, { content: BIG }, {}]) {
      expect(parse(cut(body))).toEqual(body);
    }
  });

  it('what is no JSON stays no JSON', () => {
    for (const text of [`{"url":"data:${BIG}`, `{"url":"data:${BIG}"`, `{"data":"${BIG}",}`]) {
      expect(() => parse(withoutMedia(Buffer.from(text)))).toThrow(SyntaxError);
    }
  });

  it('any value but its media, wherever they are', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constant('"data:'),
      fc.constant('\\"data":"'),
      fc.constant(`data:${BIG}`),
    );
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(text, fc.constant('data')), fc.oneof(text, fc.array(text))),
        (value) => {
          const json = JSON.stringify({ pad: ' '.repeat(MIN_CUT_BYTES), value });
          const lean = parse(withoutMedia(Buffer.from(json)));
          expect(shorten(lean['value'])).toEqual(shorten(parse(Buffer.from(json))['value']));
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });
});

function cut(body: object): Buffer {
  return withoutMedia(Buffer.from(JSON.stringify(body)));
}

function parse(json: Buffer): Record<string, unknown> {
  return JSON.parse(json.toString('utf8')) as Record<string, unknown>;
}

function facts(json: Buffer): unknown {
  return readFacts('chat', parse(json));
}

/** Large media and their digests as one and the same word. */
function shorten(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value)
      .replaceAll(/\\u0000sha256:[0-9a-f]{64}:\d+/g, 'MEDIUM')
      .replaceAll(`data:${BIG}`, 'MEDIUM'),
  ) as unknown;
}
