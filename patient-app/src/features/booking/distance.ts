// How far the campuses are. The telephone reckons it: where it is never leaves it.
import type { components } from '@/http'
import type { Position } from '@/platform'

type Campus = components['schemas']['CampusOut']

const EARTH = 6_371_008.8 // meters

const radians = (degrees: number) => (degrees * Math.PI) / 180

export function metersBetween(one: { latitude: number; longitude: number }, other: { latitude: number; longitude: number }): number {
  const up = radians(other.latitude - one.latitude)
  const across = radians(other.longitude - one.longitude)
  const half = Math.sin(up / 2) ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(across / 2) ** 2
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** Codes of the campuses whose place is known, the nearest first. */
export function nearestFirst(campuses: readonly Campus[], position: Position): string[] {
  const far = campuses.flatMap(({ code, latitude, longitude }) =>
    typeof latitude !== 'number' || typeof longitude !== 'number' ? [] : [{ code, meters: metersBetween(position, { latitude, longitude }) }],
  )
  return far.sort((one, other) => one.meters - other.meters).map(({ code }) => code)
}
