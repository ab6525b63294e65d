// Small things that every part uses. Text is only ever set as text.

const WORD =
  /(?:\p{RI}\p{RI})|\p{Extended_Pictographic}(?:\p{EMod}|\uFE0F|\u200D\p{Extended_Pictographic})*|[\p{L}\p{N}\p{M}]+(?:[-'’./@_][\p{L}\p{N}\p{M}]+)*|\S/gu;

/** Make an element. `props`: `text`, `class`, `on` (event → listener), `data`, and attributes. */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "class") element.className = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A choice kept in the browser, set when a value is given; nothing where the browser keeps nothing. */
function stored(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Small letters without diacritics, as the session folds notes: «å» and «aa» as «a», «ø» as «o», «æ» as «ae». */
function fold(text) {
  const plain = text.toLowerCase().replaceAll("ø", "o").replaceAll("æ", "ae").replaceAll("aa", "a");
  return plain.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Words of a text with positions counted in code points, as the store counts them. */
function tokens(text) {
  const found = [];
  let units = 0; // UTF-16 units passed
  let points = 0; // code points passed
  for (const match of text.matchAll(WORD)) {
    points += [...text.slice(units, match.index)].length;
    const length = [...match[0]].length;
    found.push({ start: points, end: points + length, text: match[0] });
    units = match.index + match[0].length;
    points += length;
  }
  return found;
}

function luminance([r, g, b]) {
  const linear = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/** The colour moved towards ink until it has contrast 4.6:1 on paper (WCAG 2.1, 1.4.3 and 1.4.11). */
function legible(colour, dark) {
  const paper = luminance(dark ? [32, 38, 46] : [240, 243, 247]);
  const ink = dark ? 255 : 0;
  const rgb = [1, 3, 5].map((at) => parseInt((colour || "#595959").slice(at, at + 2), 16) || 0);
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = rgb.map((value) => Math.round(value + (ink - value) * share));
    const [low, high] = [luminance(mixed), paper].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) >= 4.6) return `rgb(${mixed.join(" ")})`;
  }
  return dark ? "#fff" : "#000";
}

/** A, B … Z, AA, AB …: names of codings within a note. */
const letter = (number) =>
  (number >= 26 ? letter(Math.floor(number / 26) - 1) : "") + String.fromCharCode(65 + (number % 26));
