import { twins } from '../support/twins.ts';

twins('no-dual-write', [
  {
    title: 'Express route saves an order with Prisma, then publishes to SNS; fixed by an outbox row in one transaction',
    defect: {
      'orders.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const sns = new SNSClient({});
        const app = express();

        app.post('/orders', async (req, res) => {
          const { customerId, total } = req.body;
          const order = await prisma.order.create({ data: { customerId, total } });
          await sns.send(new PublishCommand({ TopicArn: process.env.ORDERS_TOPIC, Message: JSON.stringify({ orderId: order.id }) })); // finds
          res.status(201).json({ id: order.id });
        });
      `,
    },
    correct: {
      'orders.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/orders', async (req, res) => {
          const { customerId, total } = req.body;
          const order = await prisma.$transaction(async (tx) => {
            const created = await tx.order.create({ data: { customerId, total } });
            await tx.outbox.create({ data: { topic: 'orders', payload: { orderId: created.id } } });
            return created;
          });
          res.status(201).json({ id: order.id });
        });
      `,
    },
  },

  {
    title: 'Nest controller to service to kafkajs wrapper; fixed by an outbox that takes the entity manager',
    audit: true,
    shared: {
      'src/orders/order.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Order {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          customerId!: string;
        }

        @Entity()
        export class OutboxEvent {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          topic!: string;

          @Column('jsonb')
          payload!: unknown;
        }
      `,
      'src/orders/orders.controller.ts': `
        import { Body, Controller, Post } from '@nestjs/common';
        import { OrdersService } from './orders.service';

        @Controller('orders')
        export class OrdersController {
          constructor(private readonly orders: OrdersService) {}

          @Post()
          place(@Body('customerId') customerId: string) {
            return this.orders.place(customerId);
          }
        }
      `,
      'src/events/events.publisher.ts': `
        import { Injectable } from '@nestjs/common';
        import { Kafka } from 'kafkajs';
        import type { EntityManager } from 'typeorm';
        import { OutboxEvent } from '../orders/order.entity';

        @Injectable()
        export class EventsPublisher {
          private readonly producer = new Kafka({ clientId: 'orders', brokers: ['kafka:9092'] }).producer();

          async publish(topic: string, key: string, payload: object) {
            await this.producer.send({ topic, messages: [{ key, value: JSON.stringify(payload) }] });
          }

          async enqueue(manager: EntityManager, topic: string, payload: object) {
            await manager.insert(OutboxEvent, { topic, payload });
          }
        }
      `,
    },
    defect: {
      'src/orders/orders.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { DataSource } from 'typeorm';
        import { EventsPublisher } from '../events/events.publisher';
        import { Order } from './order.entity';

        @Injectable()
        export class OrdersService {
          constructor(
            private readonly dataSource: DataSource,
            private readonly events: EventsPublisher,
          ) {}

          async place(customerId: string) {
            const order = await this.dataSource.transaction(async (manager) => {
              const saved = await manager.save(manager.create(Order, { customerId }));
              return saved;
            });
            await this.events.publish('orders.placed', order.id, { orderId: order.id }); // finds
            return order;
          }
        }
      `,
    },
    correct: {
      'src/orders/orders.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { DataSource } from 'typeorm';
        import { EventsPublisher } from '../events/events.publisher';
        import { Order } from './order.entity';

        @Injectable()
        export class OrdersService {
          constructor(
            private readonly dataSource: DataSource,
            private readonly events: EventsPublisher,
          ) {}

          async place(customerId: string) {
            const order = await this.dataSource.transaction(async (manager) => {
              const saved = await manager.save(manager.create(Order, { customerId }));
              await this.events.enqueue(manager, 'orders.placed', { orderId: saved.id });
              return saved;
            });
            return order;
          }
        }
      `,
    },
  },

  {
    title: 'Fastify route inserts a booking with Drizzle, then charges with Stripe; fixed by a compensation',
    shared: {
      'src/bookings.table.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';
        import { Pool } from 'pg';

        export const bookings = pgTable('bookings', {
          id: text('id').primaryKey(),
          room: text('room').notNull(),
          price: integer('price').notNull(),
        });

        export const db = drizzle(new Pool());
      `,
    },
    defect: {
      'src/bookings.routes.ts': `
        import { randomUUID } from 'node:crypto';
        import type { FastifyInstance } from 'fastify';
        import Stripe from 'stripe';
        import { bookings, db } from './bookings.table';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function bookingRoutes(app: FastifyInstance) {
          app.post<{ Body: { room: string; price: number; customer: string } }>('/bookings', async (request, reply) => {
            const { room, price, customer } = request.body;
            const id = randomUUID();
            await db.insert(bookings).values({ id, room, price });
            try {
              await stripe.paymentIntents.create({ customer, amount: price, currency: 'eur', confirm: true }, { idempotencyKey: id }); // finds
            } catch (error) {
              request.log.error(error);
              throw error;
            }
            return reply.code(201).send({ id });
          });
        }
      `,
    },
    correct: {
      'src/bookings.routes.ts': `
        import { randomUUID } from 'node:crypto';
        import { eq } from 'drizzle-orm';
        import type { FastifyInstance } from 'fastify';
        import Stripe from 'stripe';
        import { bookings, db } from './bookings.table';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function bookingRoutes(app: FastifyInstance) {
          app.post<{ Body: { room: string; price: number; customer: string } }>('/bookings', async (request, reply) => {
            const { room, price, customer } = request.body;
            const id = randomUUID();
            await db.insert(bookings).values({ id, room, price });
            try {
              await stripe.paymentIntents.create({ customer, amount: price, currency: 'eur', confirm: true }, { idempotencyKey: id });
            } catch (error) {
              await db.delete(bookings).where(eq(bookings.id, id));
              throw error;
            }
            return reply.code(201).send({ id });
          });
        }
      `,
    },
  },

  {
    title: 'pg-boss job sent beside a knex transaction; fixed by handing the transaction to the enqueue',
    shared: {
      'src/boss.ts': `
        import PgBoss from 'pg-boss';

        export const boss = new PgBoss(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/invoices.ts': `
        import { Hono } from 'hono';
        import knex from 'knex';
        import { boss } from './boss';

        const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });
        const app = new Hono();

        app.post('/invoices', async (c) => {
          const { customerId, total } = await c.req.json();
          const id = await db.transaction(async (trx) => {
            const [invoice] = await trx('invoices').insert({ customer_id: customerId, total }).returning('id');
            return invoice.id;
          });
          await boss.send('render-invoice', { id }); // finds
          return c.json({ id }, 201);
        });

        export default app;
      `,
    },
    correct: {
      'src/invoices.ts': `
        import { Hono } from 'hono';
        import knex from 'knex';
        import { boss } from './boss';

        const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });
        const app = new Hono();

        app.post('/invoices', async (c) => {
          const { customerId, total } = await c.req.json();
          const id = await db.transaction(async (trx) => {
            const [invoice] = await trx('invoices').insert({ customer_id: customerId, total }).returning('id');
            const executeSql = (sql: string, values: any[]) => trx.raw(sql.replace(/\\$\\d+/g, '?'), values);
            await boss.send('render-invoice', { id: invoice.id }, { db: { executeSql } });
            return invoice.id;
          });
          return c.json({ id }, 201);
        });

        export default app;
      `,
    },
  },

  {
    title: 'SQS Lambda whose replay stops at the row it wrote before publishing, against one whose replay publishes again',
    shared: {
      'src/events.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});

        export async function shipmentCreated(shipmentId: string) {
          await sns.send(new PublishCommand({ TopicArn: process.env.SHIPMENTS_TOPIC, Message: JSON.stringify({ shipmentId }) }));
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
        import type { SQSHandler } from 'aws-lambda';
        import { shipmentCreated } from './events';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const shipment = JSON.parse(record.body);
            try {
              await documents.send(new PutCommand({ TableName: 'shipments', Item: shipment, ConditionExpression: 'attribute_not_exists(id)' }));
            } catch (error) {
              if (error instanceof ConditionalCheckFailedException) continue;
              throw error;
            }
            await shipmentCreated(shipment.id); // finds
          }
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
        import type { SQSHandler } from 'aws-lambda';
        import { shipmentCreated } from './events';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const shipment = JSON.parse(record.body);
            await documents.send(new PutCommand({ TableName: 'shipments', Item: shipment }));
            await shipmentCreated(shipment.id);
          }
        };
      `,
    },
  },

  {
    title: 'SQS Lambda whose write refuses a second time: the refusal ends it, against a refusal that is passed over',
    shared: {
      'src/handler.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
        import type { SQSHandler } from 'aws-lambda';
        import { closeGate } from './gates';

        const sns = new SNSClient({});

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { gateId } = JSON.parse(record.body);
            await closeGate(gateId);
            await sns.send(new PublishCommand({ TopicArn: process.env.GATES_TOPIC, Message: JSON.stringify({ gateId }) })); // finds
          }
        };
      `,
    },
    defect: {
      'src/gates.ts': `
        import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        const once = async (write: () => Promise<unknown>) => {
          try {
            await write();
          } catch (error) {
            if (error instanceof ConditionalCheckFailedException) throw new Error('closed already');
            throw error;
          }
        };

        export const closeGate = (id: string) =>
          once(() =>
            documents.send(
              new UpdateCommand({
                TableName: 'gates',
                Key: { id },
                UpdateExpression: 'SET gate = :closed',
                ConditionExpression: 'attribute_not_exists(gate) OR gate = :open',
                ExpressionAttributeValues: { ':closed': 'closed', ':open': 'open' },
              }),
            ),
          );
      `,
    },
    correct: {
      'src/gates.ts': `
        import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        const once = async (write: () => Promise<unknown>) => {
          try {
            await write();
          } catch (error) {
            if (!(error instanceof ConditionalCheckFailedException)) throw error;
          }
        };

        export const closeGate = (id: string) =>
          once(() =>
            documents.send(
              new UpdateCommand({
                TableName: 'gates',
                Key: { id },
                UpdateExpression: 'SET gate = :closed',
                ConditionExpression: 'attribute_not_exists(gate) OR gate = :open',
                ExpressionAttributeValues: { ':closed': 'closed', ':open': 'open' },
              }),
            ),
          );
      `,
    },
  },

  {
    title: 'kafkajs consumer returns early for an order it has already marked, through a repository and a producer wrapper',
    shared: {
      'src/orders.repository.ts': `
        import type { PrismaClient } from '@prisma/client';

        export class OrdersRepository {
          constructor(private readonly prisma: PrismaClient) {}

          byId(id: string) {
            return this.prisma.order.findUniqueOrThrow({ where: { id } });
          }

          markPaid(id: string) {
            return this.prisma.order.update({ where: { id }, data: { status: 'paid' } });
          }
        }
      `,
      'src/fulfilment.publisher.ts': `
        import type { Producer } from 'kafkajs';

        export class FulfilmentPublisher {
          constructor(private readonly producer: Producer) {}

          async request(orderId: string) {
            await this.producer.send({ topic: 'fulfilment', messages: [{ key: orderId, value: JSON.stringify({ orderId }) }] });
          }
        }
      `,
    },
    defect: {
      'src/payments.consumer.ts': `
        import type { Consumer } from 'kafkajs';
        import type { FulfilmentPublisher } from './fulfilment.publisher';
        import type { OrdersRepository } from './orders.repository';

        export async function run(consumer: Consumer, orders: OrdersRepository, fulfilment: FulfilmentPublisher) {
          await consumer.subscribe({ topic: 'payments' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const { orderId } = JSON.parse(message.value!.toString());
              const order = await orders.byId(orderId);
              if (order.status === 'paid') return;
              await orders.markPaid(order.id);
              await fulfilment.request(order.id); // finds
            },
          });
        }
      `,
    },
    correct: {
      'src/payments.consumer.ts': `
        import type { Consumer } from 'kafkajs';
        import type { FulfilmentPublisher } from './fulfilment.publisher';
        import type { OrdersRepository } from './orders.repository';

        export async function run(consumer: Consumer, orders: OrdersRepository, fulfilment: FulfilmentPublisher) {
          await consumer.subscribe({ topic: 'payments' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const { orderId } = JSON.parse(message.value!.toString());
              const order = await orders.byId(orderId);
              if (order.status !== 'paid') await orders.markPaid(order.id);
              await fulfilment.request(order.id);
            },
          });
        }
      `,
    },
  },

  {
    title: 'two functions named publish: one sends to SQS, the other writes through the Sequelize transaction it is given',
    audit: true,
    shared: {
      'src/models.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        export const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Customer extends Model {
          declare id: number;
          declare email: string;
        }

        export class OutgoingMessage extends Model {}

        Customer.init({ email: DataTypes.STRING }, { sequelize });
        OutgoingMessage.init({ type: DataTypes.STRING, body: DataTypes.JSONB }, { sequelize });
      `,
      'src/customers.router.ts': `
        import { Router } from 'express';
        import { registerCustomer } from './register-customer';

        export const customers = Router();

        customers.post('/customers', async (req, res) => {
          res.status(201).json(await registerCustomer(req.body.email));
        });
      `,
    },
    defect: {
      'src/register-customer.ts': `
        import { Customer, sequelize } from './models';
        import { publishCustomerRegistered } from './publish';

        export async function registerCustomer(email: string) {
          const customer = await sequelize.transaction(async (transaction) => {
            return Customer.create({ email }, { transaction });
          });
          await publishCustomerRegistered(customer.id); // finds
          return customer;
        }
      `,
      'src/publish.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

        const sqs = new SQSClient({});

        export async function publishCustomerRegistered(customerId: number) {
          const MessageBody = JSON.stringify({ type: 'customer.registered', customerId });
          await sqs.send(new SendMessageCommand({ QueueUrl: process.env.CUSTOMERS_QUEUE, MessageBody }));
        }
      `,
    },
    correct: {
      'src/register-customer.ts': `
        import { Customer, sequelize } from './models';
        import { publishCustomerRegistered } from './publish';

        export async function registerCustomer(email: string) {
          const customer = await sequelize.transaction(async (transaction) => {
            const created = await Customer.create({ email }, { transaction });
            await publishCustomerRegistered(transaction, created.id);
            return created;
          });
          return customer;
        }
      `,
      'src/publish.ts': `
        import type { Transaction } from 'sequelize';
        import { OutgoingMessage } from './models';

        export async function publishCustomerRegistered(transaction: Transaction, customerId: number) {
          const body = { customerId };
          await OutgoingMessage.create({ type: 'customer.registered', body }, { transaction });
        }
      `,
    },
  },

  {
    title: 'Express, pg and amqplib (CommonJS): committed, then sent to a queue; fixed by an outbox insert before the commit',
    defect: {
      'tickets.js': `
        const amqp = require('amqplib');
        const express = require('express');
        const { Pool } = require('pg');

        const pool = new Pool();

        async function main() {
          const connection = await amqp.connect(process.env.AMQP_URL);
          const channel = await connection.createConfirmChannel();
          const app = express();

          app.post('/tickets', express.json(), async (req, res) => {
            const client = await pool.connect();
            let ticket;
            try {
              await client.query('BEGIN');
              const { rows } = await client.query('INSERT INTO tickets (subject) VALUES ($1) RETURNING id', [req.body.subject]);
              ticket = rows[0];
              await client.query('COMMIT');
            } catch (error) {
              await client.query('ROLLBACK');
              throw error;
            } finally {
              client.release();
            }
            channel.sendToQueue('tickets.opened', Buffer.from(JSON.stringify(ticket)), { persistent: true }); // finds
            await channel.waitForConfirms();
            res.status(201).json(ticket);
          });

          app.listen(3000);
        }

        main();
      `,
    },
    correct: {
      'tickets.js': `
        const express = require('express');
        const { Pool } = require('pg');

        const pool = new Pool();

        async function main() {
          const app = express();

          app.post('/tickets', express.json(), async (req, res) => {
            const client = await pool.connect();
            let ticket;
            try {
              await client.query('BEGIN');
              const { rows } = await client.query('INSERT INTO tickets (subject) VALUES ($1) RETURNING id', [req.body.subject]);
              ticket = rows[0];
              await client.query('INSERT INTO outbox (queue, body) VALUES ($1, $2)', ['tickets.opened', JSON.stringify(ticket)]);
              await client.query('COMMIT');
            } catch (error) {
              await client.query('ROLLBACK');
              throw error;
            } finally {
              client.release();
            }
            res.status(201).json(ticket);
          });

          app.listen(3000);
        }

        main();
      `,
    },
  },

  {
    title: 'API Lambda puts an item, then an EventBridge event; fixed by TransactWrite with the event item',
    audit: true,
    shared: {
      'src/handler.ts': `
        import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';
        import { Subscriptions } from './subscriptions';

        const subscriptions = new Subscriptions();

        export const handler: APIGatewayProxyHandlerV2 = async (event) => {
          const { plan } = JSON.parse(event.body ?? '{}');
          await subscriptions.start(event.pathParameters!.customerId!, plan);
          return { statusCode: 202 };
        };
      `,
    },
    defect: {
      'src/subscriptions.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

        export class Subscriptions {
          private readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
          private readonly bus = new EventBridgeClient({});

          async start(customerId: string, plan: string) {
            const event = { customerId, plan };
            await this.documents.send(new PutCommand({ TableName: 'subscriptions', Item: { customerId, plan, state: 'active' } }));
            await this.bus.send(new PutEventsCommand({ Entries: [{ Source: 'billing', DetailType: 'started', Detail: JSON.stringify(event) }] })); // finds
          }
        }
      `,
    },
    correct: {
      'src/subscriptions.ts': `
        import { randomUUID } from 'node:crypto';
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

        export class Subscriptions {
          private readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

          async start(customerId: string, plan: string) {
            const event = { customerId, plan };
            await this.documents.send(new TransactWriteCommand({
              TransactItems: [
                { Put: { TableName: 'subscriptions', Item: { customerId, plan, state: 'active' } } },
                { Put: { TableName: 'outbox', Item: { eventId: randomUUID(), type: 'started', detail: JSON.stringify(event) } } },
              ],
            }));
          }
        }
      `,
    },
  },

  {
    title: 'Next route saves with Mongoose and reserves at the inventory service, logging a failure; fixed by cancelling the order',
    shared: {
      'lib/inventory.client.ts': `
        import axios from 'axios';

        export class InventoryClient {
          private readonly http = axios.create({ baseURL: process.env.INVENTORY_URL, timeout: 3000 });

          async reserve(orderId: string, sku: string) {
            await this.http.post('/reservations', { orderId, sku });
          }
        }

        export const inventory = new InventoryClient();
      `,
      'lib/order.model.ts': `
        import { Schema, model, models } from 'mongoose';

        const orderSchema = new Schema({ sku: String, status: { type: String, default: 'placed' } });

        export const Order = models.Order ?? model('Order', orderSchema);
      `,
    },
    defect: {
      'app/api/orders/route.ts': `
        import { inventory } from '../../../lib/inventory.client';
        import { Order } from '../../../lib/order.model';

        export async function POST(request: Request) {
          const { sku } = await request.json();
          const order = await Order.create({ sku });
          try {
            await inventory.reserve(order.id, sku); // finds
          } catch (error) {
            console.error('reservation failed', order.id, error);
          }
          return Response.json({ id: order.id }, { status: 201 });
        }
      `,
    },
    correct: {
      'app/api/orders/route.ts': `
        import { inventory } from '../../../lib/inventory.client';
        import { Order } from '../../../lib/order.model';

        export async function POST(request: Request) {
          const { sku } = await request.json();
          const order = await Order.create({ sku });
          try {
            await inventory.reserve(order.id, sku);
          } catch (error) {
            await Order.updateOne({ _id: order._id }, { $set: { status: 'cancelled' } });
            throw error;
          }
          return Response.json({ id: order.id }, { status: 201 });
        }
      `,
    },
  },

  {
    title: 'an event bus port whose injected implementation writes to SQS or to the outbox table of the caller\'s transaction',
    audit: true,
    shared: {
      'src/event-bus.ts': `
        import type { Knex } from 'knex';

        export interface DomainEvent {
          type: string;
          aggregateId: string;
        }

        export interface EventBus {
          publish(event: DomainEvent, trx?: Knex): Promise<void>;
        }
      `,
    },
    defect: {
      'src/close-account.ts': `
        import type { Knex } from 'knex';
        import type { EventBus } from './event-bus';

        export class CloseAccount {
          constructor(
            private readonly db: Knex,
            private readonly bus: EventBus,
          ) {}

          async execute(accountId: string) {
            await this.db.transaction(async (trx) => {
              await trx('accounts').where({ id: accountId }).update({ state: 'closed' });
            });
            await this.bus.publish({ type: 'account.closed', aggregateId: accountId }); // finds
          }
        }
      `,
      'src/sqs-event-bus.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import type { DomainEvent, EventBus } from './event-bus';

        export class SqsEventBus implements EventBus {
          private readonly sqs = new SQSClient({});

          async publish(event: DomainEvent) {
            await this.sqs.send(new SendMessageCommand({ QueueUrl: process.env.EVENTS_QUEUE, MessageBody: JSON.stringify(event) }));
          }
        }
      `,
      'src/server.ts': `
        import express from 'express';
        import knex from 'knex';
        import { CloseAccount } from './close-account';
        import { SqsEventBus } from './sqs-event-bus';

        const closeAccount = new CloseAccount(knex({ client: 'pg' }), new SqsEventBus());
        const app = express();

        app.delete('/accounts/:id', async (req, res) => {
          await closeAccount.execute(req.params.id);
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/close-account.ts': `
        import type { Knex } from 'knex';
        import type { EventBus } from './event-bus';

        export class CloseAccount {
          constructor(
            private readonly db: Knex,
            private readonly bus: EventBus,
          ) {}

          async execute(accountId: string) {
            await this.db.transaction(async (trx) => {
              await trx('accounts').where({ id: accountId }).update({ state: 'closed' });
              await this.bus.publish({ type: 'account.closed', aggregateId: accountId }, trx);
            });
          }
        }
      `,
      'src/outbox-event-bus.ts': `
        import type { Knex } from 'knex';
        import type { DomainEvent, EventBus } from './event-bus';

        export class OutboxEventBus implements EventBus {
          constructor(private readonly db: Knex) {}

          async publish(event: DomainEvent, trx: Knex = this.db) {
            await trx('outbox').insert({ type: event.type, aggregate_id: event.aggregateId });
          }
        }
      `,
      'src/server.ts': `
        import express from 'express';
        import knex from 'knex';
        import { CloseAccount } from './close-account';
        import { OutboxEventBus } from './outbox-event-bus';

        const db = knex({ client: 'pg' });
        const closeAccount = new CloseAccount(db, new OutboxEventBus(db));
        const app = express();

        app.delete('/accounts/:id', async (req, res) => {
          await closeAccount.execute(req.params.id);
          res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'BullMQ job added after a write in a server route; fixed by letting a job do both, the write first',
    shared: {
      'src/queues.ts': `
        import { Queue } from 'bullmq';

        export const connection = { host: process.env.REDIS_HOST, port: 6379 };
        export const signups = new Queue('signups', { connection, defaultJobOptions: { attempts: 8, backoff: { type: 'exponential', delay: 500 } } });
        export const mails = new Queue('mails', { connection, defaultJobOptions: { attempts: 8, backoff: { type: 'exponential', delay: 500 } } });
      `,
      'src/accounts.ts': `
        import { MongoClient } from 'mongodb';

        const accounts = new MongoClient(process.env.MONGO_URL!).db().collection<{ _id: string; email: string }>('accounts');

        export async function saveAccount(id: string, email: string) {
          await accounts.replaceOne({ _id: id }, { email }, { upsert: true });
        }
      `,
    },
    defect: {
      'src/server.ts': `
        import { randomUUID } from 'node:crypto';
        import express from 'express';
        import { saveAccount } from './accounts';
        import { mails } from './queues';

        const app = express();

        app.post('/signups', async (req, res) => {
          const id = randomUUID();
          await saveAccount(id, req.body.email);
          await mails.add('welcome', { id }, { jobId: id }); // finds
          res.status(202).json({ id });
        });
      `,
    },
    correct: {
      'src/server.ts': `
        import { randomUUID } from 'node:crypto';
        import { Worker } from 'bullmq';
        import express from 'express';
        import { saveAccount } from './accounts';
        import { connection, mails, signups } from './queues';

        const app = express();

        app.post('/signups', async (req, res) => {
          const id = randomUUID();
          await signups.add('signup', { id, email: req.body.email }, { jobId: id });
          res.status(202).json({ id });
        });

        new Worker('signups', async (job) => {
          const { id, email } = job.data;
          await saveAccount(id, email);
          await mails.add('welcome', { id }, { jobId: id });
        }, { connection });
      `,
    },
  },

  {
    title: 'a TypeORM query runner writes and then asks an HTTP service to do its part; right: a second statement, whatever it says',
    defect: {
      'tariffs.ts': `
        import type { QueryRunner } from 'typeorm';

        export async function publishTariff(runner: QueryRunner, id: string) {
          await runner.query('UPDATE tariffs SET published = true WHERE id = $1', [id]);
          await fetch('https://meters.example.com/tariffs', { method: 'POST', body: JSON.stringify({ id }) }); // finds
        }
      `,
    },
    correct: {
      'tariffs.ts': `
        import type { QueryRunner } from 'typeorm';

        export async function publishTariff(runner: QueryRunner, id: string) {
          await runner.query('UPDATE tariffs SET published = true WHERE id = $1', [id]);
          await runner.query('ALTER TABLE tariffs DROP COLUMN draft');
        }
      `,
    },
  },

  {
    title: 'a question is stored and then a batch of it is ordered; against a model that is asked for the answer',
    shared: {
      'db.ts': `
        import pg from 'pg';

        const pool = new pg.Pool();

        export const store = (id: string, text: string) => pool.query('INSERT INTO questions (id, text) VALUES ($1, $2)', [id, text]);
      `,
    },
    defect: {
      'questions.ts': `
        import express from 'express';
        import OpenAI from 'openai';
        import { store } from './db';

        const app = express();
        const openai = new OpenAI();

        app.post('/questions', async (req, res) => {
          await store(req.body.id, req.body.text);
          const { id } = await openai.batches.create({ input_file_id: req.body.text, endpoint: '/v1/responses', completion_window: '24h', metadata: { question: req.body.id } }); // finds
          res.json({ id });
        });
      `,
    },
    correct: {
      'questions.ts': `
        import express from 'express';
        import OpenAI from 'openai';
        import { store } from './db';

        const app = express();
        const openai = new OpenAI();

        app.post('/questions', async (req, res) => {
          await store(req.body.id, req.body.text);
          const { output_text } = await openai.responses.create({ model: 'gpt-5', input: req.body.text, metadata: { question: req.body.id } });
          res.json({ text: output_text });
        });
      `,
    },
  },

  {
    title: 'recommended: a moored boat whose bill is ordered, against one whose statistics may fail to be told',
    preset: 'recommended',
    shared: {
      'boats.ts': `
        import express from 'express';
        import mongoose from 'mongoose';
        import { told } from './told';

        const Boat = mongoose.model('Boat', new mongoose.Schema({ berth: String }));
        const app = express();

        app.post('/boats/:id/moor', async (req, res) => {
          await Boat.updateOne({ _id: req.params.id }, { berth: req.body.berth });
          await told(req.params.id); // finds
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'told.ts': `
        import { Queue } from 'bullmq';

        const bills = new Queue('bills');

        export async function told(boatId: string) {
          await bills.add('moored', { boatId });
        }
      `,
    },
    correct: {
      'told.ts': `
        import { Queue } from 'bullmq';
        import pino from 'pino';

        const statistics = new Queue('statistics');
        const logger = pino();

        export async function told(boatId: string) {
          await statistics.add('moored', { boatId }).catch((error) => logger.warn({ error, boatId }, 'not counted'));
        }
      `,
    },
  },

  {
    title: 'recommended: a mill is given what the calendar says and its guests are told; against the token of the calendar, exchanged on the way',
    preset: 'recommended',
    shared: {
      'db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
      'guests.ts': `
        import { Queue } from 'bullmq';
        import express from 'express';
        import { calendarOf } from './calendar';

        const visits = new Queue('visits');
        const app = express();

        app.post('/mills/:id/visits', async (req, res) => {
          const calendar = await calendarOf(req.params.id);
          await visits.add('visit', calendar); // finds
          res.sendStatus(202);
        });
      `,
    },
    defect: {
      'calendar.ts': `
        import { prisma } from './db';

        export async function calendarOf(id: string) {
          const answer = await fetch('https://calendar.example.com/days', { method: 'POST', body: id, signal: AbortSignal.timeout(5000) });
          const days = await answer.json();
          await prisma.mill.update({ where: { id }, data: { openDays: days.open, lastDay: days.last } });
          return { open: days.open };
        }
      `,
    },
    correct: {
      'calendar.ts': `
        import { prisma } from './db';

        export async function calendarOf(id: string) {
          const answer = await fetch('https://calendar.example.com/oauth/token', { method: 'POST', body: id, signal: AbortSignal.timeout(5000) });
          const days = await answer.json();
          await prisma.mill.update({ where: { id }, data: { accessToken: days.open, expiresAt: days.last } });
          return { token: days.open };
        }
      `,
    },
  },

  {
    title: 'a lease stored and then announced to billing, against a lease stored beside a check of the new password',
    defect: {
      'leases.ts': `
        import knexFactory from 'knex';

        const knex = knexFactory({ client: 'pg' });

        export async function sign(leaseId: string, password: string) {
          await knex('leases').where({ id: leaseId }).update({ signed: true });
          await fetch('https://billing.example.com/leases', { method: 'POST', body: JSON.stringify({ leaseId }) }); // finds
        }
      `,
    },
    correct: {
      'leases.ts': `
        import knexFactory from 'knex';

        const knex = knexFactory({ client: 'pg' });

        export async function sign(leaseId: string, password: string) {
          await knex('leases').where({ id: leaseId }).update({ signed: true });
          await fetch('https://leaks.example.com/passwords', { method: 'POST', body: JSON.stringify({ password }) });
        }
      `,
    },
  },

  {
    title: 'a queue is told of a stored reading, against those who happen to listen on a Redis channel',
    defect: {
      'readings.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        const prisma = new PrismaClient();
        const readings = new Queue('readings');

        export async function store(meterId: string, value: number) {
          const reading = await prisma.reading.create({ data: { meterId, value } });
          await readings.add('stored', { id: reading.id }); // finds
        }
      `,
    },
    correct: {
      'readings.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Redis } from 'ioredis';

        const prisma = new PrismaClient();
        const redis = new Redis();

        export async function store(meterId: string, value: number) {
          const reading = await prisma.reading.create({ data: { meterId, value } });
          await redis.publish('readings', JSON.stringify({ id: reading.id }));
        }
      `,
    },
  },

  {
    title: 'a subscription stored and then changed at Stripe, against one that is followed by a token and a checkout page',
    defect: {
      'plans.ts': `
        import { PrismaClient } from '@prisma/client';
        import Stripe from 'stripe';

        const prisma = new PrismaClient();
        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function change(clubId: string, subscription: string, seats: number) {
          await prisma.club.update({ where: { id: clubId }, data: { subscription, seats } });
          await stripe.subscriptions.update(subscription, { items: [{ quantity: seats }] }); // finds
        }
      `,
    },
    correct: {
      'plans.ts': `
        import { PrismaClient } from '@prisma/client';
        import Stripe from 'stripe';

        const prisma = new PrismaClient();
        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function checkout(clubId: string, customer: string) {
          await prisma.club.update({ where: { id: clubId }, data: { customer } });
          await fetch('https://id.example.com/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: customer }) });
          return stripe.checkout.sessions.create({ customer, mode: 'subscription' });
        }
      `,
    },
  },

  {
    title: 'a row written in a closure that a function out of view is handed: awaited it comes first; only registered, nobody knows when',
    shared: {
      'src/clients.ts': `
        import { PubSub } from '@google-cloud/pubsub';
        import { Pool } from 'pg';

        export const pool = new Pool();
        export const moves = new PubSub().topic('moves');
      `,
    },
    defect: {
      'src/move.ts': `
        import { traced } from '@acme/tracing';
        import { moves, pool } from './clients';

        export async function move(palletId: string, bay: string) {
          await traced('move', async () => {
            await pool.query('UPDATE pallets SET bay = $1 WHERE id = $2', [bay, palletId]);
          });
          await moves.publishMessage({ json: { palletId, bay } }); // finds
        }
      `,
    },
    correct: {
      'src/move.ts': `
        import { whenIdle } from '@acme/tracing';
        import { moves, pool } from './clients';

        export async function move(palletId: string, bay: string) {
          whenIdle('move', async () => {
            await pool.query('UPDATE pallets SET bay = $1 WHERE id = $2', [bay, palletId]);
          });
          await moves.publishMessage({ json: { palletId, bay } });
        }
      `,
    },
  },

  {
    title: 'the picture of a member: put into the bucket after the row names it, against the old one deleted after the row names another',
    shared: {
      'src/bucket.ts': `
        import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export const put = (Key: string, Body: Buffer) => s3.send(new PutObjectCommand({ Bucket: 'pictures', Key, Body }));
        export const remove = (Key: string) => s3.send(new DeleteObjectCommand({ Bucket: 'pictures', Key }));
      `,
    },
    defect: {
      'src/picture.ts': `
        import { PrismaClient } from '@prisma/client';
        import { put } from './bucket';

        const prisma = new PrismaClient();

        export async function changePicture(memberId: string, key: string, body: Buffer) {
          await prisma.member.update({ where: { id: memberId }, data: { picture: key } });
          await put(key, body); // finds
        }
      `,
    },
    correct: {
      'src/picture.ts': `
        import { PrismaClient } from '@prisma/client';
        import { put, remove } from './bucket';

        const prisma = new PrismaClient();

        export async function changePicture(memberId: string, key: string, old: string, body: Buffer) {
          await put(key, body);
          await prisma.member.update({ where: { id: memberId }, data: { picture: key } });
          await remove(old);
        }
      `,
    },
  },

  {
    title: 'SQS consumer: it comes again unless what it wrote itself ends it before the second write; what it looked up elsewhere ends nothing',
    shared: {
      'src/clients.ts': `
        import { PrismaClient } from '@prisma/client';
        import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

        export const prisma = new PrismaClient();
        const events = new EventBridgeClient({});
        export const tell = (crateId: string) => events.send(new PutEventsCommand({ Entries: [{ Source: 'press', DetailType: 'pressed', Detail: JSON.stringify({ crateId }) }] }));
      `,
    },
    defect: {
      'src/press.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { prisma, tell } from './clients';

        export async function handler(event: SQSEvent) {
          for (const { body } of event.Records) {
            const crate = await prisma.crate.findUnique({ where: { id: body } });
            if (crate?.pressedAt) continue;
            await prisma.crate.update({ where: { id: body }, data: { pressedAt: new Date() } });
            await tell(body); // finds
          }
        }
      `,
    },
    correct: {
      'src/press.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { prisma, tell } from './clients';

        export async function handler(event: SQSEvent) {
          for (const { body } of event.Records) {
            const harvest = await fetch(\`https://orchards.example.com/harvests/\${body}\`);
            if (!harvest.ok) continue;
            await prisma.crate.update({ where: { id: body }, data: { pressedAt: new Date() } });
            await tell(body);
          }
        }
      `,
    },
  },

  {
    title: 'a script that does the work itself; one that calls the handler of a queue, which comes again',
    shared: {
      'src/work.ts': `
        import { PrismaClient } from '@prisma/client';
        import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

        const prisma = new PrismaClient();
        const events = new EventBridgeClient({});

        export async function harvest(fieldId: string) {
          await prisma.field.update({ where: { id: fieldId }, data: { state: 'harvested' } });
          await tell(fieldId);
        }

        const tell = (fieldId: string) => events.send(new PutEventsCommand({ Entries: [{ Source: 'farm', DetailType: 'harvested', Detail: JSON.stringify({ fieldId }) }] }));
      `,
    },
    defect: {
      'src/work.ts': `
        import { PrismaClient } from '@prisma/client';
        import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

        const prisma = new PrismaClient();
        const events = new EventBridgeClient({});

        export async function harvest(fieldId: string) {
          await prisma.field.update({ where: { id: fieldId }, data: { state: 'harvested' } });
          await tell(fieldId); // finds
        }

        const tell = (fieldId: string) => events.send(new PutEventsCommand({ Entries: [{ Source: 'farm', DetailType: 'harvested', Detail: JSON.stringify({ fieldId }) }] }));
      `,
      'src/run.ts': `
        import { harvest } from './work';

        export async function main(fieldIds: string[]) {
          for (const fieldId of fieldIds) await harvest(fieldId);
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { harvest } from './work';

        export async function handler(event: SQSEvent) {
          for (const { body } of event.Records) await harvest(body);
        }
      `,
      'src/run.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { handler } from './handler';

        export async function main(event: SQSEvent) {
          await handler(event);
        }
      `,
    },
  },

  {
    title: 'a purse is changed and the bank is told; against a purse that is only seen to be there, by an upsert without changes',
    defect: {
      'src/purse.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';
        import Stripe from 'stripe';

        const prisma = new PrismaClient();
        const stripe = new Stripe(process.env.STRIPE_KEY!);
        const app = express();

        app.post('/purses/:member', async (req, res) => {
          const memberId = req.params.member;
          const purse = await prisma.purse.upsert({ where: { memberId }, create: { memberId, plan: req.body.plan }, update: { plan: req.body.plan } });
          await stripe.subscriptions.create({ customer: purse.customer, items: [{ price: req.body.plan }], metadata: { memberId } }); // finds
          res.sendStatus(201);
        });
      `,
    },
    correct: {
      'src/purse.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';
        import Stripe from 'stripe';

        const prisma = new PrismaClient();
        const stripe = new Stripe(process.env.STRIPE_KEY!);
        const app = express();

        app.post('/purses/:member', async (req, res) => {
          const memberId = req.params.member;
          const purse = await prisma.purse.upsert({ where: { memberId }, create: { memberId, plan: 'none' }, update: {} });
          await stripe.subscriptions.create({ customer: purse.customer, items: [{ price: req.body.plan }], metadata: { memberId } });
          res.sendStatus(201);
        });
      `,
    },
  },

  {
    title: 'a number is drawn for a hut and its keeper is told; against a number that is drawn where there is none yet, whoever comes',
    shared: {
      'src/numbers.ts': `
        import type { Repository } from 'typeorm';
        import { randomInt } from 'node:crypto';
        import type { Hut } from './hut.entity';

        export class Numbers {
          constructor(private readonly huts: Repository<Hut>) {}

          async ofHut(hut: Hut) {
            if (hut.number) return hut.number;
            const number = randomInt(1_000_000);
            await this.huts.update({ id: hut.id }, { number });
            return number;
          }

          async renew(hut: Hut) {
            const number = randomInt(1_000_000);
            await this.huts.update({ id: hut.id }, { number });
            return number;
          }
        }
      `,
      'src/hut.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Hut {
          @PrimaryColumn() id!: string;
          @Column({ nullable: true }) number?: number;
        }
      `,
    },
    defect: {
      'src/keys.controller.ts': `
        import { Controller, Param, Post } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { InjectQueue } from '@nestjs/bullmq';
        import { Queue } from 'bullmq';
        import { Repository } from 'typeorm';
        import { Hut } from './hut.entity';
        import { Numbers } from './numbers';

        @Controller('huts')
        export class KeysController {
          constructor(@InjectRepository(Hut) private readonly huts: Repository<Hut>, @InjectQueue('keys') private readonly keys: Queue) {}

          @Post(':id/key')
          async cut(@Param('id') id: string) {
            const hut = await this.huts.findOneByOrFail({ id });
            const number = await new Numbers(this.huts).renew(hut);
            await this.keys.add('cut', { id: hut.id, number }); // finds
          }
        }
      `,
    },
    correct: {
      'src/keys.controller.ts': `
        import { Controller, Param, Post } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { InjectQueue } from '@nestjs/bullmq';
        import { Queue } from 'bullmq';
        import { Repository } from 'typeorm';
        import { Hut } from './hut.entity';
        import { Numbers } from './numbers';

        @Controller('huts')
        export class KeysController {
          constructor(@InjectRepository(Hut) private readonly huts: Repository<Hut>, @InjectQueue('keys') private readonly keys: Queue) {}

          @Post(':id/key')
          async cut(@Param('id') id: string) {
            const hut = await this.huts.findOneByOrFail({ id });
            const number = await new Numbers(this.huts).ofHut(hut);
            await this.keys.add('cut', { id: hut.id, number });
          }
        }
      `,
    },
  },

  {
    title: 'SQS consumer that stores a reading and passes it on to those it finds in another table; against one that finds its own mark',
    certainty: 'proven',
    shared: {
      'src/clients.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
        import { SQSClient } from '@aws-sdk/client-sqs';

        export const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}));
        export const sqs = new SQSClient({});
      `,
    },
    defect: {
      'src/readings.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
        import { SendMessageCommand } from '@aws-sdk/client-sqs';
        import { dynamo, sqs } from './clients';

        export const handler = async (event: SQSEvent) => {
          for (const record of event.Records) {
            const { buoy, height } = JSON.parse(record.body);
            const { Item } = await dynamo.send(new GetCommand({ TableName: 'buoys', Key: { buoy } }));
            await dynamo.send(new UpdateCommand({ TableName: 'buoys', Key: { buoy }, UpdateExpression: 'SET height = :height', ExpressionAttributeValues: { ':height': height } }));
            if (Item.height === height) continue;
            await sqs.send(new SendMessageCommand({ QueueUrl: process.env.ALARMS, MessageBody: JSON.stringify({ buoy, height }) })); // finds
          }
        };
      `,
    },
    correct: {
      'src/readings.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
        import { SendMessageCommand } from '@aws-sdk/client-sqs';
        import { dynamo, sqs } from './clients';

        export const handler = async (event: SQSEvent) => {
          for (const record of event.Records) {
            const { buoy, height } = JSON.parse(record.body);
            const { Item } = await dynamo.send(new GetCommand({ TableName: 'harbours', Key: { buoy } }));
            await dynamo.send(new UpdateCommand({ TableName: 'buoys', Key: { buoy }, UpdateExpression: 'SET height = :height', ExpressionAttributeValues: { ':height': height } }));
            if (Item.limit === height) continue;
            await sqs.send(new SendMessageCommand({ QueueUrl: process.env.ALARMS, MessageBody: JSON.stringify({ buoy, height }) }));
          }
        };
      `,
    },
  },

  {
    title: 'what is stored before the queue is told, and what is stored on a way that ends before',
    defect: {
      'src/ferry.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        const prisma = new PrismaClient();
        const bells = new Queue('bells');
        const app = express();

        app.post('/ferries/:id/leave', async (req, res) => {
          const { id } = req.params;
          if (req.body.fog) {
            if (req.body.thick) await prisma.ferry.update({ where: { id }, data: { held: true } });
          }
          await bells.add('ring', { id }); // finds
          res.end();
        });
      `,
    },
    correct: {
      'src/ferry.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        const prisma = new PrismaClient();
        const bells = new Queue('bells');
        const app = express();

        app.post('/ferries/:id/leave', async (req, res) => {
          const { id } = req.params;
          if (req.body.fog) {
            if (req.body.thick) {
              await prisma.ferry.update({ where: { id }, data: { held: true } });
              return res.sendStatus(409);
            }
          }
          await bells.add('ring', { id });
          res.end();
        });
      `,
    },
  },

  {
    title: 'a job that finds its row among those of its message is over: the rows go through a map; against one that only looks up whom to tell',
    certainty: 'proven',
    shared: {
      'src/clients.ts': `
        import { PrismaClient } from '@prisma/client';
        import { SQSClient } from '@aws-sdk/client-sqs';

        export const prisma = new PrismaClient();
        export const sqs = new SQSClient({});
      `,
    },
    defect: {
      'src/moult.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { SendMessageCommand } from '@aws-sdk/client-sqs';
        import { prisma, sqs } from './clients';
        import { index } from 'feather-index';

        export const handler = async (event: SQSEvent) => {
          for (const record of event.Records) {
            const { bird, feather } = JSON.parse(record.body);
            const known = index(await prisma.moult.findMany({ where: { bird } }));
            if (known.has(feather)) continue;
            const moult = await prisma.moult.create({ data: { bird, feather } });
            await sqs.send(new SendMessageCommand({ QueueUrl: process.env.NESTS, MessageBody: JSON.stringify({ id: moult.id }) })); // finds
          }
        };
      `,
    },
    correct: {
      'src/moult.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { SendMessageCommand } from '@aws-sdk/client-sqs';
        import { prisma, sqs } from './clients';
        import { index } from 'feather-index';

        export const handler = async (event: SQSEvent) => {
          for (const record of event.Records) {
            const { bird, feather } = JSON.parse(record.body);
            const nests = index(await prisma.nest.findMany({ where: { bird } }));
            const moult = await prisma.moult.upsert({ where: { feather }, create: { bird, feather }, update: { bird } });
            await sqs.send(new SendMessageCommand({ QueueUrl: process.env.NESTS, MessageBody: JSON.stringify({ id: moult.id, nests }) }));
          }
        };
      `,
    },
  },

  {
    title: 'a publisher that does nothing before it is connected, as another execution makes it; one that is never switched on is right',
    shared: {
      'lots.ts': `
        import { PrismaClient } from '@prisma/client';
        import { publisher } from './publisher';

        const prisma = new PrismaClient();

        export async function sell(id: string, buyerId: string) {
          const lot = await prisma.lot.update({ where: { id }, data: { buyerId } });
          await publisher.publish(lot.id); // finds
        }
      `,
    },
    defect: {
      'publisher.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

        class Publisher {
          private readonly sns = new SNSClient({});
          private connected = false;

          connect() {
            this.connected = true;
          }

          async publish(id: string) {
            if (!this.connected) return;
            await this.sns.send(new PublishCommand({ TopicArn: process.env.SALES_TOPIC, Message: id }));
          }
        }

        export const publisher = new Publisher();
      `,
    },
    correct: {
      'publisher.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

        class Publisher {
          private readonly sns = new SNSClient({});
          private readonly enabled = false;

          async publish(id: string) {
            if (!this.enabled) return;
            await this.sns.send(new PublishCommand({ TopicArn: process.env.SALES_TOPIC, Message: id }));
          }
        }

        export const publisher = new Publisher();
      `,
    },
  },

  {
    title: 'a client that a constructor makes or leaves out, as the environment says; one that it never makes is right',
    shared: {
      'src/pledges.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Payments } from './payments';
        import { Pledge } from './pledge';

        @Injectable()
        export class Pledges {
          constructor(@InjectRepository(Pledge) private readonly pledges: Repository<Pledge>, private readonly payments: Payments) {}

          async collect(id: string, amount: number) {
            await this.pledges.update({ id }, { state: 'collected' });
            await this.payments.client().paymentIntents.create({ amount, currency: 'eur', metadata: { id } }); // finds
          }
        }
      `,
      'src/pledge.ts': `
        export class Pledge {
          id!: string;
          state!: string;
        }
      `,
    },
    defect: {
      'src/payments.ts': `
        import { Injectable } from '@nestjs/common';
        import Stripe from 'stripe';

        @Injectable()
        export class Payments {
          private readonly stripe: Stripe | null;

          constructor() {
            const key = process.env.STRIPE_KEY;
            if (key) {
              this.stripe = new Stripe(key, { timeout: 2000 });
            } else {
              this.stripe = null;
            }
          }

          client(): Stripe {
            if (!this.stripe) throw new Error('no payments here');
            return this.stripe;
          }
        }
      `,
    },
    correct: {
      'src/payments.ts': `
        import { Injectable } from '@nestjs/common';
        import type Stripe from 'stripe';

        @Injectable()
        export class Payments {
          private readonly stripe: Stripe | null;

          constructor() {
            this.stripe = null;
          }

          client(): Stripe {
            if (!this.stripe) throw new Error('no payments here');
            return this.stripe;
          }
        }
      `,
    },
  },

  {
    title: 'a client that a module puts on the global object and gives out from there; fixed by an outbox',
    shared: {
      'database.ts': `
        import { PrismaClient } from '@prisma/client';

        declare const global: { prisma: PrismaClient };

        if (!global.prisma) {
          global.prisma = new PrismaClient();
        }

        export default global.prisma;
      `,
    },
    defect: {
      'enrol.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import prisma from './database';

        const sqs = new SQSClient({});

        export async function enrol(courseId: string, pupilId: string) {
          const place = await prisma.place.create({ data: { courseId, pupilId } });
          await sqs.send(new SendMessageCommand({ QueueUrl: process.env.PLACES_URL, MessageBody: place.id })); // finds
        }
      `,
    },
    correct: {
      'enrol.ts': `
        import prisma from './database';

        export async function enrol(courseId: string, pupilId: string) {
          await prisma.$transaction(async (tx) => {
            const place = await tx.place.create({ data: { courseId, pupilId } });
            await tx.outbox.create({ data: { queue: 'places', payload: { placeId: place.id } } });
          });
        }
      `,
    },
  },

  {
    title: 'a berth that is made now is told of; against a berth that is there or made, whatever it is then asked',
    shared: {
      'src/store.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        export const prisma = new PrismaClient();
        export const ropes = new Queue('ropes');
      `,
    },
    defect: {
      'src/berths.ts': `
        import express from 'express';
        import { prisma, ropes } from './store';

        const app = express();

        async function madeFor(boat: string) {
          const known = await prisma.berth.findFirst({ where: { boat } });
          if (known) return null;
          return prisma.berth.create({ data: { boat } });
        }

        app.post('/boats/:boat/moor', async (req, res) => {
          const berth = await madeFor(req.params.boat);
          if (berth) await ropes.add('throw', { berth: berth.id }); // finds
          res.end();
        });
      `,
    },
    correct: {
      'src/berths.ts': `
        import express from 'express';
        import { prisma, ropes } from './store';

        const app = express();

        async function berthOf(boat: string) {
          const known = await prisma.berth.findFirst({ where: { boat } });
          if (known) return known;
          return prisma.berth.create({ data: { boat } });
        }

        app.post('/boats/:boat/moor', async (req, res) => {
          const berth = await berthOf(req.params.boat);
          if (berth.depth > 2) await ropes.add('throw', { berth: berth.id });
          res.end();
        });
      `,
    },
  },

  {
    title: 'a loop that fetches messages from SQS and deletes each before it is handled; fixed by deleting it last, so that it comes again',
    defect: {
      'src/crates.ts': `
        import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { PrismaClient } from '@prisma/client';
        import { Kafka } from 'kafkajs';

        const sqs = new SQSClient({});
        const prisma = new PrismaClient();
        const producer = new Kafka({ brokers: ['kafka:9092'] }).producer();
        const QueueUrl = process.env.CRATES_QUEUE;

        export async function poll() {
          for (;;) {
            const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
            for (const message of Messages) {
              const { crateId } = JSON.parse(message.Body!);
              await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle! }));
              await prisma.crate.update({ where: { id: crateId }, data: { nailed: true } });
              await producer.send({ topic: 'crates', messages: [{ key: crateId, value: crateId }] }); // finds
            }
          }
        }
      `,
    },
    correct: {
      'src/crates.ts': `
        import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { PrismaClient } from '@prisma/client';
        import { Kafka } from 'kafkajs';

        const sqs = new SQSClient({});
        const prisma = new PrismaClient();
        const producer = new Kafka({ brokers: ['kafka:9092'] }).producer();
        const QueueUrl = process.env.CRATES_QUEUE;

        export async function poll() {
          for (;;) {
            const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
            for (const message of Messages) {
              const { crateId } = JSON.parse(message.Body!);
              await prisma.crate.update({ where: { id: crateId }, data: { nailed: true } });
              await producer.send({ topic: 'crates', messages: [{ key: crateId, value: crateId }] });
              await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle! }));
            }
          }
        }
      `,
    },
  },
]);
