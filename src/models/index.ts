import type { LibraryModel } from '../vocabulary/model.ts';
import agenda from './agenda.ts';
import aiSdk from './ai-sdk.ts';
import algolia from './algolia.ts';
import amqpConnectionManager from './amqp-connection-manager.ts';
import amqplib from './amqplib.ts';
import anthropic from './anthropic.ts';
import apolloClient from './apollo-client.ts';
import asyncLib from './async-lib.ts';
import asyncMutex from './async-mutex.ts';
import asyncRetry from './async-retry.ts';
import asyncSema from './async-sema.ts';
import aws4fetch from './aws4fetch.ts';
import awsAccounts from './aws-accounts.ts';
import awsDynamodb from './aws-dynamodb.ts';
import awsEventbridge from './aws-eventbridge.ts';
import awsKinesis from './aws-kinesis.ts';
import awsLambdaClient from './aws-lambda-client.ts';
import awsLambdaTypes from './aws-lambda-types.ts';
import awsOther from './aws-other.ts';
import awsPowertools from './aws-powertools.ts';
import awsS3 from './aws-s3.ts';
import awsSdkV2 from './aws-sdk-v2.ts';
import awsSes from './aws-ses.ts';
import awsSfn from './aws-sfn.ts';
import awsSns from './aws-sns.ts';
import awsSqs from './aws-sqs.ts';
import axiosRateLimit from './axios-rate-limit.ts';
import axiosRetry from './axios-retry.ts';
import axios from './axios.ts';
import axiosWrappers from './axios-wrappers.ts';
import azureFunctions from './azure-functions.ts';
import azureServiceBus from './azure-service-bus.ts';
import azureStorage from './azure-storage.ts';
import beeQueue from './bee-queue.ts';
import betterAuth from './better-auth.ts';
import betterSqlite3 from './better-sqlite3.ts';
import billing from './billing.ts';
import bluebird from './bluebird.ts';
import bottleneck from './bottleneck.ts';
import bull from './bull.ts';
import bullmq from './bullmq.ts';
import cacheManager from './cache-manager.ts';
import cassandra from './cassandra.ts';
import chatBots from './chat-bots.ts';
import clickhouse from './clickhouse.ts';
import cloudflare from './cloudflare.ts';
import cloudflareWorkflows from './cloudflare-workflows.ts';
import cockatiel from './cockatiel.ts';
import connectRpc from './connect-rpc.ts';
import containers from './containers.ts';
import controllers from './controllers.ts';
import cosmos from './cosmos.ts';
import cron from './cron.ts';
import croner from './croner.ts';
import dataloader from './dataloader.ts';
import dates from './dates.ts';
import dbos from './dbos.ts';
import drizzleD1 from './drizzle-d1.ts';
import drizzle from './drizzle.ts';
import dynamoose from './dynamoose.ts';
import effectTs from './effect-ts.ts';
import elasticsearch from './elasticsearch.ts';
import electrodb from './electrodb.ts';
import elysia from './elysia.ts';
import encore from './encore.ts';
import exponentialBackoff from './exponential-backoff.ts';
import express from './express.ts';
import fastify from './fastify.ts';
import feathers from './feathers.ts';
import firebaseFunctions from './firebase-functions.ts';
import firebaseMessaging from './firebase-messaging.ts';
import firestore from './firestore.ts';
import golevupRabbitmq from './golevup-rabbitmq.ts';
import golevupStripe from './golevup-stripe.ts';
import googleAi from './google-ai.ts';
import googleFunctions from './google-functions.ts';
import googlePubsub from './google-pubsub.ts';
import googleStorage from './google-storage.ts';
import googleTasks from './google-tasks.ts';
import googleapis from './googleapis.ts';
import got from './got.ts';
import graphileWorker from './graphile-worker.ts';
import graphqlDecorators from './graphql-decorators.ts';
import graphqlRequest from './graphql-request.ts';
import graphqlResolvers from './graphql-resolvers.ts';
import grpc from './grpc.ts';
import h3 from './h3.ts';
import hapi from './hapi.ts';
import hono from './hono.ts';
import inngest from './inngest.ts';
import ioredis from './ioredis.ts';
import kafkajs from './kafkajs.ts';
import keyv from './keyv.ts';
import knex from './knex.ts';
import koa from './koa.ts';
import ky from './ky.ts';
import kysely from './kysely.ts';
import langchain from './langchain.ts';
import libsql from './libsql.ts';
import lifeomicAttempt from './lifeomic-attempt.ts';
import lodash from './lodash.ts';
import mailServices from './mail-services.ts';
import mailgun from './mailgun.ts';
import mcp from './mcp.ts';
import meilisearch from './meilisearch.ts';
import memcached from './memcached.ts';
import meteor from './meteor.ts';
import microsoftGraph from './microsoft-graph.ts';
import middy from './middy.ts';
import mikroOrm from './mikro-orm.ts';
import minio from './minio.ts';
import moleculer from './moleculer.ts';
import mongodb from './mongodb.ts';
import mongoose from './mongoose.ts';
import mqtt from './mqtt.ts';
import mssql from './mssql.ts';
import mysql2 from './mysql2.ts';
import nats from './nats.ts';
import needle from './needle.ts';
import neo4j from './neo4j.ts';
import nestjsBull from './nestjs-bull.ts';
import nestjsBullmq from './nestjs-bullmq.ts';
import nestjsOrm from './nestjs-orm.ts';
import nestjsTemporal from './nestjs-temporal.ts';
import nestjsPrisma from './nestjs-prisma.ts';
import nestjsRedis from './nestjs-redis.ts';
import nestjs from './nestjs.ts';
import next from './next.ts';
import nextAuth from './next-auth.ts';
import nextSafeAction from './next-safe-action.ts';
import nodeAsyncHooks from './node-async-hooks.ts';
import nodeCron from './node-cron.ts';
import nodeCrypto from './node-crypto.ts';
import nodeEvents from './node-events.ts';
import nodeFetch from './node-fetch.ts';
import nodeFs from './node-fs.ts';
import nodeHttp from './node-http.ts';
import nodeRdkafka from './node-rdkafka.ts';
import nodeRedis from './node-redis.ts';
import nodeSchedule from './node-schedule.ts';
import nodeSqlite from './node-sqlite.ts';
import nodeStream from './node-stream.ts';
import nodeTimers from './node-timers.ts';
import nodemailer from './nodemailer.ts';
import objection from './objection.ts';
import octokit from './octokit.ts';
import ofetch from './ofetch.ts';
import openai from './openai.ts';
import opensearch from './opensearch.ts';
import opossum from './opossum.ts';
import pLimit from './p-limit.ts';
import pMap from './p-map.ts';
import pQueue from './p-queue.ts';
import pRetry from './p-retry.ts';
import pThrottle from './p-throttle.ts';
import pTimeout from './p-timeout.ts';
import passwords from './passwords.ts';
import payments from './payments.ts';
import pgBoss from './pg-boss.ts';
import pgPromise from './pg-promise.ts';
import planetscale from './planetscale.ts';
import pg from './pg.ts';
import platform from './platform.ts';
import polka from './polka.ts';
import postgresJs from './postgres-js.ts';
import postmark from './postmark.ts';
import prisma from './prisma.ts';
import processCaches from './process-caches.ts';
import pulsar from './pulsar.ts';
import qstash from './qstash.ts';
import rabbitmqClient from './rabbitmq-client.ts';
import radash from './radash.ts';
import rascal from './rascal.ts';
import rateLimit from './rate-limit.ts';
import realtimeServices from './realtime-services.ts';
import redlock from './redlock.ts';
import remix from './remix.ts';
import request from './request.ts';
import resend from './resend.ts';
import restate from './restate.ts';
import rxjs from './rxjs.ts';
import sendgrid from './sendgrid.ts';
import sequelize from './sequelize.ts';
import slack from './slack.ts';
import slonik from './slonik.ts';
import socketIo from './socket-io.ts';
import sqsConsumer from './sqs-consumer.ts';
import stripe from './stripe.ts';
import supabase from './supabase.ts';
import superagent from './superagent.ts';
import sveltekit from './sveltekit.ts';
import svix from './svix.ts';
import tanstackStart from './tanstack-start.ts';
import telemetry from './telemetry.ts';
import temporal from './temporal.ts';
import tigerbeetle from './tigerbeetle.ts';
import triggerDev from './trigger-dev.ts';
import trpc from './trpc.ts';
import tsRetryPromise from './ts-retry-promise.ts';
import twilio from './twilio.ts';
import typeormTransactional from './typeorm-transactional.ts';
import typeorm from './typeorm.ts';
import typesense from './typesense.ts';
import undici from './undici.ts';
import upstashRedis from './upstash-redis.ts';
import uuid from './uuid.ts';
import validators from './validators.ts';
import vercelWorkflow from './vercel-workflow.ts';
import viem from './viem.ts';
import webPush from './web-push.ts';
import workApps from './work-apps.ts';
import zenstack from './zenstack.ts';
import zod from './zod.ts';

