/** What the declarations of one version of a library's packages cannot tell, with the reason: nothing is left out in silence. */
export interface Known {
  /** Further specifiers to read: those that a `/*` in the model's packages stands for. */
  readonly modules?: readonly string[];
  /** Names in the declarations of what the model has a name of its own for. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  /** Packages that are not read. */
  readonly absent?: Readonly<Record<string, string>>;
  /** By reason: exports, types, members and arguments that are not borne out. */
  readonly unproven?: Readonly<Record<string, readonly string[]>>;
}

export const known: Readonly<Record<string, Known>> = {
  agenda: {
    unproven: {
      'of version 5': ['exports.default', 'Agenda.jobs'],
    },
  },
  algolia: {
    modules: ['algoliasearch/lite'],
    unproven: {
      'of version 4': ['exports.default', 'SearchClient.initIndex', 'SearchIndex'],
    },
  },
  anthropic: {
    absent: {
      '@anthropic-ai/bedrock-sdk': 'the same client under another name, with the SDK of a cloud',
      '@anthropic-ai/vertex-sdk': 'the same client under another name, with the SDK of a cloud',
    },
    unproven: {
      'of a package that is not read': ['exports.AnthropicBedrock', 'exports.AnthropicVertex'],
      'before version 1': ['Anthropic.completions'],
    },
  },
  amqplib: {
    unproven: {
      'an old name of prefetch': ['Channel.qos'],
    },
  },
  'async-lib': {
    absent: {
      'async-es': 'the same functions as ES modules',
    },
  },
  'aws-sdk-v2': {
    absent: {
      'aws-sdk': '95 MB; its operations are those of the third version, which are read',
    },
    unproven: {
      'of a package that is not read': [
        'exports.SQS', 'exports.SNS', 'exports.EventBridge', 'exports.Kinesis', 'exports.Firehose', 'exports.S3', 'exports.Lambda', 'exports.SES',
        'exports.SESV2', 'exports.StepFunctions', 'exports.DynamoDB', 'exports.DocumentClient', 'SQS', 'SNS', 'EventBridge', 'Kinesis', 'Firehose', 'S3',
        'Lambda', 'SES', 'SESV2', 'StepFunctions', 'DynamoDB', 'DocumentClient', 'Request',
        'exports.SSM', 'exports.SecretsManager', 'exports.CognitoIdentityServiceProvider', 'exports.Detective', 'exports.GuardDuty', 'exports.SecurityHub', 'exports.Organizations',
        'SSM', 'SecretsManager', 'CognitoIdentityServiceProvider', 'Detective', 'GuardDuty', 'SecurityHub', 'Organizations',
      ],
    },
  },
  bullmq: {
    unproven: {
      'of version 5': ['Queue.removeRepeatable'],
    },
  },
  'cache-manager': {
    unproven: {
      'of version 5': ['exports.caching', 'exports.multiCaching', 'Cache.reset'],
    },
  },
  clickhouse: {
    absent: {
      '@clickhouse/client-web': 'the same client for browsers',
    },
  },
  cloudflare: {
    absent: {
      'cloudflare:workers': 'a module of the platform, declared where it is deployed',
    },
    unproven: {
      'declared as globals by another entry of the package': [
        'globals.D1Database', 'globals.KVNamespace', 'globals.R2Bucket', 'globals.Queue', 'globals.MessageBatch',
        'globals.ScheduledController', 'globals.ScheduledEvent', 'globals.ExecutionContext',
      ],
      'of a module that is not read': ['WorkerEntrypoint'],
    },
  },
  'cloudflare-workflows': {
    absent: {
      'cloudflare:workers': 'a module of the platform, declared where it is deployed',
      'cloudflare:workflows': 'a module of the platform, declared where it is deployed',
    },
    unproven: {
      'of a package that is not read': ['exports.WorkflowEntrypoint', 'exports.NonRetryableError', 'WorkflowEntrypoint', 'WorkflowEvent', 'WorkflowStep'],
    },
  },
  'connect-rpc': {
    absent: {
      '@bufbuild/connect': 'the same functions under the name of the first version',
      '@connectrpc/connect-web': 'transports for browsers',
    },
    unproven: {
      'of version 1': ['exports.createPromiseClient'],
    },
  },
  croner: {
    unproven: {
      'before version 9: a function and default export': ['exports.default', 'Task()'],
    },
  },
  dates: {
    absent: {
      '@date-fns/tz': 'one function that date-fns takes',
    },
    unproven: {
      'of date-fns-tz before version 3': ['exports.utcToZonedTime', 'exports.zonedTimeToUtc'],
    },
  },
  'drizzle-orm': {
    modules: [
      'drizzle-orm/pg-core', 'drizzle-orm/mysql-core', 'drizzle-orm/sqlite-core', 'drizzle-orm/singlestore-core',
      'drizzle-orm/pg-core/query-builders/query', 'drizzle-orm/node-postgres', 'drizzle-orm/postgres-js', 'drizzle-orm/d1', 'drizzle-orm/relations',
    ],
    names: { Select: ['PgSelectBase', 'MySqlSelectBase', 'SQLiteSelectBase'], Insert: ['PgInsertBase', 'MySqlInsertBase', 'SQLiteInsertBase'], Update: ['PgUpdateBase', 'MySqlUpdateBase', 'SQLiteUpdateBase'], Delete: ['PgDeleteBase', 'MySqlDeleteBase', 'SQLiteDeleteBase'], Raw: ['PgRaw', 'MySqlRaw', 'SQLiteRaw'] },
    unproven: {
      'a nested transaction takes no options': ['Transaction.transaction a1.isolationLevel'],
      'of a database with replicas': ['Database.$primary', 'Transaction.$primary'],
      'of drivers that batch, D1 and libSQL': ['Transaction.batch'],
      'one table of steps for all dialects and builders': [
        'Update.crossJoin', 'Update.leftJoinLateral', 'Update.innerJoinLateral', 'Update.crossJoinLateral', 'Raw.$dynamic', 'Raw.all', 'Raw.get', 'Raw.run',
      ],
    },
  },
  dynamoose: {
    modules: ['dynamoose/dist/Model', 'dynamoose/dist/ItemRetriever'],
  },
  'effect-ts': {
    unproven: {
      'of version 3': ['exports.Either', 'Effect.catchAll', 'Effect.orElse', 'Effect.timeoutFail', 'Effect.either', 'Effect.Tag', 'Effect.Service'],
      'one reading for all that recover': ['Effect.tapError a2', 'Effect.matchEffect a2'],
    },
  },
  electrodb: {
    unproven: {
      'of a query, or of a transaction': ['Chain.begins', 'Chain.between', 'Chain.gt', 'Chain.gte', 'Chain.lt', 'Chain.lte', 'Chain.commit'],
    },
  },
  express: {
    unproven: {
      'set by middleware: body parsers and multer': ['Request.rawBody', 'Request.file', 'Request.files'],
    },
  },
  fastify: {
    unproven: {
      'set by plugins': [
        'FastifyRequest.cookies', 'FastifyRequest.rawBody', 'FastifyReply.setCookie', 'FastifyReply.clearCookie', 'FastifyReply.cookie',
        'ErrorReply.setCookie', 'ErrorReply.clearCookie', 'ErrorReply.cookie', 'AnyReply.setCookie', 'AnyReply.clearCookie', 'AnyReply.cookie',
      ],
    },
  },
  'firebase-functions': {
    modules: [
      'firebase-functions/v1', 'firebase-functions/v2/https', 'firebase-functions/v2/pubsub', 'firebase-functions/v2/tasks',
      'firebase-functions/v2/eventarc', 'firebase-functions/v2/scheduler', 'firebase-functions/v2/identity', 'firebase-functions/v2/firestore',
      'firebase-functions/v2/database', 'firebase-functions/v2/storage',
    ],
    unproven: {
      'one table for the namespaces of both versions': [
        'exports.firestore.onValueWritten', 'exports.firestore.onValueCreated', 'exports.firestore.onValueUpdated', 'exports.firestore.onValueDeleted',
        'exports.database.onDocumentWritten', 'exports.database.onDocumentWrittenWithAuthContext', 'exports.database.onDocumentCreated',
        'exports.database.onDocumentCreatedWithAuthContext', 'exports.database.onDocumentUpdated', 'exports.database.onDocumentUpdatedWithAuthContext',
        'exports.database.onDocumentDeleted', 'exports.database.onDocumentDeletedWithAuthContext', 'exports.storage.object a0', 'BucketBuilder.object a0',
        'FunctionBuilder.pubsub.onMessagePublished', 'FunctionBuilder.firestore.onDocumentWritten',
        'FunctionBuilder.firestore.onDocumentWrittenWithAuthContext', 'FunctionBuilder.firestore.onValueWritten',
        'FunctionBuilder.firestore.onDocumentCreated', 'FunctionBuilder.firestore.onDocumentCreatedWithAuthContext',
        'FunctionBuilder.firestore.onValueCreated', 'FunctionBuilder.firestore.onDocumentUpdated',
        'FunctionBuilder.firestore.onDocumentUpdatedWithAuthContext', 'FunctionBuilder.firestore.onValueUpdated',
        'FunctionBuilder.firestore.onDocumentDeleted', 'FunctionBuilder.firestore.onDocumentDeletedWithAuthContext',
        'FunctionBuilder.firestore.onValueDeleted', 'FunctionBuilder.database.onDocumentWritten',
        'FunctionBuilder.database.onDocumentWrittenWithAuthContext', 'FunctionBuilder.database.onValueWritten', 'FunctionBuilder.database.onDocumentCreated',
        'FunctionBuilder.database.onDocumentCreatedWithAuthContext', 'FunctionBuilder.database.onValueCreated', 'FunctionBuilder.database.onDocumentUpdated',
        'FunctionBuilder.database.onDocumentUpdatedWithAuthContext', 'FunctionBuilder.database.onValueUpdated', 'FunctionBuilder.database.onDocumentDeleted',
        'FunctionBuilder.database.onDocumentDeletedWithAuthContext', 'FunctionBuilder.database.onValueDeleted', 'FunctionBuilder.storage.object a0',
        'FunctionBuilder.storage.onObjectArchived', 'FunctionBuilder.storage.onObjectDeleted', 'FunctionBuilder.storage.onObjectFinalized',
        'FunctionBuilder.storage.onObjectMetadataUpdated', 'FunctionBuilder.tasks.onTaskDispatched', 'FunctionBuilder.identity', 'FunctionBuilder.scheduler',
        'FunctionBuilder.eventarc',
      ],
    },
  },
  'firebase-messaging': {
    unproven: {
      'before version 13': ['Messaging.sendAll', 'Messaging.sendMulticast'],
    },
  },
  googleapis: {
    names: { Resource: ['calendar_v3.Resource$Events', 'gmail_v1.Resource$Users$Messages', 'drive_v3.Resource$Files'] },
    absent: {
      'googleapis': '200 MB',
    },
    unproven: {
      'of a package that is not read': [
        'exports.google', 'exports.sheets', 'exports.docs', 'exports.people', 'exports.admin', 'exports.tasks', 'exports.youtube',
        'exports.searchconsole', 'exports.webmasters', 'exports.analytics', 'exports.analyticsdata', 'exports.androidpublisher',
        'exports.cloudidentity', 'exports.pubsub', 'exports.storage', 'exports.oauth2', 'exports.iam', 'exports.cloudresourcemanager',
        'exports.chat', 'exports.forms', 'exports.slides', 'Google',
      ],
      'of sheets, contacts and other resources': [
        'Resource.getProfile', 'Resource.batchGet', 'Resource.search', 'Resource.append', 'Resource.batchUpdate', 'Resource.stop',
        'Resource.clear',
      ],
    },
  },
  got: {
    absent: {
      'got-cjs': 'the same client for CommonJS',
    },
  },
  'graphql-resolvers': {
    absent: {
      'apollo-server-koa': 'the same server as apollo-server-express',
      'apollo-server-fastify': 'the same server as apollo-server-express',
      'apollo-server-lambda': 'the same server as apollo-server-express',
      'apollo-server-micro': 'the same server as apollo-server-express',
      '@apollo/server/express4': 'of version 4',
      '@as-integrations/express4': 'the same server for a framework, with the framework',
      '@as-integrations/express5': 'the same server for a framework, with the framework',
      '@as-integrations/next': 'the same server for a framework, with the framework',
      '@as-integrations/aws-lambda': 'the same server for a framework, with the framework',
      '@as-integrations/fastify': 'the same server for a framework, with the framework',
      '@as-integrations/koa': 'the same server for a framework, with the framework',
      'graphql-tools': 'the same functions as in its parts',
    },
    unproven: {
      'of a package that is not read': ['exports.expressMiddleware', 'exports.startServerAndCreateNextHandler', 'exports.startServerAndCreateLambdaHandler', 'exports.fastifyApolloHandler', 'exports.koaMiddleware'],
      'one of a union of arguments': [
        'exports.buildSubgraphSchema a0.resolvers.Mutation.*', 'exports.buildSubgraphSchema a0.resolvers.Mutation.*.resolve',
        'exports.buildSubgraphSchema a0.resolvers.Query.*', 'exports.buildSubgraphSchema a0.resolvers.Query.*.resolve',
      ],
      'of plugins': [
        'MutationBlock.prismaField', 'MutationBlock.drizzleField', 'MutationBlock.fieldWithInput', 'QueryBlock.prismaField',
        'QueryBlock.drizzleField', 'QueryBlock.fieldWithInput', 'SchemaBuilder.relayMutationField',
      ],
    },
  },
  grpc: {
    unproven: {
      'loaded at run time': ['new GrpcObject'],
    },
  },
  h3: {
    absent: {
      'nitropack/runtime': 'exports of h3 and of the project',
      'nitro/h3': 'exports of h3',
      '#imports': 'exports of h3 and of the project',
    },
    unproven: {
      'of version 2': ['exports.defineHandler', 'exports.H3', 'new Router', 'Router.all'],
      'of Nitro': ['exports.defineCachedEventHandler', 'exports.cachedEventHandler', 'H3Event.waitUntil'],
      'there without an import only in Nitro': [
        'globals.defineEventHandler', 'globals.eventHandler', 'globals.defineHandler', 'globals.defineCachedEventHandler',
        'globals.cachedEventHandler', 'globals.readBody', 'globals.readRawBody', 'globals.readValidatedBody', 'globals.readFormData',
        'globals.readMultipartFormData', 'globals.getQuery', 'globals.getValidatedQuery', 'globals.getRouterParam',
        'globals.getRouterParams', 'globals.getValidatedRouterParams', 'globals.getHeader', 'globals.getHeaders', 'globals.getRequestHeader',
        'globals.getRequestHeaders', 'globals.getCookie', 'globals.parseCookies', 'globals.getRequestURL', 'globals.createError',
        'globals.setResponseStatus', 'globals.setHeader', 'globals.setHeaders', 'globals.setResponseHeader', 'globals.setResponseHeaders',
        'globals.setCookie', 'globals.deleteCookie', 'globals.sendRedirect', 'globals.sendNoContent', 'globals.getRequestIP',
        'globals.getMethod', 'globals.assertMethod',
      ],
    },
  },
  hapi: {
    absent: {
      'hapi': 'the same framework under its old name',
    },
    unproven: {
      'before version 17': ['Server.route a0.config.handler'],
    },
  },
  hono: {
    modules: ['hono/factory', 'hono/validator', 'hono/vercel', 'hono/aws-lambda', 'hono/cloudflare-pages'],
  },
  inngest: {
    unproven: {
      'of version 3': ['Inngest.createFunction[0] a2', 'Inngest.createFunction[1] a2'],
    },
  },
  knex: {
    unproven: {
      'the function itself under the name of its type, in CommonJS': ['exports.Knex'],
    },
  },
  koa: {
    unproven: {
      'called without new by older versions': ['Koa()', 'Router()'],
      'set by middleware: body parsers': ['Request.body', 'Request.rawBody', 'Request.files'],
    },
  },
  ky: {
    absent: {
      'ky-universal': 'the same client for Node',
    },
    unproven: {
      'of version 2': [
        'Ky.get a1.totalTimeout', 'Ky.head a1.totalTimeout', 'Ky.put a1.totalTimeout', 'Ky.delete a1.totalTimeout', 'Ky.post a1.totalTimeout',
        'Ky.patch a1.totalTimeout', 'Ky() a1.totalTimeout',
      ],
    },
  },
  kysely: {
    unproven: {
      'one table of steps for all builders': [
        'SelectQueryBuilder.withSchema', 'SelectQueryBuilder.clearReturning', 'SelectQueryBuilder.output', 'SelectQueryBuilder.outputAll',
        'InsertQueryBuilder.modifyFront', 'InsertQueryBuilder.withSchema', 'InsertQueryBuilder.clearOrderBy', 'ReturningInsert.modifyFront',
        'ReturningInsert.withSchema', 'ReturningInsert.clearWhere', 'ReturningInsert.clearOrderBy', 'ReturningInsert.column', 'ReturningInsert.constraint',
        'ReturningInsert.doNothing', 'ReturningInsert.doUpdateSet', 'UpdateQueryBuilder.modifyFront', 'UpdateQueryBuilder.withSchema',
        'UpdateQueryBuilder.crossJoin', 'UpdateQueryBuilder.innerJoinLateral', 'UpdateQueryBuilder.leftJoinLateral', 'UpdateQueryBuilder.crossJoinLateral',
        'ReturningUpdate.modifyFront', 'ReturningUpdate.withSchema', 'ReturningUpdate.crossJoin', 'ReturningUpdate.innerJoinLateral',
        'ReturningUpdate.leftJoinLateral', 'ReturningUpdate.crossJoinLateral', 'DeleteQueryBuilder.modifyFront', 'DeleteQueryBuilder.withSchema',
        'DeleteQueryBuilder.crossJoin', 'DeleteQueryBuilder.innerJoinLateral', 'DeleteQueryBuilder.leftJoinLateral', 'DeleteQueryBuilder.crossJoinLateral',
        'ReturningDelete.modifyFront', 'ReturningDelete.withSchema', 'ReturningDelete.crossJoin', 'ReturningDelete.innerJoinLateral',
        'ReturningDelete.leftJoinLateral', 'ReturningDelete.crossJoinLateral', 'MergeQueryBuilder.$castTo', 'MergeQueryBuilder.$narrowType',
        'MergeQueryBuilder.$assertType', 'MergeQueryBuilder.modifyFront', 'MergeQueryBuilder.withPlugin', 'MergeQueryBuilder.withSchema',
        'MergeQueryBuilder.clearWhere', 'MergeQueryBuilder.clearOrderBy', 'MergeQueryBuilder.clearReturning', 'MergeQueryBuilder.stream',
      ],
    },
  },
  langchain: {
    absent: {
      '@langchain/anthropic': 'the same classes for another provider',
      '@langchain/google-genai': 'the same classes for another provider',
      '@langchain/google-vertexai': 'the same classes for another provider',
      '@langchain/aws': 'the same classes for another provider',
      '@langchain/groq': 'the same classes for another provider',
      '@langchain/mistralai': 'the same classes for another provider',
      '@langchain/ollama': 'the same classes for another provider',
    },
    unproven: {
      'of a package that is not read': [
        'exports.ChatAnthropic', 'exports.ChatGoogleGenerativeAI', 'exports.ChatVertexAI', 'exports.ChatBedrockConverse', 'exports.ChatGroq',
        'exports.ChatMistralAI', 'exports.ChatOllama', 'exports.GoogleGenerativeAIEmbeddings', 'exports.MistralAIEmbeddings',
        'exports.OllamaEmbeddings', 'exports.BedrockEmbeddings',
      ],
    },
  },
  libsql: {
    unproven: {
      'a transaction takes the arguments with the text': ['Transaction.execute[1] a1'],
    },
  },
  lodash: {
    modules: ['lodash/fp'],
    absent: {
      'lodash-es': 'the same functions as ES modules',
    },
    unproven: {
      'of es-toolkit and remeda, whose exports are the same table': [
        'Lodash.forEachObj', 'Lodash.mapToObj', 'Lodash.uniqueBy', 'Lodash.firstBy', 'Lodash.attemptAsync', 'Lodash.randomInt', 'Lodash.randomInteger',
        'Lodash.randomString', 'Lodash.mapAsync', 'Lodash.forEachAsync', 'Lodash.filterAsync', 'Lodash.flatMapAsync', 'Lodash.reduceAsync',
        'Lodash.limitAsync', 'Lodash.withTimeout', 'Lodash.timeout', 'Lodash.retry', 'Lodash.Semaphore', 'Lodash.Mutex', 'Lodash.flat', 'Lodash.fromEntries',
        'Lodash.fromKeys', 'Lodash.isDeepEqual', 'Lodash.isDefined', 'Lodash.isEmptyObject', 'Lodash.isNonNullish', 'Lodash.isNullish', 'Lodash.isPromise',
        'Lodash.isTruthy', 'Lodash.piped', 'Lodash.splice', 'Lodash.splitAt', 'Lodash.toCamelCase', 'Lodash.toKebabCase', 'Lodash.toSnakeCase',
        'Lodash.sort', 'Lodash.when', 'Lodash.invariant', 'Lodash.addProp', 'Lodash.mergeDeep', 'Lodash.objOf', 'Lodash.hasAtLeast',
      ],
    },
  },
  mailgun: {
    unproven: {
      'of the class, not of the interface by which clients have it': ['Messages.retrieveStoredEmail'],
    },
  },
  mcp: {
    modules: ['@modelcontextprotocol/sdk/server/mcp.js', '@modelcontextprotocol/sdk/server/index.js', '@modelcontextprotocol/sdk/client/index.js'],
    absent: {
      '@modelcontextprotocol/sdk': 'all is in its parts',
    },
  },
  meilisearch: {
    unproven: {
      'before version 0.50': ['exports.MeiliSearch'],
    },
  },
  'mikro-orm': {
    absent: {
      '@mikro-orm/sql': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/postgresql': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/mysql': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/mariadb': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/sqlite': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/better-sqlite': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/libsql': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/mssql': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/mongodb': 'a driver that exports the entity manager of the core under its own name',
      '@mikro-orm/decorators': 'of the seventh version, which needs a newer Node than the sixth',
    },
    unproven: {
      'options shared with find': ['EntityManager.findByCursor a2.offset', 'EntityRepository.findByCursor a1.offset'],
      'of a repository': ['EntityManager.getEntityManager'],
      'of a repository in version 5': [
        'EntityRepository.persist', 'EntityRepository.remove', 'EntityRepository.flush', 'EntityRepository.persistAndFlush',
        'EntityRepository.removeAndFlush',
      ],
    },
  },
  mongodb: {
    unproven: {
      'before version 5': ['exports.ObjectID'],
    },
  },
  mongoose: {
    unproven: {
      'where takes a path and a value; options as of find': ['Model.where[0] a2.sort', 'Model.where[0] a2.limit', 'Model.where[0] a2.skip', 'Model.where[0] a2.session'],
      'an options argument before version 7': ['Model.exists a1.session'],
      'a type of the model': ['ModelOfName', 'Query.#row'],
      'before version 7': ['Model.count', 'Model.update', 'Model.remove', 'Model.findOneAndRemove', 'Model.findByIdAndRemove', 'Document.update', 'Document.remove'],
    },
  },
  neo4j: {
    unproven: {
      'of version 4': ['Session.readTransaction', 'Session.writeTransaction'],
    },
  },
  nestjs: {
    unproven: {
      'declared as any: a channel of amqplib': ['Channel.ack', 'Channel.ackAll', 'Channel.nack', 'Channel.nackAll', 'Channel.reject', 'Channel.prefetch'],
    },
  },
  'nestjs-prisma': {
    absent: { 'nestjs-prisma': 'it asks for the command line of Prisma' },
    unproven: { 'of a package that is not read': ['exports.PrismaService', 'exports.CustomPrismaService', 'CustomPrismaService'] },
  },
  'nestjs-redis': {
    absent: { '@liaoliaots/nestjs-redis': 'it asks for an older version of Nest' },
    unproven: { 'of a package that is not read': ['exports.RedisService', 'RedisService'] },
  },
  next: {
    absent: {
      'next': '150 MB',
    },
    unproven: {
      'of a package that is not read': [
        'exports.NextRequest', 'exports.NextResponse', 'exports.after', 'exports.unstable_after', 'exports.headers', 'exports.cookies', 'exports.draftMode',
        'exports.unstable_cache', 'exports.connection', 'exports.userAgent', 'exports.revalidatePath', 'exports.revalidateTag', 'exports.updateTag',
        'exports.refresh', 'exports.cacheLife', 'exports.cacheTag', 'exports.unstable_noStore', 'exports.redirect', 'exports.permanentRedirect',
        'exports.notFound', 'exports.forbidden', 'exports.unauthorized', 'NextRequest', 'NextResponse', 'RouteContext', 'NextApiRequest', 'NextApiResponse',
        'NextApiHandler', 'NextMiddleware', 'NextFetchEvent', 'GetServerSideProps',
      ],
    },
  },
  'next-auth': { modules: ['next-auth', '@auth/core'] },
  'node-events': {
    unproven: {
      'of EventTarget': ['EventEmitter.addEventListener'],
    },
  },
  'node-fetch': {
    absent: {
      'isomorphic-fetch': 'another maker of the same function',
      'isomorphic-unfetch': 'another maker of the same function',
      'make-fetch-happen': 'another maker of the same function',
      'fetch-with-proxy': 'no declarations',
    },
    unproven: {
      'of version 2': ['exports.default a1.timeout', 'exports.fetch a1.timeout'],
    },
  },
  'node-fs': {
    absent: {
      'fs-extra': 'the same functions and more',
      'graceful-fs': 'the same functions and more',
    },
    unproven: {
      'one table for callbacks and promises': ['exports.promises.exists'],
    },
  },
  'node-http': {
    names: { ServerRequest: ['IncomingMessage'] },
    unproven: {
      'set by body parsers': ['ServerRequest.body'],
    },
  },
  'node-sqlite': {
    absent: {
      'bun:sqlite': 'a module of another platform',
    },
    unproven: {
      'of Bun': ['exports.Database', 'DatabaseSync.query', 'DatabaseSync.run', 'StatementSync.values'],
    },
  },
  nodemailer: {
    absent: {
      '@nestjs-modules/mailer': 'one class, with 60 MB of template engines',
    },
    unproven: {
      'of a package that is not read': ['exports.MailerService'],
    },
  },
  objection: {
    unproven: {
      'a type of the model': ['QueryBuilder.#row', 'InstanceQueryBuilder.#row'],
    },
  },
  octokit: {
    absent: {
      '@octokit/action': 'the same client with the credentials of a workflow',
    },
  },
  ofetch: {
    unproven: {
      'there without an import in Nuxt and Nitro': ['globals.$fetch'],
    },
  },
  openai: {
    unproven: {
      'before version 5': ['Beta.chat'],
      'one table for all resources, of version 4 too': [
        'Resource.del', 'Resource.modify', 'Resource.createAndRun', 'Resource.createAndRunPoll', 'Resource.createAndStream', 'Resource.generate',
        'Resource.createVariation', 'Resource.submitToolOutputs', 'Resource.messages', 'Resource.steps',
      ],
    },
  },
  passwords: {
    absent: {
      '@node-rs/bcrypt': 'asks for a binary of every platform by name',
      '@node-rs/argon2': 'asks for a binary of every platform by name',
    },
    unproven: { 'of packages that are not read': ['exports.verifySync', 'exports.hashRaw'] },
  },
  payments: {
    absent: {
      '@adyen/api-library': '30 MB',
      '@paypal/checkout-server-sdk': 'no declarations',
    },
    unproven: {
      'of a package that is not read': ['exports.CheckoutAPI', 'exports.hmacValidator', 'AdyenCheckout', 'AdyenPayments', 'AdyenModifications', 'AdyenLinks', 'AdyenHmac'],
      'the module itself in CommonJS': ['Default.createMollieClient'],
      'of older versions': ['MolliePayments.list', 'MolliePayments.delete'],
    },
  },
  pg: {
    absent: { 'pg-pool': 'part of pg' },
  },
  'pg-boss': {
    unproven: {
      'of version 10': ['exports.default'],
    },
  },
  platform: {
    unproven: {
      'an option that is given and never read': ['globals.fetch a1.timeout', 'GlobalThis.fetch a1.timeout'],
      'a global, under its own name': ['exports.queueMicrotask', 'exports.process'],
      'globals of other platforms': ['globals.Deno', 'globals.Bun', 'GlobalThis.Deno', 'GlobalThis.Bun', 'Deno', 'Bun'],
    },
  },
  prisma: {
    absent: {
      '@prisma/client': 'its client is generated from a schema',
      '.prisma/client': 'its client is generated from a schema',
    },
    unproven: {
      'generated from a schema': ['exports.PrismaClient', 'exports.Prisma', 'PrismaClient', 'TransactionClient', 'ReplicaClient', 'Delegate', 'PrismaPromise'],
    },
  },
  qstash: {
    modules: [
      '@upstash/qstash/nextjs', '@upstash/qstash/h3', '@upstash/qstash/nuxt', '@upstash/qstash/svelte', '@upstash/qstash/solidjs',
      '@upstash/workflow/nextjs', '@upstash/workflow/express',
    ],
  },
  rascal: {
    absent: {
      'rascal': 'no declarations',
    },
    unproven: {
      'of a package that is not read': [
        'exports.BrokerAsPromised', 'exports.Broker', 'exports.default', 'exports.createBroker', 'exports.createBrokerAsPromised',
        'exports.withDefaultConfig', 'Broker', 'Subscription', 'AckOrNack',
      ],
    },
  },
  'rate-limit': {
    absent: {
      'koa-ratelimit': 'no declarations of its own',
    },
    unproven: {
      'of one of several libraries that one function stands for': ['exports.default[1] a0.db', 'exports.rateLimit[1] a0.db', 'exports.rateLimiter[1] a0.db', 'exports.slowDown[1] a0.db'],
    },
  },
  redis: {
    unproven: {
      'of version 4': ['RedisClientType.executeIsolated'],
      'one table of commands for all clients': [
        'RedisClientType.SET[5] a2.ex', 'RedisClientType.SET[5] a2.px', 'RedisClientType.set[5] a2.ex', 'RedisClientType.set[5] a2.px', 'Multi.SET[5] a2.ex',
        'Multi.SET[5] a2.px', 'Multi.set[5] a2.ex', 'Multi.set[5] a2.px',
      ],
    },
  },
  redlock: {
    modules: ['./node_modules/redlock/dist/index.js'],
    absent: {
      'redlock': 'its package.json names no declarations for modules: read by their path',
    },
    unproven: {
      'the module itself in CommonJS': ['exports.Redlock'],
      'of version 4': ['Redlock.lock', 'Redlock.unlock', 'Lock.unlock'],
    },
  },
  remix: {
    absent: {
      '@remix-run/deno': 'the same functions as for Node',
      '@vercel/remix': 'the same functions as for Node',
      '@react-router/cloudflare': 'the same functions as for Node',
    },
  },
  restate: {
    unproven: {
      'handlers by name, whatever their names': ['exports.service a0.handlers[]', 'exports.object a0.handlers[]'],
    },
  },
  sequelize: {
    absent: {
      '@sequelize/core': 'the seventh version, not yet released',
    },
    unproven: {
      'a type of the model': ['ModelOfName'],
      'before version 5': ['ModelStatic.findById', 'Model:findById'],
    },
  },
  slack: {
    unproven: {
      'the module itself in CommonJS': ['exports.default.App'],
      'of version 7': ['Files.upload'],
    },
  },
  'socket-io': {
    unproven: {
      'a class in its namespace': ['WebSocket:Server'],
    },
  },
  stripe: {
    unproven: {
      'lists that are short': [
        'accounts.listCapabilities[0] a0.limit', 'accounts.listCapabilities[1] a1.limit', 'reporting.reportTypes.list[0] a0.limit',
        'reporting.reportTypes.list[1] a1.limit',
      ],
      'events are given in a list': ['v2.billing.meterEventStream.create a0.identifier'],
      'removed from the API': [
        'invoices.retrieveUpcoming', 'invoices.listUpcomingLines', 'subscriptionItems.createUsageRecord', 'subscriptionItems.listUsageRecordSummaries',
        'subscriptions.del',
      ],
      'called without new before version 20': ['Stripe()'],
    },
  },
  supabase: {
    absent: {
      '@supabase/auth-helpers-nextjs': 'given up for @supabase/ssr',
    },
    unproven: {
      'of a package that is not read': ['exports.createServerComponentClient', 'exports.createRouteHandlerClient'],
    },
  },
  'tanstack-start': {
    absent: {
      '@tanstack/solid-start': 'the same functions for another framework',
      '@tanstack/start': 'the same functions under their first name',
    },
    unproven: {
      'the validator under its earlier name': ['PostServerFn.inputValidator', 'ServerFn.inputValidator'],
    },
  },
  telemetry: {
    absent: {
      'pino-http': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/node': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/nextjs': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/core': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/serverless': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/aws-serverless': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/bun': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/nestjs': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/google-cloud-serverless': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@sentry/cloudflare': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      'dd-trace': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      'analytics-node': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      'mixpanel': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      '@amplitude/node': 'of loggers and tracers one of each make is enough: what they do is telemetry',
      'rollbar': 'of loggers and tracers one of each make is enough: what they do is telemetry',
    },
    unproven: {
      'of packages that are not read': [
        'exports.captureException', 'exports.captureMessage', 'exports.captureEvent', 'exports.captureCheckIn', 'exports.captureFeedback',
        'exports.addBreadcrumb', 'exports.setUser', 'exports.setTag', 'exports.setTags', 'exports.setExtra', 'exports.setExtras', 'exports.setContext',
        'exports.init', 'exports.flush', 'exports.close', 'exports.getClient', 'exports.getCurrentScope', 'exports.getIsolationScope',
        'exports.setupFastifyErrorHandler', 'exports.expressIntegration', 'exports.httpIntegration', 'exports.getActiveSpan', 'exports.startSpan',
        'exports.startSpanManual', 'exports.startInactiveSpan', 'exports.withScope', 'exports.withIsolationScope', 'exports.withMonitor',
        'exports.continueTrace', 'exports.suppressTracing', 'exports.withActiveSpan', 'exports.wrapApiHandlerWithSentry',
        'exports.wrapRouteHandlerWithSentry', 'exports.withServerActionInstrumentation', 'exports.wrapHandler', 'exports.withSentry', 'exports.tracer',
        'Logger.startSpan', 'Logger.init', 'Logger.captureException', 'Logger.capture', 'Tracer.trace', 'Tracer.wrap',
      ],
    },
  },
  temporal: {
    absent: {
      '@temporalio/worker': '150 MB of native code',
    },
    unproven: {
      'of a package that is not read': ['exports.Worker', 'Worker'],
    },
  },
  'trigger-dev': {
    unproven: {
      'of version 2': ['TriggerClient.sendEvent', 'TriggerClient.defineJob', 'Job', 'IO'],
    },
  },
  trpc: {
    modules: [
      '@trpc/server/adapters/express', '@trpc/server/adapters/fetch', '@trpc/server/adapters/next', '@trpc/server/adapters/standalone',
      '@trpc/server/observable', '@trpc/server/http',
    ],
    unproven: {
      'of version 10': ['ResolverOptions.rawInput'],
      'made from the type of a router': ['Client.query', 'Client.mutate', 'Client.subscribe'],
    },
  },
  twilio: {
    unproven: {
      'a function in its declarations, a constructor too in its code': ['new Factory'],
    },
  },
  typeorm: {
    unproven: {
      'before version 1': [
        'exports.Connection', 'exports.AbstractRepository', 'exports.createConnection', 'exports.getConnection', 'exports.getManager',
        'exports.getRepository', 'exports.getCustomRepository', 'DataSource.getCustomRepository', 'DataSource.connect', 'EntityManager.getCustomRepository',
        'EntityManager.findOneById', 'EntityManager.exist', 'Repository.findOneById', 'Repository.exist', 'AbstractRepository', 'BaseEntity:findByIds',
        'BaseEntity:findOneById', 'BaseEntity:exist', 'InsertQueryBuilder.onConflict',
      ],
      'options shared with find': [
        'Repository.findOne[0] a0.skip', 'Repository.findOne[1] a0.skip', 'Repository.findOne[2] a0.skip', 'Repository.findOneOrFail[0] a0.skip',
        'Repository.findOneOrFail[1] a0.skip', 'Repository.findOneOrFail[2] a0.skip', 'BaseEntity:findOne[0] a0.skip', 'BaseEntity:findOne[1] a0.skip',
        'BaseEntity:findOne[2] a0.skip', 'BaseEntity:findOneOrFail[0] a0.skip', 'BaseEntity:findOneOrFail[1] a0.skip', 'BaseEntity:findOneOrFail[2] a0.skip',
      ],
      'one table for repositories, managers and entities': [
        'BaseEntity:preload a0.id', 'BaseEntity:updateAll', 'BaseEntity:deleteAll', 'BaseEntity:softDelete', 'BaseEntity:restore', 'BaseEntity:increment',
        'BaseEntity:decrement', 'BaseEntity:recover', 'BaseEntity:sql',
      ],
      'one table of steps for all builders': [
        'SelectQueryBuilder.whereEntity', 'SelectQueryBuilder.output', 'SelectQueryBuilder.returning', 'SelectQueryBuilder.updateEntity',
        'SelectQueryBuilder.loadRelationCountAndMap', 'UpdateQueryBuilder.whereExists', 'UpdateQueryBuilder.andWhereExists',
        'UpdateQueryBuilder.orWhereExists', 'DeleteQueryBuilder.whereExists', 'DeleteQueryBuilder.andWhereExists', 'DeleteQueryBuilder.orWhereExists',
      ],
    },
  },
  'typeorm-transactional': {
    absent: {
      'typeorm-transactional-cls-hooked': 'the same decorators in an older package',
    },
  },
  undici: {
    unproven: {
      'an option that is given and never read': ['exports.fetch a1.timeout'],
      'a record of header names that are known to it; others pass': [
        'exports.fetch a1.headers.Idempotency-Key', 'exports.fetch a1.headers.idempotency-key', 'exports.fetch a1.headers.X-Idempotency-Key',
        'exports.fetch a1.headers.x-idempotency-key',
      ],
    },
  },
  'upstash-redis': {
    unproven: {
      'one table of commands for all clients': [
        'Redis.hset[1] a2', 'Redis.set[3] a3', 'Redis.zadd[0] a1.nx', 'Redis.zadd[1] a1.incr', 'Pipeline.hset[1] a2', 'Pipeline.set[3] a3', 'Pipeline.zadd[0] a1.nx',
        'Pipeline.zadd[1] a1.incr',
      ],
    },
  },
  uuid: {
    unproven: {
      'of ulid': ['exports.factory'],
      'before version 5 of bson': ['exports.ObjectID', 'ObjectId()'],
    },
  },
  validators: {
    modules: ['@sinclair/typebox/value', '@sinclair/typebox/compiler'],
    unproven: {
      'of the namespace under another name': ['exports.Joi'],
    },
  },
  'vercel-workflow': {
    absent: { workflow: 'it brings the frameworks that it works in', 'workflow/api': 'it brings the frameworks that it works in' },
    unproven: { 'of a package that is not read': ['exports.start', 'exports.sleep'] },
  },
  'work-apps': {
    unproven: {
      'before version 5': ['Client.databases.query'],
    },
  },
  zenstack: {
    absent: { '@zenstackhq/runtime': 'it asks for the command line of Prisma' },
    unproven: { 'of a package that is not read': ['exports.enhance'] },
  },
  zod: {
    modules: ['zod/v3', 'zod/mini'],
    absent: {
      '@hono/standard-validator': 'the same middleware for any schema',
    },
    unproven: {
      'of a package that is not read': ['exports.sValidator'],
      'of unions and enums': ['ZodType.options'],
    },
  },
};
