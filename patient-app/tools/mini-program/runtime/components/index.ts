import { defineStandIns } from '../framework'
import { defineBlocks } from './blocks'
import { defineChoices } from './choices'
import { defineFields } from './fields'
import { definePicker } from './picker'

/** Defines every built-in component. */
export function defineBuiltIns(): void {
  defineBlocks()
  defineFields()
  defineChoices()
  definePicker()
  defineStandIns()
}
