export { default } from './plugin/plugin.ts';
export { programHash } from './plugin/program-hash.ts';
