/** How stores say that a unique key is taken: SQLSTATE, driver and ORM codes, error class names, parts of messages. */
export const UNIQUE_VIOLATIONS: ReadonlySet<string> = new Set([
  '23505', '23000', // SQLSTATE (PostgreSQL; MySQL integrity violation)
  'P2002', // Prisma
  '11000', '11001', // MongoDB
  'ER_DUP_ENTRY', '1062', // MySQL
  'SQLITE_CONSTRAINT', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '2601', '2627', // SQLite, SQL Server
  'SequelizeUniqueConstraintError', 'UniqueConstraintError', 'UniqueViolationError', 'UniqueConstraintViolationException', 'UniqueIntegrityConstraintViolationError',
  'ConditionalCheckFailedException', 'TransactionCanceledException', // DynamoDB put under attribute_not_exists
  'unique constraint', 'duplicate key', 'Unique constraint', 'Duplicate entry', 'UNIQUE constraint failed', 'already exists', 'ALREADY_EXISTS', 'E11000',
]);

/** How stores say that a condition was not met. */
export const UNMET_CONDITIONS: ReadonlySet<string> = new Set(['P2025', 'ConditionalCheckFailedException', 'TransactionCanceledException', 'PreconditionFailed', 'VersionError', 'OptimisticLockError', 'OptimisticLockVersionMismatchError', '412']);
