import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'nestjs-prisma',
  packages: ['nestjs-prisma'],
  // `PrismaService` is the generated client with Nest's life cycle.
  exports: { PrismaService: 'prisma#PrismaClient', CustomPrismaService: 'CustomPrismaService' },
  types: { CustomPrismaService: { members: { client: 'type0' } } },
  source: 'nestjs-prisma@0.27.0',
  verified: 'types',
} satisfies LibraryModel;
