import { createApp, defineComponent } from 'vue'

/** Runs a composable as a page's `setup` does; gives what it returned and a way to unmount. */
export function runSetup<Result>(setup: () => Result): { result: Result; unmount: () => void } {
  let result!: Result
  const app = createApp(
    defineComponent({
      setup() {
        result = setup()
        return () => null
      },
    }),
  )
  app.mount(document.createElement('div'))
  return { result, unmount: () => app.unmount() }
}
