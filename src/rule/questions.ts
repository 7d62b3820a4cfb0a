import type { Ask } from './ask.ts';
import { describe } from './check.ts';

/** Keeps what a rule asks about one effect, and what it is answered, in words. */
export class Questions {
  private kept: string[] = [];

  begin(): void {
    this.kept = [];
  }

  asked(): readonly string[] {
    return [...new Set(this.kept)];
  }

  listenTo(ask: Ask): Ask {
    return new Proxy(ask, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function' || typeof name !== 'string') return member;
        return (...args: unknown[]): unknown => {
          const answer: unknown = member.apply(target, args);
          const about = args.map((arg) => inWords(arg)).filter((word) => word !== '');
          this.kept.push(`${words(name)}${about.length === 0 ? '' : ` (${about.join('; ')})`}: ${inWords(answer) || 'something'}`);
          return answer;
        };
      },
    });
  }
}

/** `readsFeeding` → `reads feeding`. */
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function inWords(value: unknown): string {
  if (value === null || value === undefined || value === false) return 'no';
  if (value === true) return 'yes';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.every((item) => typeof item === 'string') ? value.join(', ') : list(value);
  if (typeof value !== 'object') return '';
  if ('effect' in value) return describe((value as { effect: Parameters<typeof describe>[0] }).effect);
  if ('is' in value) return `${String(value.is)}${'likely' in value && value.likely === true ? ', likely' : ''}`;
  // The answer itself before what it stands on.
  for (const key of ['verdict', 'kind', 'by', 'read', 'occurrence', 'write', 'region']) {
    if (key in value) {
      const word = inWords((value as Record<string, unknown>)[key]);
      if (word !== '' && word !== 'no') return word;
    }
  }
  return '';
}

function list(items: readonly unknown[]): string {
  const named = [...new Set(items.map(inWords).filter((word) => word !== ''))];
  return named.length === 0 ? String(items.length) : `${named.slice(0, 3).join('; ')}${named.length > 3 ? `; ${named.length - 3} more` : ''}`;
}