export default [
  agenda,
  aiSdk,
  algolia,
  amqpConnectionManager,
  amqplib,
  anthropic,
  apolloClient,
  asyncLib,
  asyncMutex,
  asyncRetry,
  asyncSema,
  aws4fetch,
  awsAccounts,
  awsDynamodb,
  awsEventbridge,
  awsKinesis,
  awsLambdaClient,
  awsLambdaTypes,
  awsOther,
  awsPowertools,
  awsS3,
  awsSdkV2,
  awsSes,
  awsSfn,
  awsSns,
  awsSqs,
  axiosRateLimit,
  axiosRetry,
  axiosWrappers,
  axios,
  azureFunctions,
  azureServiceBus,
  azureStorage,
  beeQueue,
  betterAuth,
  betterSqlite3,
  billing,
  bluebird,
  bottleneck,
  bull,
  bullmq,
  cacheManager,
  cassandra,
  chatBots,
  clickhouse,
  cloudflare,
  cloudflareWorkflows,
  cockatiel,
  connectRpc,
  containers,
  controllers,
  cosmos,
  cron,
  croner,
  dataloader,
  dates,
  dbos,
  drizzleD1,
  drizzle,
  dynamoose,
  effectTs,
  elasticsearch,
  electrodb,
  elysia,
  encore,
  exponentialBackoff,
  express,
  fastify,
  feathers,
  firebaseFunctions,
  firebaseMessaging,
  firestore,
  golevupRabbitmq,
  golevupStripe,
  googleAi,
  googleFunctions,
  googlePubsub,
  googleStorage,
  googleTasks,
  googleapis,
  got,
  graphileWorker,
  graphqlDecorators,
  graphqlRequest,
  graphqlResolvers,
  grpc,
  h3,
  hapi,
  hono,
  inngest,
  ioredis,
  kafkajs,
  keyv,
  knex,
  koa,
  ky,
  kysely,
  langchain,
  libsql,
  lifeomicAttempt,
  lodash,
  mailServices,
  mailgun,
  mcp,
  meilisearch,
  memcached,
  meteor,
  microsoftGraph,
  middy,
  mikroOrm,
  minio,
  moleculer,
  mongodb,
  mongoose,
  mqtt,
  mssql,
  mysql2,
  nats,
  needle,
  neo4j,
  nestjsBull,
  nestjsBullmq,
  nestjsOrm,
  nestjsTemporal,
  nestjsPrisma,
  nestjsRedis,
  nestjs,
  nextAuth,
  nextSafeAction,
  next,
  nodeAsyncHooks,
  nodeCron,
  nodeCrypto,
  nodeEvents,
  nodeFetch,
  nodeFs,
  nodeHttp,
  nodeRdkafka,
  nodeRedis,
  nodeSchedule,
  nodeSqlite,
  nodeStream,
  nodeTimers,
  nodemailer,
  objection,
  octokit,
  ofetch,
  openai,
  opensearch,
  opossum,
  pLimit,
  pMap,
  pQueue,
  pRetry,
  pThrottle,
  pTimeout,
  passwords,
  payments,
  pgBoss,
  pgPromise,
  planetscale,
  pg,
  platform,
  polka,
  postgresJs,
  postmark,
  prisma,
  processCaches,
  pulsar,
  qstash,
  rabbitmqClient,
  radash,
  rascal,
  rateLimit,
  realtimeServices,
  redlock,
  remix,
  request,
  resend,
  restate,
  rxjs,
  sendgrid,
  sequelize,
  slack,
  slonik,
  socketIo,
  sqsConsumer,
  stripe,
  supabase,
  superagent,
  sveltekit,
  svix,
  tanstackStart,
  telemetry,
  temporal,
  tigerbeetle,
  triggerDev,
  trpc,
  tsRetryPromise,
  twilio,
  typeormTransactional,
  typeorm,
  typesense,
  undici,
  upstashRedis,
  uuid,
  validators,
  vercelWorkflow,
  viem,
  webPush,
  workApps,
  zenstack,
  zod,
] as readonly LibraryModel[];
