// The site's search. Data comes in as scripts, since a page opened from a file may fetch nothing.
"use strict";

const wire = {
  told: new Map(), // what scripts handed over, by name
  asked: new Map(), // scripts on their way, by name
  take(name, value) { wire.told.set(name, value); },
  load(name) {
    if (!wire.asked.has(name)) {
      wire.asked.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js`;
        script.charset = "utf-8";
        script.onload = () => done(wire.told.get(name));
        script.onerror = () => { wire.asked.delete(name); failed(new Error(name)); };
        document.head.append(script);
      }));
    }
    return wire.asked.get(name);
  },
};

// ---- words, cut as monitor/search/tokenizer.py cuts them

const SPACELESS = "\\u1100-\\u11ff\\uac00-\\ud7a3\\u3040-\\u30fa\\u30fc-\\u30ff\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff";
const LETTER = `(?:(?![${SPACELESS}])[\\p{L}\\p{N}])`;
const PIECE = new RegExp(
  `(?<run>[${SPACELESS}](?:[- ]*[${SPACELESS}])*)`
  + "|(?<dotted>(?<![\\p{L}\\p{N}])(?:[a-z]\\.){2,}[a-z]?(?![\\p{L}\\p{N}]))"
  + "|(?<number>(?<!\\p{Nd})\\p{Nd}{1,3}(?:,\\p{Nd}{3})+(?!\\p{Nd}))"
  + `|(?<word>${LETTER}+)`, "gu");
const POSSESSIVE = /(?<=[\p{L}\p{N}])['\u2018\u2019\u02bc\u2032\uff07][sS](?![\p{L}\p{N}])/gu;
const VANISHING = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]/g;
const LONGEST = 100;

function fold(text, table) {
  const plain = text.replace(POSSESSIVE, "  ").replace(VANISHING, "").normalize("NFKC").toLowerCase();
  return Array.from(plain, (char) => table.get(char) ?? char).join("").replace(/['`]/g, "-");
}

