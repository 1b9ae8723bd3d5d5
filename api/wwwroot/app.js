// Keys for officers: j and k walk the list, Enter opens; any control that names a key in data-key answers to it. Nothing here decides.
(() => {
  "use strict";
  let place = -1;

  // Called once the page answers to clicks: before that a key would be lost.
  window.surveil = { ready: () => { document.body.dataset.ready = "yes"; } };

  const typing = (element) => element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  const links = () => [...document.querySelectorAll("a.row-link")];
  const visible = (element) => element.offsetParent !== null && !element.disabled;

  function walk(step) {
    const all = links();
    if (all.length === 0) {
      return;
    }
    const row = document.activeElement?.closest("tr");
    const now = all.findIndex((link) => link.closest("tr") === row);
    // After a decision its row is gone: the place remembered is then the next lead's.
    const next = now >= 0 ? now + step : step > 0 ? Math.max(place, 0) : place - 1;
    place = Math.min(Math.max(next, 0), all.length - 1);
    all[place].focus();
    all[place].scrollIntoView({ block: "nearest" });
  }

  function press(key) {
    const row = document.activeElement?.closest("tr[data-lead]");
    const candidates = [...(row ?? document).querySelectorAll(`[data-key="${CSS.escape(key)}"]`), ...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    // A key never decides on a row that is not in focus.
    const control = candidates.find((one) => visible(one) && (one.closest("tr[data-lead]") === null || one.closest("tr[data-lead]") === row));
    if (!control) {
      return false;
    }
    if (row) {
      place = links().findIndex((link) => link.closest("tr") === row);
    }
    if (typing(control)) {
      control.focus();
      control.select?.();
    } else {
      control.click();
    }
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !/^[jk]$/.test(event.key)) {
      return;
    }
    if (document.body.dataset.ready !== "yes" || typing(event.target) || document.querySelector(".rz-dialog")) {
      return;
    }
    if (event.key === "j" || event.key === "k") {
      walk(event.key === "j" ? 1 : -1);
      event.preventDefault();
    } else if (/^[a-z/]$/.test(event.key) && press(event.key)) {
      event.preventDefault();
    }
  });
})();
