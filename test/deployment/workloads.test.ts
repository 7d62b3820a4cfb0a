import { expect, test } from 'vitest';
import { Deployment } from '../../src/deployment/deployment.ts';
import { readWorkloads } from '../../src/deployment/read.ts';

const stated = (file: string, text: string): (readonly [names: string, directory: string | null, replicas: number | null, line: number])[] =>
  readWorkloads(file, text).map(({ names, directory, replicas, line }) => [names.join(' '), directory, replicas, line]);

test('controllers of Kubernetes, in one file', () => {
  expect(stated('k8s/all.yaml', `
apiVersion: v1
kind: Service
metadata: { name: quay }
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: quay
spec:
  replicas: 2
  template: { spec: { containers: [{ name: main, image: "registry.example.com:5000/harbour/quay-server@sha256:aa" }] } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: lamp
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: scaled-elsewhere
spec: {}
`)).toEqual([['quay quay-server', null, 2, 11], ['lamp', null, null, 15]]);
});

test('functions run as often as they are called, unless one is all that is reserved', () => {
  expect(stated('services/fog/serverless.yml', `
service: fog
provider: { name: aws }
functions:
  hoot: { handler: src/hoot.handler }
`)).toEqual([['', 'services/fog', null, 5]]);
  expect(stated('serverless.yaml', `
provider: { name: aws }
functions:
  hoot:
    handler: src/hoot.handler
    reservedConcurrency: 1
`)).toEqual([['', '', 1, 4]]);
  expect(stated('template.yaml', `
Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Hoot:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/hoot/
`)).toEqual([['', 'functions/hoot', null, 5]]);
});

test('Compose: a number of replicas, or a scale; what says nothing may be scaled by whoever starts it', () => {
  expect(stated('ops/docker-compose.prod.yml', `
services:
  web:
    build: { context: ../apps/web }
    scale: 3
  worker:
    image: harbour/worker:latest
    deploy: { replicas: 1 }
  postgres:
    image: postgres:17
`)).toEqual([['web', 'apps/web', 3, 5], ['worker worker', null, 1, 8]]);
});

test('PM2, as code and as JSON', () => {
  expect(stated('ecosystem.config.cjs', "module.exports = { apps: [{ name: 'api', script: 'server.js', instances: -1 }, { name: 'once', script: 'once.js' }] };")).toEqual([['api', '', null, 1]]);
  expect(stated('apps/api/ecosystem.config.json', '{ "apps": [{ "name": "api", "script": "server.js", "instances": "4" }] }')).toEqual([['api', 'apps/api', 4, 1]]);
});

test('templates, other YAML, aliases without end and broken files say nothing', () => {
  expect(stated('chart/templates/deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  replicas: {{ .Values.replicas }}\n')).toEqual([]);
  expect(stated('ci.yml', 'jobs:\n  build:\n    services: {}\n')).toEqual([]);
  expect(stated('bomb.yaml', `kind: Deployment\na: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefghij'.split('').map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[i]}`).join(', ')}]`).join('\n')}\n`)).toEqual([]);
  expect(stated('ecosystem.config.js', 'module.exports = { apps: [{ instances: ')).toEqual([]);
  expect(stated('k8s/off.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: quay }\nspec: { replicas: 0 }\n')).toEqual([]);
});

test('the config comes first, then the greatest number of what bears one name; programs of one package that differ say nothing', () => {
  const at = (file: string) => ({ name: '@harbour/quay', directory: file.split('/').slice(0, 2).join('/') });
  const workload = (name: string, replicas: number, file: string) => ({ names: [name], directory: 'services/quay', replicas, file, line: 1 });
  const deployment = (workloads: Parameters<typeof workload>[], replicas?: Record<string, number>) => new Deployment(workloads.map((one) => workload(...one)), at, { file: 'distributed.config.json', ...(replicas === undefined ? {} : { replicas }) });
  const file = 'services/quay/src/index.ts';
  expect(deployment([['quay', 1, 'dev.yaml'], ['quay', 4, 'prod.yaml']]).replicasOf(file)).toEqual({ count: 4, file: 'prod.yaml', line: 1 });
  expect(deployment([['quay', 4, 'b.yaml'], ['quay', 4, 'a.yaml']]).replicasOf(file)).toEqual({ count: 4, file: 'a.yaml', line: 1 });
  expect(deployment([['quay-web', 4, 'web.yaml'], ['quay-cron', 1, 'cron.yaml']]).replicasOf(file)).toBeNull();
  expect(deployment([['quay', 4, 'prod.yaml']], { '@harbour/quay': 1 }).replicasOf(file)).toEqual({ count: 1, file: 'distributed.config.json' });
  expect(deployment([]).replicasOf(file)).toBeNull();
});
