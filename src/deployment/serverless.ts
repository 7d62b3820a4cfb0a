import { posix } from 'node:path';
import type { Workload } from './workload.ts';
import { at, countAt, isValues, textAt, type YamlDocument } from './yaml.ts';

/** Functions of the Serverless Framework or of AWS SAM: as many instances run as there are requests at once, unless one is all that is reserved. */
export function readServerless(file: string, documents: readonly YamlDocument[]): Workload[] {
  return documents.flatMap(({ value, lineOf }): Workload[] => {
    const functions = at(value, 'functions');
    if (isValues(functions) && isValues(at(value, 'provider'))) return [workload(file, '', Object.values(functions).map((one) => countAt(one, 'reservedConcurrency')), lineOf(['functions']))];
    const resources = at(value, 'Resources');
    if (!isValues(resources)) return [];
    return Object.entries(resources).flatMap(([name, resource]) => (textAt(resource, 'Type') !== 'AWS::Serverless::Function' ? [] : [
      workload(file, textAt(resource, 'Properties', 'CodeUri') ?? textAt(value, 'Globals', 'Function', 'CodeUri') ?? '', [countAt(resource, 'Properties', 'ReservedConcurrentExecutions')], lineOf(['Resources', name])),
    ]));
  });
}

function workload(file: string, code: string, reserved: readonly (number | undefined)[], line: number): Workload {
  const directory = posix.join(posix.dirname(file), code);
  return { names: [], directory: directory === '.' ? '' : directory.replace(/\/$/, ''), replicas: reserved.length > 0 && reserved.every((count) => count === 1) ? 1 : null, file, line };
}
