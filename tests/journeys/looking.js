// What the tests look for on a page beside what axe looks for. Each function returns descriptions of what is wrong.
window.looking = (() => {
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const SMALLEST = 24;
  const describe = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled;
  const controls = () => [...document.querySelectorAll(FOCUSABLE)].filter(shown);
  // A box that is hidden by the look is tapped and drawn as its label.
  const face = (element) => {
    const box = element.getBoundingClientRect();
    return box.width < 5 || box.height < 5 || getComputedStyle(element).opacity === "0"
      ? element.closest("label") || element.labels?.[0] || element
      : element;
  };
  const drawn = (element) => {
    const around = element.closest("label") || element;
    const parts = [element, face(element), around, ...around.children];
    return parts.map((part) => {
      const style = getComputedStyle(part);
      return [style.outlineStyle === "none" ? "" : style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join();
    }).join(";");
  };

  const widerThanScreen = () => {
    const width = document.documentElement.clientWidth;
    const over = document.documentElement.scrollWidth - width;
    if (over <= 0) {
      return [];
    }
    const widest = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > width + 1);
    return [`${over} px too wide: ${widest.slice(-1).map(describe)}`];
  };

  // WCAG 2.4.7 and 2.4.11: who goes through by keyboard sees where they are, and nothing lies over it.
  const hiddenFocus = () => {
    const faults = [];
    for (const element of controls()) {
      document.activeElement.blur();
      const before = drawn(element);
      element.focus({ focusVisible: true });
      if (document.activeElement !== element) {
        continue;
      }
      const box = face(element).getBoundingClientRect();
      if (drawn(element) === before) {
        faults.push(`no sign of focus: ${describe(element)}`);
      }
      const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
      const points = [box.y + 2, box.y + box.height / 2, box.bottom - 2].filter((y) => y >= 0 && y < innerHeight);
      const free = points.some((y) => {
        const top = document.elementFromPoint(x, y);
        return top && (face(element).contains(top) || top.contains(face(element)) || face(top) === face(element));
      });
      if (!free) {
        faults.push(`covered or out of view: ${describe(element)}`);
      }
    }
    return faults;
  };

  // WCAG 2.5.8: 24 pixels, or so far from others that a circle of 24 pixels touches no other; text links are exempt.
  const inText = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") {
      return false;
    }
    const around = element.closest("p, li, dd, dt, td, th, label, figcaption, div, span:not(.sr-only)");
    return around !== null && around.textContent.trim().length > element.textContent.trim().length;
  };
  const smallTargets = () => {
    const targets = controls()
      .filter((each) => !each.closest(".skip, .sr-only"))
      .map((each) => ({ each, box: face(each).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const middle = ({ box }) => [box.x + box.width / 2, box.y + box.height / 2];
    const small = ({ box }) => box.width < SMALLEST - 0.5 || box.height < SMALLEST - 0.5;
    return targets
      .filter((target) => small(target) && !inText(target.each))
      .filter((target) => {
        const [x, y] = middle(target);
        return targets.some((other) => {
          if (other.each === target.each || face(other.each) === face(target.each)) {
            return false;
          }
          const [left, top] = [Math.max(other.box.x - x, 0, x - other.box.right), Math.max(other.box.y - y, 0, y - other.box.bottom)];
          const [otherX, otherY] = middle(other);
          const touches = Math.hypot(left, top) < SMALLEST / 2;
          return touches || (small(other) && Math.hypot(otherX - x, otherY - y) < SMALLEST);
        });
      })
      .map(({ each, box }) => `${Math.round(box.width)} × ${Math.round(box.height)} px: ${describe(each)}`);
  };

  return { widerThanScreen, hiddenFocus, smallTargets };
})();
