import { expect, it } from 'vitest'

import { barOf, drawTrend, type Point } from './bar'

const point = (number: string | null): Point => ({ at: '2026-11-25T02:00:00Z', value: { zh: '', en: '' }, number, flag: 'N' })
const value = (low: string | null, high: string | null, number: string | null) => ({ low, high, trend: [point(number)] })

it('puts the limits of a range at a quarter and three quarters', () => {
  expect(barOf(value('115', '150', '115'))).toEqual({ from: 25, to: 75, at: 25 })
  expect(barOf(value('115', '150', '150'))?.at).toBe(75)
  expect(barOf(value('115', '150', '900'))?.at).toBe(97)
  expect(barOf(value('115', '150', '1'))?.at).toBe(3)
})

it('draws a range with one limit from its side', () => {
  expect(barOf(value(null, '3.4', '3.4'))).toEqual({ from: 0, to: 62, at: 62 })
  expect(barOf(value('60', null, '60'))).toEqual({ from: 38, to: 100, at: 38 })
})

it('draws no bar without a number or a range', () => {
  expect(barOf(value('1', '2', null))).toBeNull()
  expect(barOf(value(null, null, '2'))).toBeNull()
  expect(barOf({ low: '1', high: '2', trend: [] })).toBeNull()
})

it('draws a falling line downwards and a rising one upwards', () => {
  const falling = drawTrend([point('4.4'), point('4.1'), point('3.9')], null, '3.4', 116, 44)!
  expect(falling.dots[0]!.top).toBeLessThan(falling.dots[2]!.top)
  expect(falling.segments.map((each) => each.degrees > 0)).toEqual([true, true])
  const rising = drawTrend([point('1'), point('2')], null, null, 116, 44)!
  expect(rising.segments[0]!.degrees).toBeLessThan(0)
  expect(rising.band).toBeNull()
})

it('keeps every point and the usual range inside the box', () => {
  const drawing = drawTrend([point('121'), point('118'), point('108')], '115', '150', 116, 44)!
  for (const dot of drawing.dots) {
    expect(dot.left).toBeGreaterThanOrEqual(0)
    expect(dot.left).toBeLessThanOrEqual(116)
    expect(dot.top).toBeGreaterThanOrEqual(0)
    expect(dot.top).toBeLessThanOrEqual(44)
  }
  expect(drawing.band!.top).toBe(0)
  expect(drawing.band!.height).toBeLessThan(44)
})

it('draws the same value as a level line and leaves out what is no number', () => {
  expect(drawTrend([point('5'), point('5')], null, null, 116, 44)!.segments[0]!.degrees).toBe(0)
  expect(drawTrend([point('5'), point(null)], null, null, 116, 44)).toBeNull()
})
