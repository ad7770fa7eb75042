import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Triple = readonly [number, number, number];

const CSS = readFileSync(
  join(import.meta.dirname, '../../packages/dashboard/src/web/styles/activity.css'),
  'utf8',
);
/** What is behind the chart. */
const GROUNDS = ['#ffffff', '#181e25'] as const;

/** Machado, Oliveira and Fernandes 2009, whole deficiency: linear RGB as people see it who lack a kind of cones. */
const EYES: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no long waves': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no middle waves': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no short waves': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function coloursOf(scheme: 0 | 1): readonly string[] {
  return [...CSS.matchAll(/--or-series-\w+: light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    (match) => match[scheme + 1] ?? '',
  );
}

function linear(hex: string): Triple {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

function times(rows: readonly [Triple, Triple, Triple], [r, g, b]: Triple): Triple {
  const [x, y, z] = rows.map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)));
  return [x ?? 0, y ?? 0, z ?? 0];
}

/** OKLab, in which distances are about those that people see. */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b]
    .map((hex) => {
      const [r, g, blue] = linear(hex);
      return 0.2126 * r + 0.7152 * g + 0.0722 * blue + 0.05;
    })
    .toSorted((x, y) => y - x);
  return light / dark;
}

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('colours of series on %s', (_name, scheme) => {
  const colours = coloursOf(scheme);

  it('are enough, and stand out from what is behind them', () => {
    expect(new Set(colours).size).toBe(7);
    for (const colour of colours) expect(contrast(colour, GROUNDS[scheme])).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(EYES))('can be told apart by eyes with %s', (_eyes, rows) => {
    const seen = colours.map((colour) => oklab(times(rows, linear(colour))));
    const distances = seen.flatMap((a, at) =>
      seen.slice(0, at).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.1);
  });
});
