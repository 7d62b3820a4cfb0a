import type { Decoration, EffectShape, EntryShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));
const each = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const method = (entry: EntryShape, args?: Decoration['args']): Operation => ({ decorates: { on: 'method', entry, ...(args === undefined ? {} : { args }) } });
const route = (verb: string | null): Operation => method({ kind: 'http', ack: 'return', source: 'a0', ...(verb === null ? {} : { method: `#${verb}` }) });
const handler = (entry: EntryShape, named: string): Operation => ({ decorates: { on: 'class', entry, method: named } });
const data: Operation = { decorates: { on: 'param', injects: { type: 'platform#RequestData' } } };
const param = (type: string): Operation => ({ decorates: { on: 'param', injects: { type } } });
/** Nothing by itself; rules look for its name. */
const mark: readonly Operation[] = [{ decorates: { on: 'method' } }, { decorates: { on: 'class' } }];
const scheduled: EntryShape = { kind: 'cron', redelivers: false, everywhere: true, source: 'a0' };
const payload = [{ type: 'Payload' }, { type: 'RpcContext' }] as const;

/** Cold: sent when subscribed to. */
const http = (verb: string, at: string): Operation => ({
  effect: {
    kind: 'call', action: 'request', system: 'http', resource: 'a0', method: `#${verb}`, retries: 0, deadline: null, deadlineBy: 'HttpModule',
    deadlineOption: [`${at}.timeout`, `${at}.signal`],
    idempotencyKey: ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key'].map((name) => `${at}.headers.${name}`),
  },
  returns: { type: 'rxjs#Observable' },
});

/** Of the container: by class, or by a token. */
const held: Operation = { resolves: 'a0' };

/** Lost with the process, and heard only in it. */
const inProcess: EffectShape = { kind: 'publish', system: 'process', durable: false, delivery: 'at-most-once', weight: 'telemetry' };

