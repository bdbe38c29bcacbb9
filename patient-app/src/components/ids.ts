let last = 0

/** An id that no other element of the app has, to tie a label to its field. */
export function newId(prefix: string): string {
  last += 1
  return `${prefix}-${last}`
}
