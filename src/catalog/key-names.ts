/**
 * Under which names services that have no model look for an idempotency key, in a header or in the body. There is no standard: the IETF
 * draft says `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), and each provider spells it anew. Letters only, in lower case.
 */
const EXACT = new Set(['idempotencykey', 'xidempotencykey', 'idempotencetoken', 'idempotencykeyheader', 'idempotencyid', 'idempotencytoken', 'idempotencekey', 'xidempotencetoken', 'xidempotencytoken', 'idempotentkey']);

/** Names that serve some services for the same, and others for something else. */
const PERHAPS = new Set(['paypalrequestid', 'requestid', 'xrequestid', 'clientrequestid', 'clientrequesttoken', 'clienttoken', 'clientreferenceid', 'deduplicationid', 'dedupeid', 'externalid', 'externalreference', 'messageid', 'eventid', 'nonce', 'reference', 'referenceid', 'transactionid', 'jobid', 'orderid', 'uniquerequestid', 'xgoogidempotencytoken']);

export function keyName(name: string): 'exact' | 'perhaps' | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return EXACT.has(plain) ? 'exact' : PERHAPS.has(plain) ? 'perhaps' : null;
}
