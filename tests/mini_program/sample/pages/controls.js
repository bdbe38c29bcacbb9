Page({
  data: {
    said: '',
    typed: '',
    into: '',
    names: [{ text: '内科' }, { text: '外科' }, { text: '儿科' }],
    columns: [['春', '夏'], ['一月', '二月']],
    html: '<p class="bold" onclick="alert(1)">您好 <strong>Chen</strong><script>alert(1)</script></p>',
  },
  onLoad() { getApp().records.push('load controls') },
  onShow() { getApp().records.push('show controls') },
  onHide() { getApp().records.push('hide controls') },
  onPullDownRefresh() {
    getApp().records.push('pull')
    wx.stopPullDownRefresh()
  },
  onPageScroll(event) { this.scrolled = event.scrollTop },
  onReachBottom() { getApp().records.push('bottom') },
  hear(event) {
    this.setData({ said: `${event.currentTarget.dataset.name} ${event.type} ${JSON.stringify(event.detail)}` })
  },
  column(event) {
    if (event.detail.column === 0) this.setData({ 'columns[1]': [['一月', '二月'], ['六月', '七月', '八月']][event.detail.value] })
  },
})
