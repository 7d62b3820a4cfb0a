import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';
import { type Catalog, operationsOf } from './catalog.ts';

/** What arrays, strings and promises have too, and is far more often theirs. */
const COMMON = new Set('then catch finally map flatMap forEach filter reduce some every sort slice splice concat join split includes indexOf keys values entries has push pop shift unshift at replace trim toString bind call apply log info warn error debug'.split(' '));

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
      for (const table of [shape.members, shape.statics]) for (const [name, member] of Object.entries(table ?? {})) if (name !== '*' && !COMMON.has(name) && doesSomething(member)) found.add(name);
    }
  }
  return found;
}

const doesSomething = (member: Member): boolean => operationsOf(member)?.some(acts) ?? false;
const acts = ({ effect, run, command, transaction, batch, invokes, returns }: Operation): boolean =>
  effect !== undefined || run === true || command !== undefined || transaction !== undefined || batch !== undefined || invokes !== undefined || typeof returns === 'object';
