/** The package that declares what a file in `node_modules` holds: `@types/foo__bar` speaks of `@foo/bar`. */
export function packageOf(fileName: string): string | undefined {
  const path = fileName.replaceAll('\\', '/');
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return undefined;
  const [scope = '', name = ''] = path.slice(at + '/node_modules/'.length).split('/');
  if (!scope.startsWith('@')) return scope === '.prisma' ? `.prisma/${name}` : scope;
  if (scope !== '@types') return `${scope}/${name}`;
  return name.includes('__') ? `@${name.replace('__', '/')}` : name;
}
