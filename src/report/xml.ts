/** What XML 1.0 cannot hold even when escaped. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

export function element(name: string, attributes: Readonly<Record<string, string | number>>, children: string | readonly string[] = []): string {
  const head = `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(String(value))}"`).join('')}`;
  if (typeof children === 'string') return `${head}>${text(children)}</${name}>`;
  if (children.length === 0) return `${head}/>`;
  return `${head}>\n${children.map((child) => child.replace(/^(?=<)/gm, '  ')).join('\n')}\n</${name}>`;
}

export const document = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;

function attribute(value: string): string {
  return value.replace(FORBIDDEN, '\ufffd').replace(/[&<>"\t\n\r]/g, (char) => ESCAPES[char]!);
}

function text(value: string): string {
  return value.replace(FORBIDDEN, '\ufffd').replace(/[&<>\r]/g, (char) => ESCAPES[char]!);
}
