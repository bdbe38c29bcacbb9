Component({
  properties: { title: String },
  lifetimes: { attached() { getApp().records.push('card attached') } },
  pageLifetimes: { show() { getApp().records.push('card show') } },
  methods: { choose() { this.triggerEvent('choose', { title: this.data.title }) } },
})
