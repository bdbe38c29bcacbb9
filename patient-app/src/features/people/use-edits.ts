// Adding a document or an insurance card to a person, changing contact and wishes.
import { reactive, ref, type Ref } from 'vue'

import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'
import { goBack } from '@/navigation'

import { needsIssuer } from './draft'

const back = () => goBack('/people/people')

/** `press` shows what is missing and sends when nothing is. */
function whenWhole<Form>(typed: Form, isWhole: (typed: Form) => boolean, send: () => Promise<boolean>) {
  const wasTried = ref(false)
  function press(): void {
    wasTried.value = true
    if (isWhole(typed)) void send()
  }
  return { wasTried, press }
}

export function useAddDocument(person: Ref<string>) {
  const typed = reactive({ type: 'PASSPORT', number: '', issuer: '', validTo: '', isPrimary: true })
  const save = useSubmit(
    () =>
      api.post('/api/people/{person_id}/documents', {
        path: { person_id: person.value },
        body: {
          type: typed.type,
          number: typed.number.trim(),
          issuer: needsIssuer(typed.type) ? typed.issuer : '',
          valid_to: typed.validTo || null,
          is_primary: typed.isPrimary,
        },
      }),
    back,
  )
  return { typed, save, ...whenWhole(typed, (form) => form.number.trim() !== '', () => save.run()) }
}

export function useAddCard(person: Ref<string>) {
  const typed = reactive({ insurer: '', plan: '', number: '', from: '', to: '' })
  const save = useSubmit(
    () =>
      api.post('/api/people/{person_id}/insurance-cards', {
        path: { person_id: person.value },
        body: {
          insurer: typed.insurer.trim(),
          plan: typed.plan.trim(),
          member_number: typed.number.trim(),
          valid_from: typed.from || null,
          valid_to: typed.to || null,
        },
      }),
    back,
  )
  return { typed, save, ...whenWhole(typed, (form) => form.insurer.trim() !== '' && form.number.trim() !== '', () => save.run()) }
}

/** E-mail and phone are shown masked, so an empty line leaves them as they are. */
export function useChangeContact(person: Ref<string>) {
  const typed = reactive({ phone: '', email: '', preferredName: '', language: '', needsInterpreter: false })
  const save = useSubmit(
    () =>
      api.patch('/api/people/{person_id}', {
        path: { person_id: person.value },
        body: {
          phone: typed.phone.trim() || null,
          email: typed.email.trim() || null,
          preferred_name: typed.preferredName.trim(),
          languages: typed.language ? [typed.language] : [],
          needs_interpreter: typed.needsInterpreter,
        },
      }),
    back,
  )
  return { typed, save }
}
