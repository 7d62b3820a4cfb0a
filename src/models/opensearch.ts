import type { LibraryModel } from '../vocabulary/model.ts';
import { searchClient } from './elasticsearch.ts';

export default {
  name: 'opensearch',
  packages: ['@opensearch-project/opensearch'],
  exports: { Client: 'Client' },
  types: { Client: searchClient('Client', 'body.', { deadline: 30_000, deadlineOption: 'a1.requestTimeout' }) },
  source: '@opensearch-project/opensearch@3.9.0',
  verified: 'types',
} satisfies LibraryModel;
