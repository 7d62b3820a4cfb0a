import { createHash } from 'node:crypto';
import type { AuditReport, Finding, Harm, RuleInfo } from '../../vocabulary/finding.ts';
import type { Topology } from '../../vocabulary/topology.ts';
import { byRule, counts } from '../counts.ts';
import { compared, debt } from '../debt.ts';
import { HARMS, harmOf, weight } from '../harm.ts';
import type { ReportOptions } from '../options.ts';
import { active, bySeverity } from '../order.ts';
import { type SystemMap, systemMap } from '../system-map.ts';
import { bareName, oneLine, plural, printable } from '../text.ts';
import { CLIENT } from './client.ts';
import { pageData } from './data.ts';
import { mapSvg } from './map-svg.ts';
import { embedded, Markup, markup, prose } from './markup.ts';
import { STYLE } from './style.ts';

/** One file that loads nothing: findings as data, shown by its own script and no other. */
export function html(report: AuditReport, rules: readonly RuleInfo[] = [], _options: ReportOptions = {}): string {
  const findings = bySeverity(active(report.findings));
  const serviceOf = serviceFinder(report.topology);
  const map = report.topology === undefined || report.topology.edges.length === 0 ? null : systemMap(report.topology, findings);
  const policy = `default-src 'none'; script-src '${hash(CLIENT)}'; style-src '${hash(STYLE)}'; base-uri 'none'; form-action 'none'`;
  const known = rules.map(({ id, description, url }) => [bareName(id), { description, url: /^https?:/.test(url) ? url : '' }] as const);
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${headline(findings)} · distributed-audit</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#findings">To the findings</a>
<header>
<p class="tool">distributed-audit ${report.tool.version} · ${lastPart(report.root)}</p>
<h1>${headline(findings)}</h1>
<p>${[`${plural(report.stats.files, 'file')}, ${plural(report.stats.functions, 'function')}, ${plural(report.stats.entryPoints, 'entry point')}`, compared(report), debt(report)].filter((note) => note !== '').join(' · ')}</p>
${harmLine(findings)}
<nav aria-label="Sections">${findings.length === 0 ? '' : markup`<a href="#fix-first">Fix first</a>`}<a href="#overview">Overview</a>${map === null ? '' : markup`<a href="#map">Map</a>`}<a href="#findings">Findings</a></nav>
</header>
<main>
${notAnalysed(report)}
${fixFirst(findings)}
${overview(findings, serviceOf)}
${map === null ? '' : mapSection(map)}
${list(report, findings, serviceOf)}
${hints(report)}
</main>
<script type="application/json" id="data">${embedded(pageData(report, map, serviceOf))}</script>
<script type="application/json" id="rules">${embedded(Object.fromEntries(known))}</script>
<script>${new Markup(CLIENT)}</script>
</body>
</html>
`;
  return page.text;
}

/** The whole in one line: how many of each harm. */
function harmLine(findings: readonly Finding[]): Markup | string {
  const known = (Object.keys(HARMS) as Harm[]).map((harm) => [harm, findings.filter((finding) => finding.harm === harm).length] as const).filter(([, count]) => count > 0);
  return known.length === 0 ? '' : markup`<ul class="harms" aria-label="What comes of them">${known.map(([harm, count]) => markup`<li><a class="harm ${harm}" href="#harm=${harm}"><strong>${count}</strong> ${HARMS[harm]}</a></li>`)}</ul>`;
}

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const headline = (findings: readonly Finding[]): string => (findings.length === 0 ? 'No findings' : `${plural(findings.length, 'finding')}: ${counts(findings)}`);

const lastPart = (path: string): string => oneLine(path.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? '');

function notAnalysed({ errors }: AuditReport): Markup | string {
  if (errors.length === 0) return '';
  return markup`<section aria-labelledby="not-analysed"><h2 id="not-analysed">Not analysed</h2><p>What is in these files may hide more.</p><ul>${errors.map(({ file, line, message }) => markup`<li><code>${oneLine(file)}${line === undefined ? '' : `:${line}`}</code> ${prose(oneLine(message))}</li>`)}</ul></section>`;
}

const FIRST = 5;

/** One of each rule, the surest and worst first: to fix one teaches how to fix the others. */
function fixFirst(findings: readonly Finding[]): Markup | string {
  if (findings.length === 0) return '';
  const rank = (finding: Finding): number => (finding.change === 'unchanged' ? 100 : 0) + (finding.severity === 'error' ? 0 : 20) + (finding.certainty === 'proven' ? 0 : 10) + weight(finding);
  const groups = byRule(findings).map(([ruleId, of]) => ({ ruleId, of, first: [...of].sort((a, b) => rank(a) - rank(b) || Number(isEntered(b)) - Number(isEntered(a)) || b.flow.length - a.flow.length)[0]! }));
  const chosen = groups.sort((a, b) => rank(a.first) - rank(b.first) || b.of.length - a.of.length).slice(0, FIRST);
  return markup`<section aria-labelledby="fix-first"><h2 id="fix-first">Fix first</h2><ol class="first">${chosen.map(({ ruleId, of, first }) => markup`
<li><p class="what">${harmTag(first)} <a href="#${first.fingerprint}"><strong>${bareName(ruleId)}</strong></a>${first.change === 'introduced' ? markup` <span class="tag">new</span>` : ''}${first.certainty === 'likely' ? markup` <span class="tag">likely</span>` : ''}${of.length === 1 ? '' : markup` <a class="more" href="#rule=${encodeURIComponent(bareName(ruleId))}">all ${of.length}</a>`}</p>
<p>${prose(printable(first.message))}</p>
<p class="why"><a href="#${first.fingerprint}"><code>${oneLine(first.location.file)}:${first.location.startLine}</code></a>${prose(entered(first))}</p></li>`)}</ol></section>`;
}

const harmTag = (finding: Finding): Markup | string => (finding.harm === undefined ? '' : markup`<span class="harm ${finding.harm}">${harmOf(finding)}</span>`);

const isEntered = ({ flow }: Finding): boolean => flow[0] !== undefined && !/^(?:`|a function )/.test(flow[0].message);