function singular(word) {
  if (word.length < 4 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  if (word.length > 4 && word.endsWith("ies") && !/[ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sses|ches|shes|xes|zzes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

function plainWord(word) {
  word = Array.from(word).slice(0, LONGEST).join("");
  if (/[\u00c0-\u024f\u1e00-\u1eff]/.test(word)) word = word.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return /^[\x00-\x7f]*$/.test(word) ? singular(word) : word;
}

// Returns [{text, pair, closes}] in order, as `tokens` does.
function tokens(text, table) {
  const found = [];
  for (const match of fold(text, table).matchAll(PIECE)) {
    const { run, dotted, number, word } = match.groups;
    if (run !== undefined) {
      const chars = Array.from(run.replace(/[- ]/g, ""));
      for (let n = 1; n < chars.length; n++) found.push({ text: chars[n - 1] + chars[n], pair: true });
      found.push({ text: chars[chars.length - 1], closes: true });
    } else if (dotted !== undefined) found.push({ text: dotted.replaceAll(".", "") });
    else if (number !== undefined) found.push({ text: number.replaceAll(",", "") });
    else found.push({ text: plainWord(word) });
  }
  return found;
}

// ---- a query: parts that must or must not stand in a story, each a list of {text, prefix}

function parse(query, table) {
  const parts = [];
  for (const match of query.matchAll(/(-?)(?:["“”「」『』«»]([^"“”「」『』«»]*)["“”「」『』«»]?|(\S+))/gu)) {
    const said = match[2] ?? match[3];
    const cut = tokens(said, table);
    const words = cut.map((one) => ({ text: one.text, prefix: false }));
    if (words.length && cut[cut.length - 1].closes) {
      if (words.length > 1 && cut[cut.length - 2].pair) words.pop(); // the pair before says as much
      else words[words.length - 1].prefix = true;
    } else if (words.length && said.endsWith("*")) words[words.length - 1].prefix = true;
    if (words.length) parts.push({ words, without: match[1] === "-" });
  }
  return parts;
}

function pieceOf(word, pieces) {
  const beginning = word >= "\u1100" ? Array.from(word)[0] : Array.from(word).slice(0, 2).join("");
  let number = 0;
  for (const char of beginning) number = (number * 31 + char.codePointAt(0)) % 65521;
  return number % pieces;
}

// Returns a Map from stories of a month to their weight for one word.
async function holding(month, pieces, word) {
  const held = await wire.load(`${month}/${pieceOf(word.text, pieces)}`);
  const lists = word.prefix
    ? Object.keys(held).filter((one) => one.startsWith(word.text)).map((one) => held[one])
    : Object.hasOwn(held, word.text) ? [held[word.text]] : [];
  const weights = new Map();
  for (const list of lists) for (const n of list) weights.set(n >> 1, Math.max(weights.get(n >> 1) ?? 0, n & 1 ? 5 : 1));
  return weights;
}

async function findIn(month, pieces, parts) {
  let kept = null;
  const shunned = new Set();
  for (const part of parts) {
    let both = null;
    for (const word of part.words) {
      const weights = await holding(month, pieces, word);
      if (both === null) both = weights;
      else both = new Map([...both].filter(([n]) => weights.has(n)).map(([n, w]) => [n, w + weights.get(n)]));
    }
    if (part.without) for (const n of both.keys()) shunned.add(n);
    else if (kept === null) kept = both;
    else kept = new Map([...kept].filter(([n]) => both.has(n)).map(([n, w]) => [n, w + both.get(n)]));
  }
  const found = [...(kept ?? [])].filter(([n]) => !shunned.has(n));
  if (!found.length) return [];
  const stories = await wire.load(`${month}/stories`);
  found.sort((a, b) => b[1] - a[1] || (stories[a[0]][4] < stories[b[0]][4] ? 1 : -1));
  return found.map(([n]) => stories[n]);
}

// ---- the page

const MOST = 100;

function line([id, number, headline, language, when, outlet, urgent]) {
  const make = (tag, kind, text) => Object.assign(document.createElement(tag), { className: kind, textContent: text });
  const item = document.createElement("li");
  const what = make("span", "what", "");
  const link = make("a", "ink", headline || "(no headline)");
  link.href = `story/${id}.html`;
  if (language) link.lang = language;
  if (urgent) what.append(make("span", "now", "NOW"), " ");
  what.append(link, " ", make("span", "soft small", `${number} · ${outlet}`));
  item.append(make("span", "soft clock wide", when), " ", what);
  return item;
}

let turn = 0;

async function search(query) {
  const mine = ++turn;
  const told = document.getElementById("told");
  const list = document.getElementById("found");
  history.replaceState(null, "", query ? `#q=${encodeURIComponent(query)}` : "#");
  const [from, to] = await wire.load("fold");
  const chars = Array.from(to);
  const parts = parse(query, new Map(Array.from(from, (char, n) => [char, chars[n]])));
  const found = [];
  if (parts.some((part) => !part.without)) {
    for (const [month, pieces] of await wire.load("months")) {
      found.push(...await findIn(month, pieces, parts));
      if (mine !== turn) return;
      if (found.length > MOST) break;
    }
  }
  if (mine !== turn) return;
  list.replaceChildren(...found.slice(0, MOST).map(line));
  told.textContent = !query.trim() ? ""
    : !parts.some((part) => !part.without) ? "Nothing to search for; give a word."
    : found.length > MOST ? `The newest ${MOST} are shown.`
    : found.length === 1 ? "1 story" : `${found.length || "No"} stories`;
}

function start() {
  const box = document.getElementById("query");
  const form = document.getElementById("search");
  const go = () => search(box.value).catch(() => {
    document.getElementById("told").textContent = "A part of the index could not be loaded; try again.";
  });
  let timer = 0;
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(go, 120); });
  if (location.hash.startsWith("#q=")) {
    try { box.value = decodeURIComponent(location.hash.slice(3)); } catch { box.value = ""; }
    go();
  }
}

if (document.getElementById("search")) start();
