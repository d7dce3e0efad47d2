import { describe, expect, it } from 'vitest';
import { isDeep, light } from './colour';

const contrast = (one: number, other: number) =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
const hex = (parts: number[]) =>
  `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
const parts = (colour: string) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
/** As `color-mix(in srgb, one share, other)`. */
const mix = (one: string, other: string, share: number) =>
  hex(parts(one).map((part, at) => part * share + (parts(other)[at] ?? 0) * (1 - share)));

const steps = [0, 0x33, 0x66, 0x80, 0x99, 0xcc, 0xff];
const colours = steps.flatMap((red) =>
  steps.flatMap((green) => steps.map((blue) => hex([red, green, blue]))),
);

describe('any colour that a site may choose', () => {
  it('has words on it that can be read', () => {
    for (const colour of [...colours, '#1f5b4c', '#00ddb3', '#777777']) {
      const on = isDeep(colour) ? '#ffffff' : '#000000';
      expect(contrast(light(colour), light(on)), colour).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('makes links that can be read, as launcher.css mixes them', () => {
    const grounds = [
      ['#ffffff', '#231f17'],
      ['#1f201c', '#eceae3'],
    ] as const;
    for (const [ground, ink] of grounds)
      for (const colour of colours) {
        const words = isDeep(colour) && ground === '#ffffff' ? colour : mix(colour, ink, 0.38);
        const reached = contrast(light(words), light(ground));
        expect(reached, `${colour} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
  });

  it('makes own bubbles whose words can be read, as panel.css mixes them', () => {
    for (const [ground, ink] of [
      ['#ffffff', '#231f17'],
      ['#1f201c', '#eceae3'],
    ] as const)
      for (const colour of colours) {
        const soft = light(mix(colour, ground, 0.16));
        expect(contrast(light(ink), soft), colour).toBeGreaterThanOrEqual(7);
        const time = light(mix(ink, ground, 0.78));
        expect(contrast(time, soft), `the time on ${colour}`).toBeGreaterThanOrEqual(4.5);
      }
  });
});