export default {
  name: 'nestjs',
  packages: ['@nestjs/common', '@nestjs/core', '@nestjs/microservices', '@nestjs/axios', '@nestjs/schedule', '@nestjs/event-emitter', '@nestjs/cqrs', '@nestjs/websockets'],
  source: '@nestjs/common 12.5, microservices 12.1, axios 12.0, schedule 12.0, event-emitter 12.0, cqrs 12.0; @nestjs/websockets and the channel of RabbitMQ from memory',
  verified: 'types',
  exports: {
    // @nestjs/common
    Controller: { decorates: { on: 'class' } }, Injectable: { decorates: { on: 'class' } }, Module: { decorates: { on: 'class' } }, Catch: { decorates: { on: 'class' } },
    Get: route('GET'), Post: route('POST'), Put: route('PUT'), Patch: route('PATCH'), Delete: route('DELETE'), Options: route('OPTIONS'), Head: route('HEAD'),
    All: route(null), Search: route('SEARCH'), Sse: route('GET'), RequestMapping: method({ kind: 'http', ack: 'return', source: 'a0.path' }),
    UseGuards: mark, UseInterceptors: mark, UsePipes: mark, UseFilters: mark, SetMetadata: mark,
    ...each('Body Query Param Headers Session Ip HostParam RawBody UploadedFile UploadedFiles', data),
    Req: param('express#Request'), Request: param('express#Request'), Res: param('express#Response'), Response: param('express#Response'), Next: param('express#NextFunction'),
    Logger: 'Logger', ConsoleLogger: 'Logger',
    applyDecorators: pure, forwardRef: pure, createParamDecorator: pure,
    // @nestjs/core
    NestFactory: 'NestFactory', ModuleRef: 'ModuleRef',
    // @nestjs/microservices
    EventPattern: method({ kind: 'event', redelivers: true, source: 'a0' }, payload),
    MessagePattern: method({ kind: 'rpc', redelivers: false, ack: 'return', source: 'a0' }, payload),
    GrpcMethod: method({ kind: 'rpc', redelivers: false, ack: 'return', source: 'a0' }, [{ type: 'platform#RequestData' }, null, null]),
    GrpcStreamMethod: method({ kind: 'rpc', redelivers: false, source: 'a0' }, [null, null, null]), GrpcStreamCall: method({ kind: 'rpc', redelivers: false, source: 'a0' }, [null]),
    GrpcService: { decorates: { on: 'class' } },
    Payload: param('Payload'), Ctx: param('RpcContext'),
    ClientProxy: 'ClientProxy', ClientKafka: 'ClientProxy', ClientKafkaProxy: 'ClientProxy', ClientRMQ: 'ClientProxy', ClientRedis: 'ClientProxy', ClientNats: 'ClientProxy', ClientTCP: 'ClientProxy', ClientMqtt: 'ClientProxy',
    ClientProxyFactory: { members: { create: { returns: { type: 'ClientProxy', handle: 'new' } } } },
    Client: { decorates: { on: 'field', injects: { type: 'ClientProxy', handle: 'new' } } },
    // @nestjs/axios
    HttpService: 'HttpService',
    // @nestjs/schedule: fires in every replica
    Cron: method(scheduled), Interval: method(scheduled), Timeout: method({ kind: 'cron', redelivers: false, source: 'a0' }),
    // @nestjs/event-emitter
    OnEvent: method({ kind: 'event', redelivers: false, source: 'a0', hears: 'events' }, [{ type: 'Payload' }]), EventEmitter2: 'node-events#EventEmitter',
    // @nestjs/cqrs: dispatch within the process
    CommandHandler: handler({ kind: 'event', redelivers: false, source: 'a0' }, 'execute'), QueryHandler: handler({ kind: 'event', redelivers: false, source: 'a0' }, 'execute'),
    EventsHandler: handler({ kind: 'event', redelivers: false, source: 'a0', hears: 'events' }, 'handle'), Saga: { decorates: { on: 'field' } },
    CommandBus: 'CommandBus', QueryBus: 'CommandBus', EventBus: 'EventBus', AggregateRoot: 'AggregateRoot', EventPublisher: 'EventPublisher',
    // @nestjs/websockets
    WebSocketGateway: { decorates: { on: 'class' } }, SubscribeMessage: method({ kind: 'event', redelivers: false, source: 'a0' }),
    MessageBody: param('Payload'), ConnectedSocket: { decorates: { on: 'param' } }, WebSocketServer: { decorates: { on: 'field' } },
  },
  types: {
    Logger: { aliases: ['LoggerService', 'ConsoleLogger'], construct: { returns: { type: 'Logger' } }, members: { '*': pure }, statics: { '*': pure } },

    NestFactory: { members: { create: { returns: { type: 'Application', handle: 'new' } }, createMicroservice: { returns: { type: 'Application', handle: 'new' } }, createApplicationContext: { returns: { type: 'Application', handle: 'new' } } } },
    Application: {
      aliases: ['INestApplication', 'NestExpressApplication', 'NestFastifyApplication', 'INestMicroservice', 'INestApplicationContext'],
      members: {
        use: { registers: [{ entry: { kind: 'middleware' }, fn: 'functions', args: [{ type: 'express#Request' }, { type: 'express#Response' }, { type: 'express#NextFunction' }] }], returns: 'this' },
        listen: { invokes: [{ fn: 'last', when: 'later' }] },
        get: held, resolve: held,
        ...pures('enableShutdownHooks enableCors useGlobalPipes useGlobalGuards useGlobalFilters useGlobalInterceptors setGlobalPrefix enableVersioning useLogger connectMicroservice startAllMicroservices close'),
      },
    },

    ModuleRef: { members: { get: held, resolve: held, create: held } },

    Payload: { role: 'message' },
    /** Delivery and its acknowledgement depend on the transport; RabbitMQ acknowledges by itself unless `noAck` is false. */
    RpcContext: {
      aliases: ['RmqContext', 'KafkaContext', 'NatsContext', 'RedisContext', 'MqttContext', 'TcpContext'],
      members: {
        getChannelRef: { returns: { type: 'Channel' } }, getConsumer: { returns: { type: 'Consumer' } },
        getMessage: { returns: { type: 'Payload' } }, getHeartbeat: pure, ...pures('getPattern getTopic getPartition getSubject getChannel getArgs'),
      },
    },
    Channel: {
      members: {
        ack: { effect: { kind: 'ack', system: 'queue' } }, ackAll: { effect: { kind: 'ack', system: 'queue' } },
        nack: { effect: { kind: 'nack', system: 'queue' } }, nackAll: { effect: { kind: 'nack', system: 'queue' } }, reject: { effect: { kind: 'nack', system: 'queue' } },
        prefetch: { paces: 'this' },
      },
    },
    Consumer: { members: { commitOffsets: { effect: { kind: 'ack', system: 'stream' } }, pause: pure, resume: pure } },

    ClientProxy: {
      role: 'client',
      aliases: ['ClientKafka', 'ClientKafkaProxy', 'ClientRMQ', 'ClientRedis', 'ClientNats', 'ClientTCP', 'ClientMqtt'],
      construct: { returns: { type: 'ClientProxy', handle: 'new' } },
      members: {
        /** Cold. Without `timeout` in the pipe it waits for ever. */
        send: { effect: { kind: 'call', action: 'request', system: 'rpc', resource: 'a0', deadline: null, retries: 0 }, returns: { type: 'rxjs#Observable' } },
        /** Hot: sent without being subscribed to, and then its failure is seen by nobody. */
        emit: { effect: { kind: 'publish', system: 'bus', resource: 'a0', values: ['object', 'a1'] }, returns: { type: 'rxjs#HotObservable' } },
        ...pures('connect close subscribeToResponseOf on unwrap'),
      },
    },
    ClientGrpc: { aliases: ['ClientGrpcProxy'], role: 'client', members: { getService: { returns: { type: 'GrpcClient' } }, getClientByServiceName: { returns: { type: 'GrpcClient' } } } },
    GrpcClient: { members: { '*': { effect: { kind: 'call', action: 'request', system: 'rpc', retries: 0 }, returns: { type: 'rxjs#Observable' } } } },

    HttpService: {
      role: 'client',
      construct: { returns: { type: 'HttpService', handle: 'new' } },
      members: {
        get: http('GET', 'a1'), delete: http('DELETE', 'a1'), head: http('HEAD', 'a1'),
        post: http('POST', 'a2'), put: http('PUT', 'a2'), patch: http('PATCH', 'a2'), postForm: http('POST', 'a2'), putForm: http('PUT', 'a2'), patchForm: http('PATCH', 'a2'),
        request: { effect: { kind: 'call', action: 'request', system: 'http', resource: 'a0.url', method: 'a0.method', retries: 0, deadline: null, deadlineBy: 'HttpModule', deadlineOption: ['a0.timeout', 'a0.signal'] }, returns: { type: 'rxjs#Observable' } },
        axiosRef: 'axios#AxiosInstance',
      },
    },

    CommandBus: { aliases: ['QueryBus', 'ICommandBus', 'IQueryBus'], members: { execute: { dispatches: 'a0' } } },
    EventBus: { aliases: ['IEventBus'], members: { publish: { tells: 'a0', effect: inProcess }, publishAll: { tells: 'a0', effect: inProcess } } },
    AggregateRoot: { members: { apply: pure, commit: { effect: inProcess }, uncommit: pure, publish: { effect: inProcess }, publishAll: { effect: inProcess }, getUncommittedEvents: pure, loadFromHistory: pure } },
    EventPublisher: { members: { mergeObjectContext: { returns: 'a0' }, mergeClassContext: { returns: 'a0' } } },
  },
} satisfies LibraryModel;
