// The versions of a report: which one counts, and in which order they are read.
import type { components } from '@/http'

export type Version = components['schemas']['ReportVersionOut']

/** The version that counts now; null where none was opened. */
export function currentOf(versions: readonly Version[]): Version | null {
  return versions.find((each) => each.is_current) ?? null
}

export function newestFirst(versions: readonly Version[]): Version[] {
  return [...versions].sort((one, other) => other.version - one.version)
}