/** Who sets it off: the entry point by its name, else by its place. */
function entered({ flow }: Finding): string {
  const [entry] = flow;
  if (entry === undefined) return '';
  const said = oneLine(entry.message).replace(/ is called(?= for |$)/, '');
  return ` · from ${said.includes('`') ? said : `${said} at \`${oneLine(entry.file)}:${entry.startLine}\``}`;
}

function overview(findings: readonly Finding[], serviceOf: (file: string) => string): Markup {
  const services = new Map<string, Finding[]>();
  for (const finding of findings) {
    const service = serviceOf(finding.location.file);
    if (service !== '') services.set(service, [...(services.get(service) ?? []), finding]);
  }
  const most = Math.max(1, ...byRule(findings).map(([, of]) => of.length));
  return markup`<section aria-labelledby="overview"><h2 id="overview">Overview</h2>${findings.length === 0 ? markup`<p>Nothing was found.</p>` : markup`<div class="tables">
${table('By rule', byRule(findings).map(([ruleId, of]) => [bareName(ruleId), of] as const), 'rule', most)}
${services.size < 2 ? '' : table('By service', [...services].sort(([a, inA], [b, inB]) => inB.length - inA.length || (a < b ? -1 : 1)), 'service', Math.max(...[...services.values()].map((of) => of.length)))}
${table('By certainty', (['proven', 'likely'] as const).map((certainty) => [certainty, findings.filter((finding) => finding.certainty === certainty)] as const).filter(([, of]) => of.length > 0), 'certainty', findings.length)}
</div>`}</section>`;
}

function table(title: string, rows: readonly (readonly [string, readonly Finding[]])[], filter: string, most: number): Markup {
  return markup`<table><caption>${title}</caption><thead><tr><th scope="col">${title.slice(3)}</th><th scope="col" class="number">findings</th><td></td></tr></thead><tbody>${rows.map(([name, of]) => markup`
<tr><th scope="row"><a href="#${filter}=${encodeURIComponent(name)}">${oneLine(name)}</a></th><td class="number">${of.length}</td><td><svg class="bar" aria-hidden="true" width="120" height="10"><rect width="${Math.round((of.length / most) * 120)}" height="10"/><rect class="errors" width="${Math.round((of.filter(({ severity }) => severity === 'error').length / most) * 120)}" height="10"/></svg></td></tr>`)}</tbody></table>`;
}

