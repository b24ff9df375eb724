"use strict";

/**
 * The window on the picture: moves and zooms it with wheel, pointer and buttons, and knows nothing of cards and searches.
 * @typedef {[number, number]} Point in the picture
 * @param {HTMLElement} frame what the picture is seen through
 * @param {SVGSVGElement} picture
 * @param {{name: string, at: Point}[]} signposts whose names are shown when no card can be read, the first first
 */
function viewOf(frame, picture, signposts) {
  const NEAREST = 4;
  const FAR = 0.4;
  const READABLE = 0.6;
  const paper = matchMedia("print");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const printed = picture.getAttribute("viewBox");
  const [left, top, width, height] = printed.split(" ").map(Number);
  /** The point in the middle, and how many pixels a unit of the picture takes. */
  const look = { x: 0, y: 0, scale: 1 };
  const signs = document.createElementNS(picture.namespaceURI, "g");
  let gliding = 0;
  let dragged = false;

  function between(least, value, most) {
    return Math.min(Math.max(value, least), most);
  }

  function draw() {
    if (paper.matches) {
      picture.setAttribute("viewBox", printed);
      picture.classList.remove("far");
      return;
    }
    const [across, down] = [frame.clientWidth / look.scale, frame.clientHeight / look.scale];
    picture.setAttribute("viewBox", `${look.x - across / 2} ${look.y - down / 2} ${across} ${down}`);
    picture.classList.toggle("far", look.scale < FAR);
    signs.replaceChildren(...(look.scale < FAR ? signsInSight() : []));
  }

  /** Names as large as on a page, as many as do not cover each other. */
  function signsInSight() {
    const put = [];
    const taken = [];
    for (const { name, at: [x, y] } of signposts) {
      const shown = name.length > 30 ? `${name.slice(0, 29)}…` : name;
      const [across, down] = [(x - look.x) * look.scale, (y - look.y) * look.scale];
      const half = shown.length * 4 + 6;
      const inside = Math.abs(across) < frame.clientWidth / 2 && Math.abs(down) < frame.clientHeight / 2;
      const beside = (sign) => Math.abs(sign.across - across) > sign.half + half || Math.abs(sign.down - down) > 18;
      const free = taken.every(beside);
      if (!inside || !free) continue;
      taken.push({ across, down, half });
      const sign = document.createElementNS(picture.namespaceURI, "text");
      sign.setAttribute("x", x);
      sign.setAttribute("y", y + 5 / look.scale);
      sign.setAttribute("font-size", 13 / look.scale);
      sign.textContent = shown;
      put.push(sign);
    }
    return put;
  }

  /** The scale at which everything fits. */
  function fitting() {
    return Math.min(frame.clientWidth / width, frame.clientHeight / height);
  }

  /** Look somewhere, never so far away that the picture is lost; `glide` there, unless motion is unwelcome. */
  function lookAt(x, y, scale = look.scale, glide = false) {
    const goal = {
      x: between(left, x, left + width),
      y: between(top, y, top + height),
      scale: between(fitting() / 2, scale, NEAREST),
    };
    const start = { ...look };
    const begin = performance.now();
    const step = (now) => {
      const part = glide && !calm.matches ? between(0, (now - begin) / 250, 1) : 1;
      for (const key of ["x", "y", "scale"]) look[key] = start[key] + (goal[key] - start[key]) * part * (2 - part);
      draw();
      if (part < 1) gliding = requestAnimationFrame(step);
    };
    cancelAnimationFrame(gliding);
    if (glide) gliding = requestAnimationFrame(step);
    else step(begin);
  }

  function lookAtAll(glide = false) {
    lookAt(left + width / 2, top + height / 2, Math.min(fitting(), 1.25), glide);
  }

  /** Begin with everything if that can be read, else where the user is. @param {Point} me */
  function begin([x, y]) {
    if (fitting() >= FAR) return lookAtAll();
    const scale = between(READABLE, frame.clientWidth / width, 1);
    const [across, down] = [frame.clientWidth / scale / 2 - 12, frame.clientHeight / scale / 2 - 12];
    lookAt(Math.max(x, left + across), between(top + down, y, Math.max(top + height - down, top + down)), scale);
  }

  /** Zoom by a factor around a point of the window; without one, around the middle. */
  function zoom(factor, clientX, clientY) {
    const box = frame.getBoundingClientRect();
    const across = clientX === undefined ? 0 : clientX - box.left - box.width / 2;
    const down = clientY === undefined ? 0 : clientY - box.top - box.height / 2;
    const before = look.scale;
    const after = between(fitting() / 2, before * factor, NEAREST);
    lookAt(look.x + across / before - across / after, look.y + down / before - down / after, after);
  }

  /** Move by pixels of the window. */
  function move(across, down) {
    lookAt(look.x + across / look.scale, look.y + down / look.scale);
  }

  /**
   * Bring points into view, unless they are in it: all if there is room for them, else the first.
   * @param {Point[]} points
   */
  function reveal(points) {
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const room = Math.min(frame.clientWidth / (east - west + 220), frame.clientHeight / (south - north + 100));
    const scale = Math.min(Math.max(look.scale, READABLE), room);
    if (scale < 0.5 && points.length > 1) return reveal(points.slice(0, 1));
    const across = frame.clientWidth / look.scale / 2 - 110;
    const down = frame.clientHeight / look.scale / 2 - 50;
    const inView = ([x, y]) => Math.abs(x - look.x) <= across && Math.abs(y - look.y) <= down;
    if (look.scale >= scale && points.every(inView)) return;
    if (fitting() >= READABLE && look.scale < fitting() * 1.5) lookAtAll(true);
    else lookAt((west + east) / 2, (north + south) / 2, scale, true);
  }

  /** Whether the press that just ended moved the picture, and so was no click. */
  function wasDragged() {
    const was = dragged;
    dragged = false;
    return was;
  }

  function listen() {
    /** The pointers that are down, as they were last seen: one drags, two pinch. */
    const pointers = new Map();
    frame.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), event.clientX, event.clientY);
    }, { passive: false });
    frame.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      if (!pointers.size) dragged = false;
      pointers.set(event.pointerId, event);
    });
    frame.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const [across, down] = [event.clientX - before.clientX, event.clientY - before.clientY];
      if (!dragged && Math.hypot(across, down) < 4) return;
      if (!dragged) frame.setPointerCapture(event.pointerId);
      dragged = true;
      pointers.set(event.pointerId, event);
      const other = [...pointers.values()].find((one) => one.pointerId !== event.pointerId);
      if (!other) return move(-across, -down);
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoom(apart(event) / apart(before), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    });
    for (const ending of ["pointerup", "pointercancel"]) {
      window.addEventListener(ending, (event) => pointers.delete(event.pointerId));
    }
    paper.addEventListener("change", draw);
    new ResizeObserver(draw).observe(frame);
  }

  signs.setAttribute("class", "signs");
  signs.setAttribute("aria-hidden", "true");
  picture.append(signs);
  listen();
  return { begin, lookAtAll, move, reveal, wasDragged, zoom };
}
