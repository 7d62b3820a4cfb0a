import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const activity: Operation = { decorates: { on: 'method', entry: { kind: 'job', redelivers: true, ack: 'return' } } };

export default {
  name: 'nestjs-temporal',
  packages: ['nestjs-temporal', 'nestjs-temporal-core'],
  // `Activity` is a method's decorator in the one package, a class's in the other.
  exports: { Activity: activity, ActivityMethod: activity },
  types: {},
  source: 'nestjs-temporal@2.0.1 dist/decorators/activity.decorator.d.ts; nestjs-temporal-core@3.4.0 dist/decorators/activity.decorator.d.ts',
  verified: 'types',
} satisfies LibraryModel;
