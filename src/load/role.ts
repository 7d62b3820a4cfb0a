import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { FileIR } from '../vocabulary/ir.ts';
import { isRecord } from './json.ts';

/** What a file is for. Most rules speak about `source` alone; a `script` runs by hand or on deploy; the rest is no service code. */
export type Role = 'source' | 'test' | 'generated' | 'vendored' | 'browser' | 'script' | 'declaration' | 'config' | 'example';

/** As far as roles need it: `Package` of the workspace fits. */
export interface RolePackage {
  readonly json: Readonly<Record<string, unknown>>;
  /** Its directory relative to what `relPath` is relative to, with `/`; '' when the same. */
  readonly relDir?: string;
}

/** `relPath`: below the project root, with `/`. `text` is only asked for a first line `#!`. */
export function roleOf(relPath: string, ir?: FileIR, nearestPackage?: RolePackage, text?: string): Role {
  const path = `/${relPath.replaceAll('\\', '/').toLowerCase()}`;
  if (/\.d\.(?:[^/.]+\.)?[cm]?ts$/.test(path)) return 'declaration';
  if (ir?.generated || GENERATED.test(path)) return 'generated';
  if (VENDORED.test(path)) return 'vendored';
  const outside = outsideSources(path);
  // A `fixtures.service.ts` in `src/fixtures` is about matches, not about tests.
  const domain = outside !== path && DOMAIN_FILE.test(path);
  if (domain ? TEST.test(outside) : TEST.test(path)) return 'test';
  if (EXAMPLE.test(outside)) return 'example';
  if (isConfig(path, nearestPackage)) return 'config';
  if ((!domain && SCRIPT.test(path)) || SCRIPT_OUTSIDE.test(outside === path ? path : posix.dirname(outside)) || text?.startsWith('#!') || isBin(relPath, nearestPackage)) return 'script';
  if (ir && isBrowser(path, ir, nearestPackage)) return 'browser';
  return 'source';
}

const GENERATED = /\/(?:__)?generated(?:__)?\/|[._-]generated\.[cm]?[jt]sx?$|\.gen\.[cm]?[jt]sx?$|[._]pb\.[cm]?[jt]sx?$|_(?:grpc_)?pb\.[cm]?[jt]sx?$/;
const VENDORED = /\/(?:third[_-]party|3rd[_-]?party|vendored|bower_components)\/|\/vendor\/(?=.*\.[cm]?js$)|^\/vendor\//;
const TEST = new RegExp(
  [
    '(?:[._](?:test|tests|spec|specs|e2e|e2e-spec|stories|story|bench|benchmark|cy|mock|mocks|fixture|fixtures|test-d|it-spec)(?:[._-][\\w-]+)?|-(?:spec|e2e))\\.[cm]?[jt]sx?$',
    '/(?:__tests?__|__mocks__|__fixtures__|__snapshots__|__e2e__|__benchmarks__|tests?|testing|specs?|e2e(?:-[^/]*)?|[^/]*-e2e|cypress|playwright|fixtures?|mocks|bench(?:es|marks?)?|test-(?:utils?|helpers?|support|setup|fixtures|data)|(?:integration|unit|functional|system|acceptance|load|perf|smoke)[-_]?tests?|testutils?|k6)/',
    '/(?:(?:vitest|jest|test|mocha)[._-]?(?:setup|global-?setup|teardown|env(?:ironment)?|utils?|helpers?)|setup-?tests?)(?:\\.[\\w-]+)*\\.[cm]?[jt]sx?$',
  ].join('|'),
);
const DOMAIN_FILE = /\.(?:service|controller|module|entity|model|repository|resolver|gateway|processor|consumer|handler|dto|usecase)\.[cm]?[jt]s$|\/(?:route|page|layout)\.[jt]sx?$/;
const EXAMPLE = /\/(?:examples?|demos?|docs?|samples?|playgrounds?|tutorials?|starters?|boilerplates?)\//;
const SCRIPT = /\/(?:scripts?|migrations?|seeds?|seeders?|seeding|codemods?|db-migrations|data-migrations)\/|\/(?:seed|migrate|gulpfile|gruntfile|knexfile)\.[cm]?[jt]s$|[._](?:seeder|migration)\.[cm]?[jt]s$/;
const SCRIPT_OUTSIDE = /\/(?:bin|tooling|\.github|ci|hack|build)(?:\/|$)/;
const CONFIG_OF_A_TOOL =
  /^\.?(?:next|vite|vitest|jest|webpack|rollup|rspack|rsbuild|tsup|tsdown|esbuild|babel|postcss|tailwind|eslint|prettier|stylelint|commitlint|lint-staged|drizzle|prisma|playwright|cypress|nuxt|svelte|astro|remix|react-router|craco|metro|karma|nodemon|mikro-orm|i18next(?:-parser)?|next-i18next|trigger|sanity|sentry(?:\.\w+)?|contentlayer|panda|unocss|windi|docusaurus|vue|quasar|capacitor|wdio|typedoc|turbo|nx|knip|release|semantic-release|size-limit|syncpack|codegen|graphql|orval|openapi-ts|medusa|keystone|payload|wrangler|sst|open-next|vercel|plopfile|ormconfig|ember-cli-build)(?:[.-][\w-]+)*\.config(?:\.[\w-]+)*\.[cm]?[jt]s$|^\.\w[\w-]*rc\.[cm]?[jt]s$|^(?:ormconfig|knexfile|gulpfile|gruntfile|plopfile|karma\.conf|webpack(?:\.[\w-]+)+|rollup(?:\.[\w-]+)*|ecosystem\.config|\.?pnpmfile|dangerfile)\.[cm]?[jt]s$/;

