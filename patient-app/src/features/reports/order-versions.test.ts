import { expect, it } from 'vitest'

import { currentOf, newestFirst, type Version } from './order-versions'

const version = (number: number, isCurrent = false): Version => ({
  id: `r${number}`,
  version: number,
  kind: number > 1 ? 'AMENDMENT' : null,
  at: '2026-11-25T02:00:00Z',
  by: { zh: '', en: '' },
  reason: { zh: '', en: '' },
  is_current: isCurrent,
})

it('tells which version counts', () => {
  expect(currentOf([version(1), version(2, true)])?.version).toBe(2)
  expect(currentOf([version(1)])).toBeNull()
})

it('reads the newest first and leaves what it was given', () => {
  const given = [version(1), version(3, true), version(2)]
  expect(newestFirst(given).map((each) => each.version)).toEqual([3, 2, 1])
  expect(given.map((each) => each.version)).toEqual([1, 3, 2])
})
