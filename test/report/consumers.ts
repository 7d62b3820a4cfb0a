/** What of the packages that read our reports the tests use. Loaded by name, so that the rest type-checks before they are installed. */
const load = async <T>(name: string): Promise<T> => (await import(name)) as T;

interface XmlPackage {
  readonly XMLValidator: { validate(xml: string): true | object };
  readonly XMLParser: new (options: object) => { parse(xml: string): unknown };
}

export interface JunitSuite {
  readonly name?: string;
  readonly tests?: number;
  readonly failures?: number;
  readonly errors?: number;
  readonly testcase?: readonly { readonly name?: string; readonly classname?: string; readonly failure?: readonly { readonly message?: string; readonly inner?: string }[] }[];
}

export const { XMLParser, XMLValidator } = await load<XmlPackage>('fast-xml-parser');
export const { parse: parseJunit } = await load<{ parse(xml: string): Promise<JunitSuite & { readonly testsuite?: readonly JunitSuite[] }> }>('junit2json');
