import { describe, expect, it } from 'vitest';
import type { LibraryModel, Member, TypeShape } from '../../src/vocabulary/model.ts';
import asyncMutex from '../../src/models/async-mutex.ts';
import betterSqlite3 from '../../src/models/better-sqlite3.ts';
import cacheManager from '../../src/models/cache-manager.ts';
import clickhouse from '../../src/models/clickhouse.ts';
import cosmos from '../../src/models/cosmos.ts';
import drizzle from '../../src/models/drizzle.ts';
import firestore from '../../src/models/firestore.ts';
import ioredis from '../../src/models/ioredis.ts';
import knex from '../../src/models/knex.ts';
import kysely from '../../src/models/kysely.ts';
import mikroOrm from '../../src/models/mikro-orm.ts';
import mongodb from '../../src/models/mongodb.ts';
import mongoose from '../../src/models/mongoose.ts';
import mysql2 from '../../src/models/mysql2.ts';
import nestjsOrm from '../../src/models/nestjs-orm.ts';
import nodeRedis from '../../src/models/node-redis.ts';
import objection from '../../src/models/objection.ts';
import pg from '../../src/models/pg.ts';
import postgresJs from '../../src/models/postgres-js.ts';
import prisma from '../../src/models/prisma.ts';
import redlock from '../../src/models/redlock.ts';
import sequelize from '../../src/models/sequelize.ts';
import slonik from '../../src/models/slonik.ts';
import supabase from '../../src/models/supabase.ts';
import typeorm from '../../src/models/typeorm.ts';
import typeormTransactional from '../../src/models/typeorm-transactional.ts';
import upstashRedis from '../../src/models/upstash-redis.ts';

const models: readonly LibraryModel[] = [
  asyncMutex, betterSqlite3, cacheManager, clickhouse, cosmos, drizzle, firestore, ioredis, knex, kysely, mikroOrm, mongodb, mongoose, mysql2, nestjsOrm, nodeRedis, objection, pg, postgresJs,
  prisma, redlock, sequelize, slonik, supabase, typeorm, typeormTransactional, upstashRedis,
];

const known = new Set(models.flatMap((model) => Object.keys(model.types).map((type) => `${model.name}#${type}`)));
const source = /^(?:#.*|(?:a\d|type\d|last|args|this|class|result)(?:\.\w+|\[\])*)$/;

/** Every object in the model with the path to it. */
function* nodes(value: unknown, path: string): Generator<[string, Record<string, unknown>]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* nodes(item, `${path}[${index}]`);
  } else if (typeof value === 'object' && value !== null) {
    yield [path, value as Record<string, unknown>];
    for (const [key, item] of Object.entries(value)) yield* nodes(item, `${path}.${key}`);
  }
}

/** Type names that stand as members: properties, statics, exports. */
function* memberTypes(members: Readonly<Record<string, Member>> | undefined, path: string): Generator<[string, string]> {
  for (const [name, member] of Object.entries(members ?? {})) {
    if (typeof member === 'string') yield [`${path}.${name}`, member];
    else if (member !== undefined && 'members' in member) yield* memberTypes(member.members, `${path}.${name}`);
  }
}

function typeNames(model: LibraryModel): readonly [string, string][] {
  const found: [string, string][] = [...memberTypes(model.exports, 'exports'), ...memberTypes(model.generated, 'generated')];
  for (const [name, shape] of Object.entries(model.types) as [string, TypeShape][]) {
    found.push(...memberTypes(shape.members, name), ...memberTypes(shape.statics, `${name}.statics`));
    for (const base of shape.extends ?? []) found.push([`${name}.extends`, base]);
  }
  for (const [path, node] of nodes(model, model.name)) if (typeof node.type === 'string') found.push([path, node.type]);
  return found;
}

describe('database models', () => {
  it('have unique names and specifiers', () => {
    expect(new Set(models.map((model) => model.name)).size).toBe(models.length);
    const packages = models.flatMap((model) => model.packages);
    expect(new Set(packages).size).toBe(packages.length);
  });

  it.each(models.map((model) => [model.name, model] as const))('%s is plain data', (_name, model) => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    for (const [path, node] of nodes(model, model.name)) {
      for (const [key, value] of Object.entries(node)) expect(value, `${path}.${key}`).not.toBe(undefined);
    }
  });

  it.each(models.map((model) => [model.name, model] as const))('%s refers to types that exist', (name, model) => {
    for (const [path, type] of typeNames(model)) {
      const id = type.includes('#') ? type : `${name}#${type}`;
      expect(known.has(id), `${path}: ${id}`).toBe(true);
    }
  });

  it.each(models.map((model) => [model.name, model] as const))('%s names no type or alias twice', (_name, model) => {
    const names = Object.entries(model.types).flatMap(([type, shape]: [string, TypeShape]) => [type, ...(shape.aliases ?? [])]);
    expect(names.filter((type, index) => names.indexOf(type) !== index)).toEqual([]);
  });

  it.each(models.map((model) => [model.name, model] as const))('%s writes well-formed sources', (_name, model) => {
    const keys = ['sql', 'params', 'handle', 'offset', 'cursor', 'conflictTarget', 'items', 'fn', 'over', 'batch', 'command', 'mutates', 'at'];
    for (const [path, node] of nodes(model.types, model.name)) {
      if (path.endsWith('.members') || path.endsWith('.statics')) continue; // names are the library's own
      for (const key of keys) {
        const value = node[key];
        if (typeof value !== 'string' || (key === 'handle' && value === 'new')) continue;
        expect(value, `${path}.${key}`).toMatch(source);
      }
      for (const key of ['criteria', 'values', 'order']) {
        const pair = node[key];
        if (Array.isArray(pair) && pair.length === 2 && typeof pair[1] === 'string') expect(pair[1], `${path}.${key}`).toMatch(source);
      }
      if (typeof node.returns === 'string' && node.returns !== 'invoked') expect(node.returns, `${path}.returns`).toMatch(source);
    }
  });

  it('runs every builder that runs explicitly', () => {
    for (const model of models) {
      for (const [name, shape] of Object.entries(model.types) as [string, TypeShape][]) {
        if (shape.lazy !== 'run') continue;
        const inherited = (shape.extends ?? []).flatMap((base) => Object.values(model.types[base]?.members ?? {}));
        const operations = [...Object.values(shape.members ?? {}), ...inherited].flat();
        expect(operations.some((operation) => typeof operation === 'object' && 'run' in operation && operation.run), `${model.name}#${name}`).toBe(true);
      }
    }
  });
});
