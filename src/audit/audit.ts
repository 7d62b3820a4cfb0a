import { dirname } from 'node:path';
import { Catalog } from '../catalog/catalog.ts';
import { createResolver } from '../load/resolve.ts';
import { sourceLines, type SourceLines } from '../load/source-lines.ts';
import models from '../models/index.ts';
import { Program, type ProgramHost } from '../program/program.ts';
import { tellingNames } from '../program/receivers.ts';
import { shows } from '../rule/define-rule.ts';
import { asks } from '../program/asking.ts';
import { Deployment } from '../deployment/deployment.ts';
import { Schema } from '../schema/index.ts';
import { morphOracle } from '../types/morph-oracle.ts';
import rules from '../../rules/index.ts';
import type { LibraryModel } from '../vocabulary/model.ts';
import type { Problem } from '../rule/check.ts';
import type { AuditError, AuditHint, AuditReport, Finding } from '../vocabulary/finding.ts';
import { analyse } from '../rule/analyse.ts';
import { reachingFiles } from './scope.ts';
import { Cache } from './cache.ts';
import { configHints } from './config-hints.ts';
import { FOLLOWED, type SourceFiles } from './extract-files.ts';
import { linkFacts } from './facts.ts';
import { toFindings } from './findings.ts';
import type { Kept } from './kept.ts';
import type { AuditOptions } from './options.ts';
import { Remembered } from './remembered.ts';
import { serviceFinder } from '../deployment/services.ts';
import { relativeTo, type Sources, sourcesOnDisk } from './sources.ts';
import { applySuppressions } from './suppress.ts';
import { TopologyReader } from './topology.ts';
import { toolVersion } from './version.ts';

/** The whole program: load, extract, link, ask, report. */
export async function audit(options: AuditOptions, kept?: Kept): Promise<AuditReport> {
  const started = performance.now();
  if (options.facts !== undefined) {
    const { hints, ...sources } = linkFacts(options, options.facts);
    const report = examine(sources, options, started);
    return hints.length === 0 ? report : { ...report, hints: [...hints, ...(report.hints ?? [])] };
  }
  const cache = options.cache === false || kept?.isWarm === true ? null : new Cache(options.cache);
  const sources = kept === undefined ? sourcesOnDisk(options, cache) : sourcesOnDisk(options, kept.over(cache), kept.tree);
  const remembered = cache === null || kept !== undefined ? null : Remembered.of(cache.directory, options, sources);
  let report = remembered?.report() ?? null;
  if (report === null) {
    report = examine(remembered === null ? sources : { ...sources, tree: remembered.tree }, options, started, kept);
    remembered?.keep(report);
  }
  cache?.close();
  return report;
}

