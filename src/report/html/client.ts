import { HARMS } from '../harm.ts';

/** Runs in the page. Makes elements and sets their text: nothing of the data is ever read as markup. */
export const CLIENT = `
(() => {
'use strict';
const { text, findings, edges, nodes } = JSON.parse(document.getElementById('data').textContent);
const rules = JSON.parse(document.getElementById('rules').textContent);
const form = document.forms[0], list = document.getElementById('list'), more = document.getElementById('more'), count = document.getElementById('count');
const PAGE = 100, PRINTED = 2000, HARMS = ${JSON.stringify(HARMS)};
const byPrint = new Map();
findings.forEach((row, at) => { if (!byPrint.has(text[row[0]])) byPrint.set(text[row[0]], at); });
let subset = null, shown = [], drawn = 0;

const make = (name, className, content) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (content !== undefined) element.textContent = content;
  return element;
};

const prose = (element, sentence) => {
  sentence.split(/\x60([^\x60]+)\x60/).forEach((part, at) => element.append(at % 2 === 1 ? make('code', '', part) : part));
  return element;
};

const haystacks = [];
const haystack = (row, at) => haystacks[at] ??= [row[0], row[1], row[5], row[7], row[8]].map((id) => text[id]).join(' ').toLowerCase() + ' ' + row[11].map((step) => text[step[0]] + ' ' + text[step[1]]).join(' ').toLowerCase();

const wanted = () => {
  const value = (name) => form.elements.namedItem(name)?.value ?? '';
  const words = value('text').toLowerCase().split(/\\s+/).filter(Boolean);
  const rule = value('rule'), harm = value('harm'), service = value('service'), severity = value('severity'), certainty = value('certainty'), change = value('change');
  const silenced = form.elements.silenced?.checked === true;
  const within = subset === null ? null : new Set(subset);
  const found = [];
  findings.forEach((row, at) => {
    if (within !== null && !within.has(at)) return;
    if (row[12] !== 0 && !silenced) return;
    if (rule && text[row[1]] !== rule || service && text[row[2]] !== service) return;
    if (severity && severity !== (row[3] ? 'error' : 'warning') || certainty && certainty !== (row[4] ? 'likely' : 'proven')) return;
    if (change && text[row[13]] !== change || harm && text[row[15]] !== harm) return;
    if (words.length > 0 && !words.every((word) => haystack(row, at).includes(word))) return;
    found.push(at);
  });
  return found;
};

const card = (at) => {
  const row = findings[at], rule = text[row[1]];
  const details = make('details', 'finding ' + (row[3] ? 'error' : 'warning') + (row[12] ? ' silenced' : ''));
  details.id = text[row[0]];
  const summary = make('summary'), head = make('span', 'head');
  head.append(make('span', 'severity', row[3] ? 'error' : 'warning'), ...(text[row[15]] ? [make('span', 'harm ' + text[row[15]], HARMS[text[row[15]]])] : []), make('strong', '', rule), make('code', '', text[row[5]] + ':' + row[6]));
  for (const tag of [row[4] ? 'likely' : '', text[row[13]], row[12] ? 'known' : '']) if (tag) head.append(make('span', 'tag', tag));
  summary.append(head, prose(make('span', 'message'), text[row[7]]));
  details.append(summary);
  details.addEventListener('toggle', () => { if (details.open && details.childElementCount === 1) details.append(body(row, rule)); });
  return details;
};

const body = (row, rule) => {
  const box = make('div', 'body'), pre = make('pre'), code = text[row[8]], from = row[9], to = row[9] + row[10];
  pre.append(code.slice(0, from), make('mark', '', code.slice(from, to)), code.slice(to));
  box.append(pre);
  if (row[11].length > 0) {
    box.append(make('p', 'dim', 'The path that leads there'));
    const steps = make('ol', 'steps');
    for (const [message, file, line, source] of row[11]) {
      const step = make('li');
      prose(step, text[message] + ' ').append(make('code', 'dim', text[file] + ':' + line));
      if (text[source]) step.append(make('code', 'line', text[source]));
      steps.append(step);
    }
    box.append(steps);
  }
  if (row[14]) box.append(make('p', '', 'A fix is suggested: ' + text[row[14]]));
  if (row[12]) box.append(make('p', '', text[row[12]]));
  const foot = make('p', 'foot'), about = rules[rule];
  const link = make('a', '', 'link to this finding');
  link.href = '#' + text[row[0]];
  foot.append(link, make('code', '', text[row[0]]));
  if (about?.url) {
    const page = make('a', '', 'about ' + rule);
    page.href = about.url;
    page.rel = 'noreferrer';
    foot.append(page);
  } else foot.append(make('code', '', 'distributed-audit explain ' + rule));
  box.append(foot);
  return box;
};

const draw = (upTo) => {
  const part = document.createDocumentFragment();
  for (; drawn < Math.min(upTo, shown.length); drawn += 1) part.append(card(shown[drawn]));
  list.append(part);
  more.hidden = drawn >= shown.length;
  more.textContent = 'Show ' + Math.min(PAGE, shown.length - drawn) + ' more of ' + (shown.length - drawn);
};

const refresh = () => {
  shown = wanted();
  drawn = 0;
  list.replaceChildren();
  const all = findings.filter((row) => row[12] === 0).length;
  count.textContent = shown.length + ' of ' + all + ' findings' + (subset === null ? '' : ' (those at a place of the map)');
  draw(PAGE);
};

const clear = () => { for (const element of form.elements) { if (element.type === 'checkbox') element.checked = false; else if (element.name) element.value = ''; } subset = null; };

const follow = () => {
  let hash;
  try { hash = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const [key, ...rest] = hash.split('='), value = rest.join('=');
  if (rest.length > 0) {
    if (key === 'edge') { clear(); subset = edges[Number(value)] ?? []; }
    else if (key === 'node') { clear(); subset = Object.hasOwn(nodes, value) ? nodes[value] : []; }
    else if (form.elements.namedItem(key) !== null) { clear(); form.elements.namedItem(key).value = value; }
    else return;
    refresh();
    const title = document.getElementById('findings');
    title.scrollIntoView();
    title.focus({ preventScroll: true });
    return;
  }
  if (!byPrint.has(hash)) return;
  const at = byPrint.get(hash);
  if (!shown.includes(at)) {
    clear();
    if (findings[at][12] !== 0 && form.elements.silenced) form.elements.silenced.checked = true;
    refresh();
  }
  draw(shown.indexOf(at) + 1);
  const element = document.getElementById(hash);
  for (const other of document.querySelectorAll('.target')) other.classList.remove('target');
  element.classList.add('target');
  element.open = true;
  element.scrollIntoView({ block: 'start' });
  element.querySelector('summary').focus({ preventScroll: true });
};

// What a box is linked to stands out while it is pointed at.
const map = document.querySelector('.map');
const follows = (node) => {
  map?.classList.toggle('pointed', node !== null);
  for (const edge of map?.querySelectorAll('[data-ends]') ?? []) edge.classList.toggle('on', node !== null && edge.dataset.ends.split(' ').includes(node));
};
for (const node of map?.querySelectorAll('.node') ?? []) {
  for (const type of ['mouseenter', 'focus']) node.addEventListener(type, () => follows(node.dataset.node));
  for (const type of ['mouseleave', 'blur']) node.addEventListener(type, () => follows(null));
}

let waiting = 0;
form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(() => { subset = null; refresh(); }, 80); });
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', (event) => { event.preventDefault(); clear(); refresh(); });
more.addEventListener('click', () => draw(drawn + PAGE));
addEventListener('hashchange', follow);
// A link to where one already is.
document.addEventListener('click', (event) => { const link = event.target.closest?.('a'); if (link && link.getAttribute('href') === location.hash) follow(); });
let closed = [];
addEventListener('beforeprint', () => {
  draw(PRINTED);
  closed = [...document.querySelectorAll('details:not([open])')];
  for (const details of closed) { details.open = true; if (details.classList.contains('finding') && details.childElementCount === 1) { const row = findings[byPrint.get(details.id)]; details.append(body(row, text[row[1]])); } }
});
addEventListener('afterprint', () => { for (const details of closed) details.open = false; });
refresh();
follow();
// The browser follows the fragment as well, and takes the focus away.
if (location.hash) addEventListener('load', () => requestAnimationFrame(follow));
})();
`;