/** The part of a path before its sources begin: words like `docs` and `bin` below `src` belong to the domain. */
function outsideSources(path: string): string {
  const match = /\/(?:src|lib|app|server|api|source)\//.exec(path);
  return match ? path.slice(0, match.index + 1) : path;
}

/** `x.config.ts` beside the package.json or of a known tool; `src/config/app.config.ts` is part of the program. */
function isConfig(path: string, owner: RolePackage | undefined): boolean {
  const folder = path.slice(1, Math.max(1, path.lastIndexOf('/')));
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (CONFIG_OF_A_TOOL.test(name)) return true;
  if (!/\.config(?:\.[\w-]+)*\.[cm]?[jt]s$|\.conf\.[cm]?js$/.test(name)) return false;
  return owner?.relDir === undefined ? !/(?:^|\/)(?:src|lib|app|server|api|config)(?:\/|$)/.test(folder) : folder === owner.relDir.toLowerCase();
}

function isBin(relPath: string, owner: RolePackage | undefined): boolean {
  const bin = owner?.json['bin'];
  const targets = typeof bin === 'string' ? [bin] : isRecord(bin) ? Object.values(bin) : [];
  const prefix = owner?.relDir ? `${owner.relDir}/` : '';
  return targets.some((target) => typeof target === 'string' && prefix + target.replace(/^\.\//, '') === relPath);
}

const BROWSER_PACKAGES =
  /^(?:react-dom(?:\/client)?|react-native(?:-[\w-]+)?|vue|vue-router|pinia|svelte(?:\/.*)?|solid-js(?:\/(?:web|store))?|preact(?:\/hooks)?|@angular\/(?:core|common|router|forms|platform-browser)(?:\/.*)?|jquery|lit|lit-element|client-only|next\/(?:router|link|image|dynamic)|react-router-dom|@tanstack\/react-(?!start)[\w-]+|react-redux|swr|zustand|jotai|recoil|framer-motion|@emotion\/react|@emotion\/styled|styled-components|@mui\/[\w-]+(?:\/.*)?|@chakra-ui\/[\w-]+|@radix-ui\/[\w-]+|@headlessui\/react|lucide-react|react-i18next|react-hook-form|expo(?:-[\w-]+)?)$/;
const SERVER_MARKS =
  /^(?:server-only|react-dom\/(?:server|static)(?:\..*)?|vue\/server-renderer|@vue\/server-renderer|preact-render-to-string|next\/(?:headers|server|cache)|@remix-run\/(?:node|cloudflare|server-runtime|express)|@react-router\/(?:node|cloudflare|express)|@tanstack\/(?:(?:react|solid)-)?start|express|fastify|koa|hono|@nestjs\/.*|@react-email\/.*|react-email|ink|@prisma\/client|pg|mysql2?(?:\/.*)?|mongoose|mongodb|typeorm|knex|sequelize|drizzle-orm(?:\/.*)?|ioredis|redis|bullmq|kafkajs|amqplib|@aws-sdk\/.*|nodemailer)$/;
const SERVER_DEPENDENCIES = ['next', 'express', 'fastify', 'koa', 'hono', '@nestjs/core', '@remix-run/node', '@react-router/node', '@react-router/dev', '@tanstack/react-start', '@sveltejs/kit', 'nuxt', 'astro', 'ink', '@trpc/server', 'react-email', '@react-email/components'];
/** Frameworks in whose route modules a function of the server stands beside a component. */
const ROUTE_FRAMEWORKS = ['@react-router/dev', '@react-router/node', '@remix-run/react', '@remix-run/node'];
const CLIENT_DEPENDENCIES = ['react-dom', 'react-native', 'vue', 'svelte', 'solid-js', 'preact', '@angular/core'];

/** By what the file says of itself: directives and imports. A folder's name alone proves nothing. */
function isBrowser(path: string, ir: FileIR, owner: RolePackage | undefined): boolean {
  const { imports, specs } = ir.module;
  if (ir.directives.includes('use client')) return true;
  if (ir.directives.includes('use server')) return false;
  const valueSpecs = specs.filter((spec) => !isTypeOnly(spec, imports));
  if (valueSpecs.some((spec) => spec.startsWith('node:') || isBuiltin(spec) || SERVER_MARKS.test(spec))) return false;
  if (['action', 'loader'].some((name) => Object.hasOwn(ir.module.exports, name)) && owner !== undefined && depends(owner, ROUTE_FRAMEWORKS)) return false;
  if (valueSpecs.some((spec) => BROWSER_PACKAGES.test(spec)) || answersPage(ir)) return true;
  if (imports.some((record) => record.spec === 'react' && !record.typeOnly && isClientReact(record.name, path))) return true;
  const onlyLocal = valueSpecs.every((spec) => /^[.~#@]\/|^\.{1,2}$|^\.\.\//.test(spec));
  if (/\/(?:service-?worker|sw)\.[cm]?[jt]s$/.test(path) && onlyLocal) return true;
  if (onlyLocal && usesDocument(ir)) return true;
  return /\.[jt]sx$/.test(path) && owner !== undefined && depends(owner, CLIENT_DEPENDENCIES) && !depends(owner, SERVER_DEPENDENCIES);
}

function isTypeOnly(spec: string, imports: FileIR['module']['imports']): boolean {
  const records = imports.filter((record) => record.spec === spec);
  return records.length > 0 && records.every((record) => record.typeOnly);
}

/** `cache` and `Suspense` also serve on the server; hooks with state, context and whole-module imports of components do not. */
function isClientReact(name: string, path: string): boolean {
  return /^(?:use[A-Z]\w*|createContext|forwardRef|memo|Component|PureComponent|createRef|startTransition|lazy)$/.test(name) || (/\.[jt]sx$/.test(path) && (name === 'default' || name === '*'));
}

/** A worker of a page: `self.postMessage(…)`. Those of Node have a port. */
const answersPage = ({ functions }: FileIR): boolean => functions.some(({ values }) => values.some((term) => {
  const object = term[0] === 'get' && term[2] === 'postMessage' ? values[term[1]] : undefined;
  return object?.[0] === 'global' && object[1] === 'self';
}));

/** Reads a member of the page: `document.x`, `localStorage.x`, `window.x`. */
function usesDocument({ functions }: FileIR): boolean {
  return functions.some(({ values }) =>
    values.some((term) => {
      if (term[0] !== 'get') return false;
      const object = values[term[1]];
      return object?.[0] === 'global' && /^(?:document|localStorage|sessionStorage|window)$/.test(object[1]);
    }),
  );
}

function depends(owner: RolePackage, names: readonly string[]): boolean {
  return ['dependencies', 'devDependencies', 'peerDependencies'].some((field) => {
    const dependencies = owner.json[field];
    return isRecord(dependencies) && names.some((name) => Object.hasOwn(dependencies, name));
  });
}