function mapSection(map: SystemMap): Markup {
  const title = new Map(map.nodes.map((node) => [node.id, oneLine(node.title)]));
  return markup`<section aria-labelledby="map"><h2 id="map">Map</h2><p>The system as read from the code. Numbers on the edges are findings that live there: click one, or a box, to see them; point at a box to see what it is linked to.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Map of the system">${mapSvg(map)}</div>
<details><summary>The map as a table</summary><table><thead><tr><th scope="col">from</th><th scope="col">does</th><th scope="col">to</th><th scope="col" class="number">findings</th></tr></thead><tbody>${map.edges.map(({ from, to, verbs, findings }, at) => {
    const [subject, object] = verbs[0] === 'consumes' && verbs.length === 1 ? [to, from] : [from, to];
    return markup`
<tr><td>${title.get(subject)!}</td><td>${verbs.join(', ')}</td><td>${title.get(object)!}</td><td class="number">${findings.length === 0 ? '' : markup`<a href="#edge=${at}">${findings.length}</a>`}</td></tr>`;
  })}</tbody></table></details></section>`;
}

function list(report: AuditReport, findings: readonly Finding[], serviceOf: (file: string) => string): Markup {
  const rules = byRule(report.findings).map(([ruleId]) => bareName(ruleId)).sort();
  const services = [...new Set(report.findings.map(({ location }) => serviceOf(location.file)))].filter((name) => name !== '').sort();
  const silenced = report.findings.length - findings.length;
  const harms = (Object.keys(HARMS) as Harm[]).filter((harm) => findings.some((finding) => finding.harm === harm));
  const select = (name: string, label: string, options: readonly string[], shown: (option: string) => string = oneLine): Markup | string => (options.length < 2 ? '' : markup`<label>${label} <select name="${name}"><option value="">all</option>${options.map((option) => markup`<option value="${option}">${shown(option)}</option>`)}</select></label>`);
  return markup`<section aria-labelledby="findings"><h2 id="findings" tabindex="-1">Findings</h2>
<form role="search" aria-label="Filter the findings"><label>Search <input type="search" name="text" placeholder="file, text, fingerprint"></label>${select('harm', 'Harm', harms, (harm) => HARMS[harm as Harm])}${select('rule', 'Rule', rules)}${select('service', 'Service', services)}${select('severity', 'Severity', ['error', 'warning'])}${select('certainty', 'Certainty', ['proven', 'likely'])}${report.comparison === undefined ? '' : select('change', 'Change', ['introduced', 'unchanged'])}${silenced === 0 ? '' : markup`<label class="check"><input type="checkbox" name="silenced"> also the ${silenced} known and left</label>`}<button type="reset">Clear</button></form>
<p id="count" role="status"></p>
<div id="list"></div>
<button type="button" id="more" hidden>Show more</button>
<noscript><p>The findings are shown by a script in this file; <code>--format markdown</code> needs none.</p></noscript></section>`;
}

function hints({ hints = [] }: AuditReport): Markup | string {
  if (hints.length === 0) return '';
  return markup`<section aria-labelledby="hints"><h2 id="hints">Hints</h2><ul>${hints.map(({ file, line, message }) => markup`<li><code>${oneLine(file)}${line === undefined ? '' : `:${line}`}</code> ${prose(oneLine(message))}</li>`)}</ul></section>`;
}

/** By the innermost directory. */
function serviceFinder(topology: Topology | undefined): (file: string) => string {
  const services = [...(topology?.services ?? [])].sort((a, b) => b.directory.length - a.directory.length);
  return (file) => services.find(({ directory }) => directory === '' || file.startsWith(`${directory}/`))?.name ?? '';
}