function examine(sources: Sources, options: AuditOptions, started: number, kept?: Kept): AuditReport {
  const { root } = options;
  const { tree, names, all: everything, manifests, files, isReported } = sources;
  const errors: AuditError[] = [...sources.errors];
  const extractedAt = performance.now();

  const resolver = createResolver(root, { files: new Set(names.map((name) => `${root}/${name}`)), manifests, tree });
  const schema = Schema.fromSources([...sources.schema, ...files.schemaSources]);
  const serviceOf = serviceFinder(root, manifests, options.config.deployables ?? {}, tree);
  const deployment = new Deployment(sources.workloads, serviceOf, { file: options.configFile?.name ?? 'the config', ...(options.config.replicas === undefined ? {} : { replicas: options.config.replicas }) });
  const linkedAt = performance.now();
  const host: ProgramHost = {
    catalog: new Catalog([...((options.config.models ?? []) as LibraryModel[]), ...models]),
    ir: (file) => files.ir(file),
    role: (file) => files.role(file),
    hasSubtypes: (file) => files.hasSubtypes(file),
    hasObjects: (file) => files.hasObjects(file),
    augments: (file) => files.augments(file),
    resolve(from, spec) {
      const target = resolver.resolve(`${root}/${from}`, spec);
      return target.kind === 'file' ? { kind: 'file', file: relativeTo(root, target.file) } : target;
    },
    files: () => names,
    replicasOf: (file) => deployment.replicasOf(file),
    ...(options.config.closed === undefined ? {} : { closed: options.config.closed }),
    packageOf: (file) => resolver.workspace.nearest(dirname(`${root}/${file}`))?.name,
    majorOf: (file, name) => resolver.workspace.majorOf(`${root}/${file}`, name),
    table: (name) => schema.table(name),
    isUnique: (table, columns) => schema.isUnique(table, [...columns]),
  };

  const oracle = options.types === 'off' ? undefined : morphOracle({
    root, tree, ...(kept === undefined ? {} : { parsed: kept.parsed }), catalog: host.catalog, ir: host.ir,
    candidates: () => names.filter((file) => FOLLOWED.has(files.role(file)) && asks(files.ir(file)!, tellingNames(host), (spec) => host.resolve(file, spec).kind === 'file')),
    resolve: (from, spec) => resolver.resolve(from, spec).file,
  });
  if (oracle !== undefined) host.oracle = oracle;

  const active = rules.filter((rule) => options.rules[rule.name] !== 'off');
  const program = new Program(host);
  // A finding stands where its evidence meets; who asks about the file that holds its effect is told as well.
  const scope = reachingFiles(program, isReported);
  const topology = options.topology ? new TopologyReader(serviceOf) : null;
  const analysis = analyse(program, active, {
    onProgress: (done, total) => options.onProgress?.('follow', done, total),
    ...(topology === null ? {} : { onWalk: (entry, walk) => topology.read(entry, walk) }),
    trace: options.trace === true,
  }, scope, isReported);
  const lines = new Map<string, SourceLines | null>();
  const linesOf = (file: string): SourceLines | null => {
    let known = lines.get(file);
    if (known === undefined) {
      const { text } = tree.read(`${root}/${file}`);
      lines.set(file, (known = text === undefined ? null : sourceLines(text)));
    }
    return known;
  };
  for (const { file, span, message } of analysis.misread) errors.push({ file, line: linesOf(file)!.position(span[0]).line, message });
  const wanted = (problem: Problem): boolean => (options.rules[problem.rule] !== undefined || shows(options.preset, problem.form, problem.certainty)) && (options.certainty === 'likely' || problem.certainty === 'proven');
  const all = toFindings(analysis.problems, linesOf, (problem) => (options.rules[problem.rule] === 'warn' ? 'warning' : options.rules[problem.rule] === 'error' ? 'error' : problem.certainty === 'proven' ? 'error' : 'warning'));
  const shown = new Set(all.filter(({ problem }) => wanted(problem)).map(({ finding }) => finding));
  const commented = names.filter((file) => isReported(file) && FOLLOWED.has(files.role(file)));
  const { findings, hints } = suppressed(all.map(({ finding }) => finding), shown, commented, new Set(active.map(({ name }) => name)), files, linesOf);
  const said = configHints(options, {
    files: everything,
    uses: usersOf(files, host.catalog),
    runs: (name) => rules.some((rule) => rule.name === name && shows(options.preset, rule.preset, 'proven')),
  });
  const counts: Record<string, number> = {};
  for (const finding of findings) if (finding.suppressed === undefined) counts[finding.ruleId] = (counts[finding.ruleId] ?? 0) + 1;
  return {
    version: 1, tool: { name: 'distributed-audit', version: toolVersion() }, root, findings, errors: errors.sort(byPlace),
    ...(said.length + hints.length === 0 ? {} : { hints: [...said, ...hints] }),
    ...(topology === null ? {} : { topology: topology.topology(linesOf) }),
    stats: {
      files: names.length, functions: files.functions, entryPoints: analysis.entryPoints, findings: counts,
      suppressed: findings.filter((finding) => finding.suppressed !== undefined).length,
      ...(options.stats ? { milliseconds: rounded({ extract: extractedAt - started, link: linkedAt - extractedAt, ...(oracle === undefined ? {} : { types: oracle.stats.milliseconds }), ...analysis.milliseconds, total: performance.now() - started }) } : {}),
    },
  };
}

/** Whether some code imports the library of a model. */
function usersOf(files: SourceFiles, catalog: Catalog): (model: LibraryModel) => boolean {
  let used: Set<LibraryModel> | undefined;
  return (model) => (used ??= new Set(files.names.flatMap((file) => files.ir(file)?.module.specs ?? []).flatMap((spec) => catalog.libraries(spec)))).has(model);
}

const rounded = (times: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(times).map(([name, time]) => [name, Math.round(time)]));

/** Whatever order they came to light in. */
const byPlace = (a: AuditError, b: AuditError): number => (a.file !== b.file ? (a.file < b.file ? -1 : 1) : (a.line ?? 0) !== (b.line ?? 0) ? (a.line ?? 0) - (b.line ?? 0) : a.message < b.message ? -1 : Number(a.message > b.message));

/** What the comments silence, and the comments that silence nothing. A finding that the preset hides still needs its comment: ESLint may show it. */
function suppressed(all: readonly Finding[], shown: ReadonlySet<Finding>, commented: readonly string[], active: ReadonlySet<string>, files: SourceFiles, linesOf: (file: string) => SourceLines | null): { readonly findings: Finding[]; readonly hints: AuditHint[] } {
  const byFile = new Map<string, Finding[]>();
  for (const finding of all) byFile.set(finding.location.file, [...(byFile.get(finding.location.file) ?? []), finding]);
  const findings: Finding[] = [];
  const hints: AuditHint[] = [];
  for (const file of [...new Set([...byFile.keys(), ...commented])].sort()) {
    const list = byFile.get(file) ?? [];
    const comments = files.ir(file)?.suppressions ?? [];
    const lines = comments.length === 0 ? null : linesOf(file);
    const marked = lines === null ? { findings: list, unused: [] } : applySuppressions(list, comments, lines);
    findings.push(...marked.findings.filter((_, at) => shown.has(list[at]!)));
    for (const { ruleId, line } of marked.unused) {
      if (active.has(ruleId.slice('distributed/'.length))) hints.push({ kind: 'unused-suppression', file, line, message: `The comment silences nothing: ${ruleId} finds nothing there.` });
    }
  }
  return { findings, hints };
}
