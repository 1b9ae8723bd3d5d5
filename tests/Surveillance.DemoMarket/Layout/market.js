(function () {
  function show(image) {
    var source = image.getAttribute('data-src');
    if (source) { image.src = source; image.removeAttribute('data-src'); }
  }
  var images = document.querySelectorAll('img[data-src]');
  if (!('IntersectionObserver' in window)) { images.forEach(show); return; }
  var observer = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.isIntersecting) { show(entry.target); observer.unobserve(entry.target); }
    });
  });
  images.forEach(function (image) { observer.observe(image); });
})();
