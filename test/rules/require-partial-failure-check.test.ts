import { twins } from '../support/twins.ts';

twins('require-partial-failure-check', [
  {
    title: 'the answer of an SQS batch is dropped; refused entries throw',
    defect: {
      'queue.ts': `
        import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';

        const sqs = new SQSClient({});

        export async function enqueue(ids: string[]) {
          await sqs.send(new SendMessageBatchCommand({ QueueUrl: 'jobs', Entries: ids.slice(0, 10).map((Id) => ({ Id, MessageBody: Id })) })); // finds
        }
      `,
    },
    correct: {
      'queue.ts': `
        import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';

        const sqs = new SQSClient({});

        export async function enqueue(ids: string[]) {
          const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: 'jobs', Entries: ids.slice(0, 10).map((Id) => ({ Id, MessageBody: Id })) }));
          if (Failed && Failed.length > 0) throw new Error(\`\${Failed.length} jobs were refused\`);
        }
      `,
    },
  },

  {
    title: 'DynamoDB rows read without the keys that were left out; asked for again',
    shared: {
      'src/client.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

        export const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
      `,
    },
    defect: {
      'src/articles.ts': `
        import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
        import { client } from './client';

        export async function articles(slugs: string[]) {
          const found = await client.send(new BatchGetCommand({ RequestItems: { articles: { Keys: slugs.slice(0, 100).map((slug) => ({ slug })) } } })); // finds
          return found.Responses?.articles ?? [];
        }
      `,
    },
    correct: {
      'src/articles.ts': `
        import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
        import { client } from './client';

        export async function articles(slugs: string[]) {
          const rows: unknown[] = [];
          let Keys: Record<string, unknown>[] = slugs.slice(0, 100).map((slug) => ({ slug }));
          for (let attempt = 0; Keys.length > 0; attempt += 1) {
            if (attempt > 5) throw new Error('articles are missing');
            const found = await client.send(new BatchGetCommand({ RequestItems: { articles: { Keys } } }));
            rows.push(...(found.Responses?.articles ?? []));
            Keys = found.UnprocessedKeys?.articles?.Keys ?? [];
          }
          return rows;
        }
      `,
    },
  },

  {
    title: 'the field of the other call is looked at; the right one',
    defect: {
      'rows.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

        const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function put(items: { id: string }[]) {
          const answer: any = await client.send(new BatchWriteCommand({ RequestItems: { rows: items.slice(0, 25).map((Item) => ({ PutRequest: { Item } })) } })); // finds
          if (answer.UnprocessedKeys) throw new Error('rows were left out');
        }
      `,
    },
    correct: {
      'rows.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

        const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function put(items: { id: string }[]) {
          const answer: any = await client.send(new BatchWriteCommand({ RequestItems: { rows: items.slice(0, 25).map((Item) => ({ PutRequest: { Item } })) } }));
          if (Object.keys(answer.UnprocessedItems ?? {}).length > 0) throw new Error('rows were left out');
        }
      `,
    },
  },

  {
    title: 'an EventBridge wrapper returns the answer and the caller lets it go; the caller looks',
    shared: {
      'src/bus.ts': `
        import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

        export class Bus {
          private readonly client = new EventBridgeClient({});

          async put(type: string, detail: object) {
            return this.client.send(new PutEventsCommand({ Entries: [{ DetailType: type, Detail: JSON.stringify(detail) }] }));
          }
        }
      `,
    },
    defect: {
      'src/orders.ts': `
        import { Bus } from './bus';

        const bus = new Bus();

        export async function placed(orderId: string) {
          await bus.put('order.placed', { orderId }); // finds
        }
      `,
    },
    correct: {
      'src/orders.ts': `
        import { Bus } from './bus';

        const bus = new Bus();

        export async function placed(orderId: string) {
          const { FailedEntryCount } = await bus.put('order.placed', { orderId });
          if (FailedEntryCount) throw new Error('the event was refused');
        }
      `,
    },
  },

  {
    title: 'S3 deletions whose errors nobody reads, in a Nest service; the service hands them back',
    shared: {
      'src/s3.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { S3Client } from '@aws-sdk/client-s3';

        @Injectable()
        export class S3Service {
          readonly client = new S3Client({});
        }
      `,
    },
    defect: {
      'src/files.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
        import { S3Service } from './s3.service';

        @Injectable()
        export class FilesService {
          constructor(private readonly s3: S3Service) {}

          async remove(keys: string[]) {
            const result = await this.s3.client.send(new DeleteObjectsCommand({ Bucket: 'files', Delete: { Objects: keys.slice(0, 1000).map((Key) => ({ Key })) } })); // finds
            return result.Deleted?.length ?? 0;
          }
        }
      `,
    },
    correct: {
      'src/files.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
        import { S3Service } from './s3.service';

        @Injectable()
        export class FilesService {
          constructor(private readonly s3: S3Service) {}

          async remove(keys: string[]) {
            const result = await this.s3.client.send(new DeleteObjectsCommand({ Bucket: 'files', Delete: { Objects: keys.slice(0, 1000).map((Key) => ({ Key })) } }));
            return { deleted: result.Deleted?.length ?? 0, errors: result.Errors ?? [] };
          }
        }
      `,
    },
  },

  {
    title: 'Kinesis records of parallel chunks, answers dropped; refused records are counted',
    defect: {
      'stream.ts': `
        import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
        import { chunk } from 'lodash';

        const kinesis = new KinesisClient({});

        export async function stream(readings: { meter: string }[]) {
          for (const part of chunk(readings, 500)) {
            await kinesis.send(new PutRecordsCommand({ StreamName: 'readings', Records: part.map((reading) => ({ PartitionKey: reading.meter, Data: Buffer.from(JSON.stringify(reading)) })) })); // finds
          }
        }
      `,
    },
    correct: {
      'stream.ts': `
        import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
        import { chunk } from 'lodash';

        const kinesis = new KinesisClient({});

        export async function stream(readings: { meter: string }[]) {
          let refused = 0;
          for (const part of chunk(readings, 500)) {
            const answer = await kinesis.send(new PutRecordsCommand({ StreamName: 'readings', Records: part.map((reading) => ({ PartitionKey: reading.meter, Data: Buffer.from(JSON.stringify(reading)) })) }));
            refused += answer.FailedRecordCount ?? 0;
          }
          if (refused > 0) throw new Error(\`\${refused} readings were refused\`);
        }
      `,
    },
  },

  {
    title: 'push messages to many devices through a wrapper, tokens that are gone stay; those are removed',
    shared: {
      'src/messaging.ts': `
        import { getMessaging } from 'firebase-admin/messaging';

        export const pushAll = (tokens: string[], body: string) => getMessaging().sendEachForMulticast({ tokens, notification: { body } });
      `,
    },
    defect: {
      'src/notify.ts': `
        import { pushAll } from './messaging';

        export async function notify(tokens: string[], body: string) {
          await pushAll(tokens.slice(0, 500), body); // finds
        }
      `,
    },
    correct: {
      'src/notify.ts': `
        import { pushAll } from './messaging';

        export async function notify(tokens: string[], body: string) {
          const { responses } = await pushAll(tokens.slice(0, 500), body);
          return tokens.filter((_, i) => responses[i]?.success === true);
        }
      `,
    },
  },

  {
    title: 'an Elasticsearch bulk request without a look at its errors; with one, in a function of the project',
    shared: {
      'src/client.ts': `
        import { Client } from '@elastic/elasticsearch';

        export const client = new Client({ node: process.env.ELASTIC_URL });
      `,
    },
    defect: {
      'src/index-products.ts': `
        import { client } from './client';

        export async function indexProducts(products: { id: string }[]) {
          const operations = products.slice(0, 500).flatMap((product) => [{ index: { _index: 'products', _id: product.id } }, product]);
          const answer = await client.bulk({ operations }); // finds
          return answer.took;
        }
      `,
    },
    correct: {
      'src/index-products.ts': `
        import { client } from './client';

        function ensureIndexed(answer: { errors: boolean }) {
          if (answer.errors) throw new Error('products were refused');
        }

        export async function indexProducts(products: { id: string }[]) {
          const operations = products.slice(0, 500).flatMap((product) => [{ index: { _index: 'products', _id: product.id } }, product]);
          const answer = await client.bulk({ operations });
          ensureIndexed(answer);
          return answer.took;
        }
      `,
    },
  },

  {
    title: 'one failed message brings its whole SQS batch back; only the failed ones come again',
    certainty: 'likely',
    defect: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import axios from 'axios';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) { // finds
            const parcel = JSON.parse(record.body);
            await axios.post('https://carrier.example/labels', { parcel: parcel.id }, { timeout: 2000 });
          }
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSBatchResponse, SQSHandler } from 'aws-lambda';
        import axios from 'axios';

        export const handler: SQSHandler = async (event): Promise<SQSBatchResponse> => {
          const batchItemFailures: { itemIdentifier: string }[] = [];
          for (const record of event.Records) {
            try {
              const parcel = JSON.parse(record.body);
              await axios.post('https://carrier.example/labels', { parcel: parcel.id }, { timeout: 2000 });
            } catch {
              batchItemFailures.push({ itemIdentifier: record.messageId });
            }
          }
          return { batchItemFailures };
        };
      `,
    },
  },

  {
    title: 'a handler made from what it is given: all records of a Kinesis batch fail together; they are told apart',
    certainty: 'likely',
    shared: {
      'src/meters.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export function createMeters() {
          return {
            async record(meter: string, value: number) {
              await pool.query('INSERT INTO readings (meter, value) VALUES ($1, $2)', [meter, value]);
            },
          };
        }

        export type Meters = ReturnType<typeof createMeters>;
      `,
      'src/main.ts': `
        import { createHandler } from './handler';
        import { createMeters } from './meters';

        export const handler = createHandler({ meters: createMeters() });
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { KinesisStreamHandler } from 'aws-lambda';
        import type { Meters } from './meters';

        export function createHandler({ meters }: { meters: Meters }): KinesisStreamHandler {
          return async (event) => {
            await Promise.all(event.Records.map(async (record) => { // finds
              const reading = JSON.parse(Buffer.from(record.kinesis.data, 'base64').toString());
              await meters.record(reading.meter, reading.value);
            }));
          };
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { KinesisStreamHandler } from 'aws-lambda';
        import type { Meters } from './meters';

        export function createHandler({ meters }: { meters: Meters }): KinesisStreamHandler {
          return async (event) => {
            const failed: string[] = [];
            await Promise.all(event.Records.map(async (record) => {
              try {
                const reading = JSON.parse(Buffer.from(record.kinesis.data, 'base64').toString());
                await meters.record(reading.meter, reading.value);
              } catch {
                failed.push(record.kinesis.sequenceNumber);
              }
            }));
            return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
          };
        }
      `,
    },
  },

  {
    title: 'one mail to all members of a list; to one member, whose refusal fails the call',
    defect: {
      'src/news.ts': `
        import nodemailer from 'nodemailer';

        const mailer = nodemailer.createTransport({ host: 'mail.example.com' });

        export async function invite(names: string[]) {
          await mailer.sendMail({ to: names.map((name) => name + '@example.com'), subject: 'Summer concert', text: 'Doors at eight.' }); // finds
        }
      `,
    },
    correct: {
      'src/news.ts': `
        import nodemailer from 'nodemailer';

        const mailer = nodemailer.createTransport({ host: 'mail.example.com' });

        export async function invite(name: string) {
          await mailer.sendMail({ to: [{ name, address: name + '@example.com' }], subject: 'Summer concert', text: 'Doors at eight.' });
        }
      `,
    },
  },
]);
