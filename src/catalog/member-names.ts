import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';
import { type Catalog, operationsOf } from './catalog.ts';

/** What the language and the web platform have too, and is far more often theirs; or what only follows a call that was told already. */
const COMMON = new Set(
  'then catch finally map flatMap forEach filter reduce some every sort slice splice concat join split includes indexOf keys values entries has push pop shift unshift at replace trim toString bind call apply test exec match on once off end close json text formData blob arrayBuffer append headers log info warn error debug'.split(' '),
);

/** Names of members whose call does something, in the libraries that some of these specifiers mean: the only calls for which a receiver's type is worth asking. */
export function telling(catalog: Catalog, specs: Iterable<string>, names: Iterable<string>): ReadonlySet<string> {
  const libraries = new Set<LibraryModel>();
  for (const spec of specs) for (const library of catalog.libraries(spec)) libraries.add(library);
  for (const name of names) {
    const generated = catalog.generated(name);
    if (generated !== undefined) libraries.add(generated.library);
  }
  const found = new Set<string>();
  for (const library of libraries) {
    for (const shape of Object.values(library.types)) {
      for (const table of [shape.members, shape.statics]) for (const [name, member] of Object.entries(table ?? {})) if (name !== '*' && !COMMON.has(name) && doesSomething(catalog, library, member)) found.add(name);
    }
  }
  return found;
}

const doesSomething = (catalog: Catalog, library: LibraryModel, member: Member): boolean => operationsOf(member)?.some((operation) => acts(operation) || leadsOn(catalog, library, operation)) ?? false;
const acts = ({ effect, run, command, transaction, batch, invokes }: Operation): boolean => effect !== undefined || run === true || command !== undefined || transaction !== undefined || batch !== undefined || invokes !== undefined;

/** A builder, or something by which one acts: a connection, a repository. */
function leadsOn(catalog: Catalog, library: LibraryModel, { returns }: Operation): boolean {
  const type = typeof returns === 'object' ? catalog.named(library, returns.type) : undefined;
  if (type === undefined) return false;
  return catalog.trait(type, 'lazy') !== undefined || Object.values(type.shape.members ?? {}).some((member) => operationsOf(member)?.some(acts) ?? false);
}
