{
  /**
   * Somebody in the picture. People go by their place in `data.people`, notes by theirs in `data.notes`.
   * @typedef {object} Person
   * @property {string} node the id of their group in the picture
   * @property {[number, number]} at where its centre is
   * @property {number} reach how many people they led to
   * @property {string} name
   * @property {string} role
   * @property {string} organization
   * @property {string} stage
   * @property {string} because why the stage is what it is
   * @property {?number} note
   * @property {[string, string][]} facts
   * @property {[?string, string, number][]} events day, words, note
   * @property {number} from after whom they stand in the picture; -1 for the user
   * @property {number[]} by who gave them, the first first
   * @property {number[]} gave whom they gave
   * @property {{text: string, due: string, because: string, command: ?string}[]} next
   */

  /**
   * `at` is where the user's own centre is, `folder` the address of the vault; `vault` and each `file` are percent-encoded.
   * @type {{vault: string, folder: string, at: [number, number], people: Person[], notes: {path: string, file: string}[]}}
   */
  const data = JSON.parse(byId("data").textContent);
  const people = data.people;
  const frame = byId("frame");
  const picture = frame.querySelector("svg");
  const card = byId("card");
  const search = byId("search");
  const status = byId("status");
  const nodes = people.map((person) => byId(person.node));
  const numberOf = new Map(people.map((person, number) => [person.node, number]));
  const words = people.map((person) => plain(`${person.name} ${person.organization} ${person.role}`));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  /** Where the card stands below the picture, as in the style sheet. */
  const narrow = matchMedia("(max-width: 48rem)");

  /** @param {string} id */
  function byId(id) {
    return document.getElementById(id);
  }

  /** A text without case and accents, as it is searched for. @param {string} text */
  function plain(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /** Make an element; texts among its children stay texts. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }

  const me = { name: picture.querySelector(".node.me").dataset.name, at: data.at };
  const connectors = people.filter((person) => person.reach).sort((one, other) => other.reach - one.reach).slice(0, 100);
  const view = viewOf(frame, picture, [me, ...connectors]);

  // --- The people in the picture: one of them is in the tab order, the arrow keys lead on ---

  const edges = [...picture.querySelectorAll(".edge")];
  const ends = edges.map((edge) => [edge.dataset.source, edge.dataset.target]);
  const byContact = new Map(nodes.map((node, number) => [node.dataset.id, number]));
  const fromMe = people.map(({ at }) => Math.hypot(at[0] - data.at[0], at[1] - data.at[1]));
  let inTabOrder = fromMe.indexOf(Math.min(...fromMe));
  let opened = -1;
  let opener = null;

  nodes.forEach((node, number) => {
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", number === inTabOrder ? "0" : "-1");
  });
  // A picture hides its parts from a screen reader, and its title would follow the mouse everywhere.
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-labelledby", "network-desc");
  byId("network-title").remove();

  function putInTabOrder(number) {
    nodes[inTabOrder].setAttribute("tabindex", "-1");
    nodes[number].setAttribute("tabindex", "0");
    inTabOrder = number;
  }

  function focusOn(number) {
    putInTabOrder(number);
    nodes[number].focus({ preventScroll: true });
  }

  /** The nearest person who is shown, in a direction. */
  function neighbour(number, [right, down]) {
    const [x, y] = people[number].at;
    let [found, least] = [-1, Infinity];
    people.forEach((person, other) => {
      const [across, along] = [person.at[0] - x, person.at[1] - y];
      const ahead = across * right + along * down;
      const cost = ahead + 3 * Math.abs(across * down + along * right);
      if (ahead > 1 && cost < least && kept[other]) [found, least] = [other, cost];
    });
    return found;
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = event.target.closest(".node");
    const arrow = ARROWS[event.key];
    if (arrow && node && !event.shiftKey) {
      const next = neighbour(numberOf.get(node.id), arrow);
      if (next >= 0) focusOn(next);
    } else if (arrow) view.move(arrow[0] * 80, arrow[1] * 80);
    else if (event.key === "+" || event.key === "=") view.zoom(1.25);
    else if (event.key === "-") view.zoom(0.8);
    else if (event.key === "0") view.lookAtAll(true);
    else if (node && (event.key === "Enter" || event.key === " ")) open(numberOf.get(node.id), node);
    else return;
    event.preventDefault();
  });
  frame.addEventListener("focusin", (event) => {
    const number = numberOf.get(event.target.closest(".node")?.id);
    if (number === undefined || !event.target.matches(":focus-visible")) return;
    view.reveal([people[number].at]);
    // A browser scrolls the page to where the person would be if the frame did not end.
    requestAnimationFrame(() => frame.scrollIntoView({ block: "nearest" }));
  });
  frame.addEventListener("click", (event) => {
    const number = numberOf.get(event.target.closest(".node")?.id);
    if (view.wasDragged() || number === undefined) return;
    focusOn(number);
    open(number, nodes[number]);
  });

  // --- Search and filters: who is left out grows pale in the picture, and goes from timeline and table ---

  const kept = people.map(() => true);
  const told = [...document.querySelectorAll("#months li, #everybody tbody tr")];
  let found = [];
  let current = -1;

  /** What a person must be like to be shown now: a stage that is ticked, the organization, all words of the search. */
  function wanted() {
    const stages = new Set([...document.querySelectorAll("input[name=stage]:checked")].map((box) => box.value));
    const organization = byId("organization").value;
    const parts = plain(search.value).split(/\s+/).filter(Boolean);
    return (person, number) => (!stages.size || stages.has(person.stage))
      && (!organization || person.organization === organization)
      && parts.every((part) => words[number].includes(part));
  }

  function sift() {
    const isWanted = wanted();
    people.forEach((person, number) => {
      kept[number] = isWanted(person, number);
      nodes[number].classList.toggle("pale", !kept[number]);
    });
    edges.forEach((edge, place) => {
      const pale = ends[place].some((end) => byContact.has(end) && !kept[byContact.get(end)]);
      if (edge.classList.contains("pale") === pale) return;
      edge.classList.toggle("pale", pale);
      if (pale) edge.parentNode.prepend(edge); // below those that are not
    });
    for (const line of told) line.hidden = !kept[line.dataset.person];
    for (const month of document.querySelectorAll("#months section")) {
      month.hidden = !month.querySelector("li:not([hidden])");
    }
    found = kept.flatMap((keep, number) => (keep ? [number] : []));
    mark(-1);
    const all = found.length === people.length;
    say(all ? "" : `${found.length.toLocaleString("en")} of ${people.length.toLocaleString("en")} shown`);
    if (found.length && !kept[inTabOrder]) putInTabOrder(found[0]);
  }

  function say(text) {
    status.textContent = text;
  }

  /** Mark one of those found as the one that is looked at. */
  function mark(place) {
    picture.querySelector(".current")?.classList.remove("current");
    current = place;
    nodes[found[current]]?.classList.add("current");
  }

  /** Go to the next of those found, or the one before. */
  function step(by) {
    if (!found.length) return say("nobody fits");
    mark((current + by + found.length) % found.length);
    const person = people[found[current]];
    view.reveal([person.at]);
    say(`${current + 1} of ${found.length}: ${person.name}`);
  }

  byId("tools").addEventListener("input", sift);
  byId("tools").addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(event.shiftKey && current >= 0 ? -1 : 1);
  });

  // --- The card of one person ---

  /** `2026-08-13` as `13 August 2026`. */
  function inWords(day) {
    return new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  /** Links that open a note. @param {?number} number */
  function noteLinks(number) {
    const { path, file } = data.notes[number];
    const inObsidian = `obsidian://open?vault=${data.vault}&file=${file.replaceAll("/", "%2F")}`;
    return make("span", { class: "note" },
      make("a", { href: inObsidian, title: path }, "Obsidian"), " ",
      make("a", { href: `${data.folder}/${file}`, title: path }, "file"));
  }

  /** A value as a link where it is an address; of those in the notes, only these lead anywhere. */
  function fact([name, value]) {
    let href = null;
    const [, local, domain] = value.match(/^([^\s@<>?&]+)@([^\s@<>?&]+)$/) ?? [];
    if (name === "email" && domain) href = `mailto:${encodeURIComponent(local)}@${encodeURIComponent(domain)}`;
    else if (/^https?:\/\//i.test(value) && URL.canParse(value)) href = value;
    const shown = href ? make("a", { href, rel: "noopener noreferrer", target: "_blank" }, value) : value;
    return [make("dt", {}, name), make("dd", {}, shown)];
  }

  /** @param {Person["next"][number]} action */
  function nextStep(action) {
    const step = make("li", {}, make("strong", {}, action.text), ` by ${inWords(action.due)}`,
      make("p", {}, action.because));
    if (action.command) {
      const command = make("code", {}, action.command);
      const button = make("button", { type: "button", class: "tool" }, "Copy");
      button.addEventListener("click", () => copy(command, button));
      step.append(make("p", { class: "command" }, command, " ", button));
    }
    return step;
  }

  /** Copy a command, or select it where the browser does not let a page copy. */
  async function copy(element, button) {
    try {
      await navigator.clipboard.writeText(element.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(element);
      button.textContent = "Selected";
    }
    say(`${button.textContent}: ${element.textContent}`);
  }

  function happened([day, text, note]) {
    const when = day ? make("time", { datetime: day }, inWords(day)) : make("span", {}, "no day");
    return make("li", {}, when, make("span", {}, text), noteLinks(note));
  }

  function others(title, numbers) {
    const list = numbers.map((number) => make("li", {}, toPerson(number)));
    return section(title, list, "ul", "people");
  }

  function toPerson(number) {
    return make("a", { href: `#${people[number].node}`, "data-person": number }, people[number].name);
  }

  function section(title, list, tag, kind) {
    return list.length ? make("section", {}, make("h3", {}, title), make(tag, { class: kind }, ...list)) : null;
  }

  /** Show somebody's card and the way that led to them. Focus goes to the card, and back when it is closed. */
  function open(number, from) {
    const person = people[number];
    const shut = make("button", { type: "button", class: "tool shut", "aria-label": "Close the card" }, "×");
    const head = make("h2", { tabindex: "-1" }, person.name);
    const what = [person.role, person.organization].filter(Boolean).join(", ");
    shut.addEventListener("click", close);
    card.replaceChildren(...[
      shut,
      head,
      what && make("p", { class: "what" }, what),
      make("p", {}, make("span", { class: `pill stage-${person.stage}` }, person.stage), " ", person.because),
      person.note === null
        ? make("p", {}, "There is no note about them yet.")
        : make("p", {}, "Open the note: ", noteLinks(person.note)),
      section("Next", person.next.map(nextStep), "ul", "next"),
      others("Given to you by", person.by),
      others("Gave you", person.gave),
      section("What happened", person.events.map(happened), "ol", "events"),
      section("About", person.facts.flatMap(fact), "dl", "facts"),
    ].filter(Boolean));
    card.hidden = false;
    card.setAttribute("aria-label", `Card of ${person.name}`);
    card.scrollTop = 0;
    opener = from ?? opener;
    opened = number;
    light(number);
    view.reveal([...[number, ...wayTo(number), ...person.gave].map((one) => people[one].at), data.at]);
    head.focus({ preventScroll: true });
    if (narrow.matches) scrollTo(card, "nearest");
  }

  function close() {
    if (opened < 0) return;
    card.hidden = true;
    card.replaceChildren();
    opened = -1;
    light(-1);
    const back = opener ?? frame;
    back.focus({ preventScroll: true });
    if (narrow.matches) scrollTo(frame.contains(back) ? frame : back, "nearest");
    opener = null;
  }

  function scrollTo(element, block) {
    element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
  }

  /** Somebody, who gave them, who gave that one, and so on: the way along which the picture has grown. */
  function wayTo(number) {
    const way = [];
    for (let at = number; at >= 0; at = people[at].from) way.push(at);
    return way;
  }

  /** Light the way from the user to somebody, and on to those they gave. */
  function light(number) {
    const way = new Set(wayTo(number));
    const reached = new Set(number < 0 ? [] : people[number].gave);
    nodes.forEach((node, one) => {
      node.classList.toggle("chosen", one === number);
      node.classList.toggle("way", way.has(one) || reached.has(one));
    });
    edges.forEach((edge, place) => {
      const [from, to] = ends[place].map((end) => byContact.get(end) ?? -1);
      const onTheWay = way.has(to) && people[to].from === from;
      edge.classList.toggle("way", onTheWay || (from === number && reached.has(to)));
      if (edge.classList.contains("way")) edge.parentNode.append(edge); // above the others
    });
    picture.classList.toggle("lit", number >= 0);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-person]");
    if (!link) return;
    event.preventDefault();
    const inside = card.contains(link);
    open(Number(link.dataset.person), inside ? undefined : link);
    if (!inside && !narrow.matches) scrollTo(byId("network"), "start");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !(event.target === search && search.value)) close();
    if (event.key === "/" && !event.target.matches("input, select")) {
      event.preventDefault();
      search.focus();
    }
  });

  // --- Light and dark, buttons, and how it begins ---

  const root = document.documentElement;
  const theme = byId("theme");
  const night = matchMedia("(prefers-color-scheme: dark)");

  function paint(dark) {
    root.dataset.theme = dark ? "dark" : "light";
    theme.textContent = dark ? "Light colours" : "Dark colours";
  }

  theme.addEventListener("click", () => paint(root.dataset.theme !== "dark"));
  night.addEventListener("change", () => paint(night.matches));
  byId("nearer").addEventListener("click", () => view.zoom(1.25));
  byId("farther").addEventListener("click", () => view.zoom(0.8));
  byId("whole").addEventListener("click", () => view.lookAtAll(true));

  root.classList.add("alive");
  for (const id of ["tools", "theme", "hints"]) byId(id).hidden = false;
  frame.setAttribute("tabindex", "0");
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Picture of the network");
  paint(night.matches);
  view.begin(data.at);
}
