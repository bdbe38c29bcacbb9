// How a value is drawn: where it stands on its bar, and a line of values over time. Positions only; nothing is judged
// here: the flag comes from the laboratory.
import type { components } from '@/http'

export type Value = components['schemas']['ValueOut']
export type Point = components['schemas']['TrendPointOut']

/** A bar of 0–100: the usual range from `from` to `to`, the value at `at`. */
export interface Bar {
  from: number
  to: number
  at: number
}

const EDGE = 3

/** The bar of a value; null where there is no range of numbers. */
export function barOf(value: Pick<Value, 'low' | 'high' | 'trend'>): Bar | null {
  const number = numberOf(value.trend.at(-1)?.number ?? null)
  const [low, high] = [numberOf(value.low), numberOf(value.high)]
  if (number === null) return null
  if (low !== null && high !== null) return betweenLimits(number, low, high)
  if (high !== null) return high > 0 ? { from: 0, to: 62, at: clip((62 * number) / high) } : null
  if (low !== null) return low > 0 ? { from: 38, to: 100, at: clip((38 * number) / low) } : null
  return null
}

function betweenLimits(number: number, low: number, high: number): Bar | null {
  return high > low ? { from: 25, to: 75, at: clip(25 + (50 * (number - low)) / (high - low)) } : null
}

/** A line from point to point, in a box of `width` × `height`. */
export interface Segment {
  left: number
  top: number
  length: number
  degrees: number
}

export interface Drawing {
  dots: { left: number; top: number }[]
  segments: Segment[]
  /** Where the usual range lies in the box; null where none is known or it is out of sight. */
  band: { top: number; height: number } | null
}

const PAD = 6

/** The values over time, evenly spaced; null with fewer than two numbers. */
export function drawTrend(points: readonly Point[], low: string | null, high: string | null, width: number, height: number): Drawing | null {
  const numbers = points.map((point) => numberOf(point.number)).filter((number): number is number => number !== null)
  if (numbers.length < 2) return null
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)]
  const rest = (to - from || Math.abs(to) || 1) * 0.35
  const [bottom, top] = [from - rest, to + rest]
  const y = (number: number) => PAD + ((top - number) / (top - bottom)) * (height - 2 * PAD)
  const dots = numbers.map((number, at) => ({ left: PAD + (at / (numbers.length - 1)) * (width - 2 * PAD), top: y(number) }))
  return { dots, segments: dots.slice(1).map((dot, at) => segment(dots[at]!, dot)), band: band(low, high, bottom, top, y, height) }
}

function segment(start: { left: number; top: number }, end: { left: number; top: number }): Segment {
  const [dx, dy] = [end.left - start.left, end.top - start.top]
  return { left: start.left, top: start.top, length: Math.hypot(dx, dy), degrees: (Math.atan2(dy, dx) * 180) / Math.PI }
}

function band(low: string | null, high: string | null, bottom: number, top: number, y: (number: number) => number, height: number) {
  const [from, to] = [numberOf(low), numberOf(high)]
  if (from === null && to === null) return null
  const upper = to === null || to > top ? 0 : y(to)
  const lower = from === null || from < bottom ? height : y(from)
  if (upper >= height || lower <= 0 || lower <= upper) return null
  return { top: Math.max(0, upper), height: Math.min(height, lower) - Math.max(0, upper) }
}

function numberOf(text: string | null): number | null {
  const number = text === null || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

function clip(at: number): number {
  return Math.min(Math.max(at, EDGE), 100 - EDGE)
}
