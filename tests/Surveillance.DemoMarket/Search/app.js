(function () {
  var root = document.getElementById('app');
  function element(tag, className, text) {
    var node = document.createElement(tag);
    node.className = className;
    if (text !== undefined && text !== null) { node.textContent = text; }
    return node;
  }
  function card(item) {
    var node = element('div', 'item-card');
    var main = element('div', 'item-main');
    var title = element('h3', 'item-title');
    var link = element('a', 'item-link', item.title);
    link.href = item.url;
    title.appendChild(link);
    if (item.ad) { title.appendChild(element('i', 'tag-ad', '广告')); }
    main.appendChild(title);
    main.appendChild(element('p', 'item-desc', item.desc));
    var meta = element('div', 'item-meta');
    if (item.priceText) { meta.appendChild(element('span', 'item-price', item.priceText)); }
    meta.appendChild(element('span', 'item-seller', item.seller));
    meta.appendChild(element('span', 'item-place', item.city));
    meta.appendChild(element('span', 'item-date', item.published));
    main.appendChild(meta);
    node.appendChild(main);
    return node;
  }
  function pager(data) {
    var node = element('div', 'pager');
    for (var page = 1; page <= data.pageCount; page++) {
      var link = element(page === data.page ? 'span' : 'a', page === data.page ? 'current' : 'page-number', String(page));
      if (page !== data.page) { link.href = '/app/search?q=' + encodeURIComponent(data.keyword) + '&page=' + page; }
      node.appendChild(link);
    }
    return node;
  }
  fetch('/app/api/search' + location.search)
    .then(function (response) { return response.json(); })
    .then(function (answer) {
      var data = answer.data;
      root.textContent = '';
      if (data.items.length === 0) { root.appendChild(element('div', 'notice-box', '没有找到相关商品')); return; }
      root.appendChild(element('div', 'result-head', '共 ' + data.total + ' 件'));
      data.items.forEach(function (item) { root.appendChild(card(item)); });
      root.appendChild(pager(data));
    })
    .catch(function () { root.textContent = '加载失败，请刷新重试'; });
})();
