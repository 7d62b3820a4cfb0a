import { expression } from './expressions.ts';
import type { Extraction } from './extraction.ts';
import { type Node, spanOf } from './node.ts';

/** Evaluates what an element contains; what it is itself concerns nobody here. */
export function jsx(x: Extraction, node: Node): void {
  switch (node.type) {
    case 'JSXElement':
      for (const attribute of node.openingElement.attributes as readonly Node[]) {
        if (attribute.type === 'JSXSpreadAttribute') expression(x, attribute.argument, 'argument');
        else if (attribute.value != null) jsxValue(x, attribute.value, attribute.name);
      }
      for (const child of node.children) jsx(x, child);
      break;
    case 'JSXFragment':
      for (const child of node.children) jsx(x, child);
      break;
    case 'JSXExpressionContainer':
    case 'JSXSpreadChild':
      if (node.expression.type !== 'JSXEmptyExpression') expression(x, node.expression, 'element');
      break;
  }
}

function jsxValue(x: Extraction, value: Node, name: Node): void {
  const hint = name.type === 'JSXIdentifier' ? { name: name.name, span: spanOf(name) } : null;
  if (value.type !== 'JSXExpressionContainer') jsx(x, value);
  else if (value.expression.type !== 'JSXEmptyExpression') expression(x, value.expression, 'argument', hint);
}
