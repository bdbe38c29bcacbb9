import { t, type Key } from '@/locale'

const KNOWN = ['SELF', 'SPOUSE', 'CHILD', 'PARENT', 'SIBLING', 'GRANDPARENT', 'GRANDCHILD', 'FRIEND', 'EMPLOYEE'] as const

/** "you", "your child": what a person is to the reader. */
export function relationWord(relation: string): string {
  const known = KNOWN.find((each) => each === relation)
  return t(known ? (`relation.${known}` as Key) : 'relation.OTHER')
}
