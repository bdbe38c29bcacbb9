const LIFE = 15 * 60_000

/** How much of the hold is left, in percent from 0 to 100. */
export function shareLeft(until: string, now: number): number {
  const left = new Date(until).getTime() - now
  return Math.round(Math.min(1, Math.max(0, left / LIFE)) * 100)
}
