Page({
  data: { text: '' },
  onLoad(query) {
    getApp().records.push('load detail')
    this.setData({ text: `${query.id} ${query.name}` })
  },
  onUnload() { getApp().records.push('unload detail') },
  leave() { wx.navigateBack() },
})
