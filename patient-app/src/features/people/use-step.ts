// One step of adding a person: what is missing is shown after the first try to go on, beside its field.
import { computed, nextTick, ref } from 'vue'

import { t } from '@/locale'
import { go, goBack } from '@/navigation'

import { draft, faultsOf, type Draft, type Step } from './draft'

const BAR = 140 // px that stay free above the fault

/** Brings the first fault into sight, and in a browser the keyboard to its field. */
function showFirstFault(): void {
  uni.pageScrollTo({ selector: '.field-fault', offsetTop: -BAR, duration: 0 })
  if (typeof document === 'undefined') return
  document.querySelector<HTMLElement>('.field-fault')?.closest('[data-field]')?.querySelector<HTMLElement>('input, select, textarea')?.focus()
}

/** `isChange`: the step was opened from the review, to which it returns. */
export function useStep(step: Step, next: string) {
  const wasTried = ref(false)
  const isChange = ref(false)
  const faults = computed(() => (wasTried.value ? faultsOf(step, draft, new Date()) : {}))

  function faultOf(field: keyof Draft): string {
    const fault = faults.value[field]
    return fault ? t(fault) : ''
  }

  function goOn(): void {
    wasTried.value = true
    if (Object.keys(faults.value).length > 0) {
      void nextTick(showFirstFault)
      return
    }
    if (isChange.value) goBack('/people/add-review')
    else go(next)
  }

  function open(query: Record<string, unknown> | undefined): void {
    isChange.value = query?.['change'] === '1'
  }
  return { faultOf, goOn, open }
}
