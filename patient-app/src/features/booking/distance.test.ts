import { expect, it } from 'vitest'

import { metersBetween, nearestFirst } from './distance'

const campus = (code: string, latitude: number | null) => ({ code, latitude, longitude: latitude === null ? null : 113.27 }) as never

it('reckons meters along the great circle', () => {
  expect(metersBetween({ latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 })).toBeCloseTo(111_195, -1)
  expect(metersBetween({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111_195, -1)
})

it('names the nearest campus first and none that nobody has measured', () => {
  const all = [campus('NORTH', 23.19), campus('NONE', null), campus('IMC', 23.13), campus('HUADU', 23.4)]
  expect(nearestFirst(all, { latitude: 23.14, longitude: 113.27, accuracy: 20 })).toEqual(['IMC', 'NORTH', 'HUADU'])
})
