// Help and feedback: what one wrote to the service desk, and writing to it. The message goes first, once, then its pictures;
// what did not go is tried again without writing the message twice.
import { computed, reactive, ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { useLive } from '@/features/visit/use-live'
import { api, upload, type components } from '@/http'
import { platform, type PickedFile } from '@/platform'

export type Enquiry = components['schemas']['EnquiryOut']
export type Topic = components['schemas']['EnquiryTopic']

export const TOPICS: readonly Topic[] = ['VISIT', 'BOOKING', 'BILL', 'REPORT', 'APP', 'PRAISE', 'COMPLAINT', 'OTHER']
export const MOST_PICTURES = 4
const LARGEST = 8 * 1024 * 1024

export function useFeedback() {
  const load = useLoad(() => api.get('/api/enquiries'), { key: 'enquiries', needsSignIn: true })
  useLive(() => void load.reload())
  return load
}

/** A new message. */
export function useWriting(done: (enquiry: Enquiry) => void) {
  const form = reactive({ topic: '' as Topic | '', text: '', wasTried: false, isTooLarge: false })
  const pictures = ref<PickedFile[]>([])
  const sent = ref<Enquiry | null>(null)
  const isComplete = computed(() => form.topic !== '' && form.text.trim() !== '')

  async function pick(): Promise<void> {
    const picked = await platform.pickPictures(MOST_PICTURES - pictures.value.length)
    form.isTooLarge = picked.some((each) => each.size > LARGEST)
    pictures.value = [...pictures.value, ...picked.filter((each) => each.size <= LARGEST)].slice(0, MOST_PICTURES)
  }

  function remove(at: number): void {
    pictures.value = pictures.value.filter((_, place) => place !== at)
  }

  const send = useSubmit(
    async (key) => {
      sent.value ??= await api.post('/api/enquiries', { body: { topic: form.topic || 'OTHER', text: form.text, idempotency_key: key } })
      while (pictures.value[0] !== undefined) {
        await upload(`/api/enquiries/${sent.value.id}/pictures`, pictures.value[0].path)
        pictures.value = pictures.value.slice(1)
      }
      return sent.value
    },
    (enquiry) => done(enquiry),
  )

  function submit(): void {
    form.wasTried = true
    if (isComplete.value) void send.run()
  }
  return { form, pictures, sent, send, isComplete, pick, remove, submit }
}

/** One conversation. */
export function useThread(id: Ref<string>) {
  const load = useLoad(() => api.get('/api/enquiries/{enquiry_id}', { path: { enquiry_id: id.value } }), { needsSignIn: true })
  useLive(() => void load.reload())
  const text = ref('')
  const path = () => ({ enquiry_id: id.value })
  const reply = useSubmit(
    (key) => api.post('/api/enquiries/{enquiry_id}/replies', { path: path(), body: { text: text.value, idempotency_key: key } }),
    (enquiry) => {
      text.value = ''
      load.data = enquiry
    },
  )
  const rate = useSubmit(
    (_, stars: number) => api.post('/api/enquiries/{enquiry_id}/rating', { path: path(), body: { stars } }),
    (enquiry) => {
      load.data = enquiry
    },
  )
  return { load, text, reply, rate }
}

const TAGS = { RECEIVED: 'plain', ANSWERING: 'info', ANSWERED: 'ok', CLOSED: 'plain' } as const

export function tagOf(state: string): 'plain' | 'info' | 'ok' {
  return TAGS[state as keyof typeof TAGS] ?? 'plain'
}
