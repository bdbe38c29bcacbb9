// Tests run calls through `perform`, which shows the answer of the call.
Page({
  data: { answer: '' },
  onTabItemTap(item) { getApp().records.push(`tab ${item.index}`) },
  onUnload() { getApp().records.push('unload calls') },
  perform(name, parameters) {
    this.setData({ answer: '' })
    return new Promise((resolve) => {
      const complete = (answer) => {
        this.setData({ answer: JSON.stringify(answer) })
        resolve(answer)
      }
      wx[name]({ ...parameters, complete })
    })
  },
})
