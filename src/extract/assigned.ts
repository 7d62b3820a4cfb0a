import type { Node } from './node.ts';
import { boundNames } from './scope.ts';

const NOT_CODE = new Set(['parent', 'loc', 'range', 'type', 'start', 'end', 'typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'superTypeArguments', 'implements', 'tokens', 'comments']);

/**
 * The names assigned in a loop, inner functions included, in an order that does not depend on the order of a node's fields. One walk
 * over the outermost loop answers for all loops within it.
 */
export class AssignedNames {
  private readonly known = new Map<Node, ReadonlySet<string>>();

  of(loop: Node): readonly string[] {
    if (!this.known.has(loop)) this.walk(loop, new Set());
    return [...this.known.get(loop)!].sort();
  }

  private walk(node: Node, into: Set<string>): void {
    switch (node.type) {
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement': {
        const own = new Set<string>();
        if ((node.type === 'ForInStatement' || node.type === 'ForOfStatement') && node.left.type !== 'VariableDeclaration') boundNames(node.left, (name) => own.add(name));
        this.children(node, own);
        this.known.set(node, own);
        for (const name of own) into.add(name);
        return;
      }
      case 'AssignmentExpression':
        boundNames(node.left, (name) => into.add(name));
        break;
      case 'UpdateExpression':
        boundNames(node.argument, (name) => into.add(name));
        break;
      case 'VariableDeclaration':
        if (node.kind === 'var') for (const { id } of node.declarations) boundNames(id, (name) => into.add(name));
        break;
    }
    this.children(node, into);
  }

  private children(node: Node, into: Set<string>): void {
    for (const field in node) {
      const child = node[field];
      if (child === null || typeof child !== 'object' || NOT_CODE.has(field)) continue;
      if (Array.isArray(child)) {
        for (const item of child) if (item !== null && typeof item === 'object' && typeof item.type === 'string') this.walk(item, into);
      } else if (typeof child.type === 'string') this.walk(child, into);
    }
  }
}
