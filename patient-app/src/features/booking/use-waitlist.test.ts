import { expect, it } from 'vitest'

import type { OfferSession } from './types'
import { daysAfter, firstFull, nextRelease } from './use-waitlist'

const session = (id: string, free: number, opens_at: string | null) => ({ id, free, opens_at }) as OfferSession

it('lets people wait only where nothing is free and nothing will be released', () => {
  expect(firstFull([session('a', 1, null), session('b', 0, '2026-11-26T00:00:00Z')])).toBeNull()
  expect(firstFull([session('a', 1, null), session('b', 0, null), session('c', 0, null)])?.id).toBe('b')
})

it('counts days over the end of a month', () => {
  expect(daysAfter('2026-11-26', 13)).toBe('2026-12-09')
})

it('tells the next release of a day', () => {
  expect(nextRelease([session('a', 0, '2026-11-27T00:00:00Z'), session('b', 0, '2026-11-26T00:00:00Z')])).toBe('2026-11-26T00:00:00Z')
  expect(nextRelease([session('a', 2, '2026-11-27T00:00:00Z'), session('b', 0, null)])).toBeNull()
})
