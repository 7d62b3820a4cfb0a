import { type AwsOperations, ask, awsClient, order } from './aws-other.ts';
import type { EffectShape, LibraryModel, Member, TypeShape } from '../vocabulary/model.ts';

// Fifty accounts: reference of the API. Those that were refused stand in the answer.
const accounts = (items: string): EffectShape => ({ items, maxItems: 50, partialFailure: 'UnprocessedAccounts', repeatable: true });

/** Detective and GuardDuty name the list of members to be made differently. */
const memberOperations: AwsOperations = {
  CreateMembers: [{ when: [{ at: 'a0.Accounts', kind: 'present' }], ...order(undefined, accounts('a0.Accounts')) }, order(undefined, accounts('a0.AccountDetails'))],
  DeleteMembers: order(undefined, accounts('a0.AccountIds')),
  GetMembers: ask(undefined, { ...accounts('a0.AccountIds'), outcome: ['MemberDetails', 'Members'] }),
  ListMembers: ask(),
};

export const detectiveOperations: AwsOperations = memberOperations;
export const guardDutyOperations: AwsOperations = {
  ...memberOperations,
  DisassociateMembers: order(undefined, accounts('a0.AccountIds')),
  InviteMembers: order(undefined, accounts('a0.AccountIds')),
};

export const securityHubOperations: AwsOperations = {
  BatchImportFindings: order(undefined, { items: 'a0.Findings', maxItems: 100, partialFailure: 'FailedCount', outcome: ['FailedFindings'], repeatable: true }),
  BatchUpdateFindings: order(undefined, { items: 'a0.FindingIdentifiers', maxItems: 100, partialFailure: 'UnprocessedFindings', outcome: ['ProcessedFindings'], repeatable: true }),
  GetFindings: ask(),
};

export const organizationsOperations: AwsOperations = {
  ListAccounts: ask(),
  ListAccountsForParent: ask('a0.ParentId'),
  ListOrganizationalUnitsForParent: ask('a0.ParentId'),
  ListParents: ask('a0.ChildId'),
  ListRoots: ask(),
  ListTagsForResource: ask('a0.ResourceId'),
  DescribeAccount: ask('a0.AccountId'),
  DescribeOrganization: ask(),
  MoveAccount: order('a0.AccountId', { repeatable: true }),
  CreateAccount: order('a0.Email'),
};

const parts = [
  awsClient('DetectiveClient', detectiveOperations), awsClient('GuardDutyClient', guardDutyOperations),
  awsClient('SecurityHubClient', securityHubOperations), awsClient('OrganizationsClient', organizationsOperations),
];

export default {
  name: 'aws-accounts',
  packages: ['@aws-sdk/client-detective', '@aws-sdk/client-guardduty', '@aws-sdk/client-organizations', '@aws-sdk/client-securityhub'],
  exports: Object.assign({}, ...parts.map((part) => part.exports)) as Record<string, Member>,
  types: Object.assign({}, ...parts.map((part) => part.types)) as Record<string, TypeShape>,
  source: '@aws-sdk/client-detective@3.1048.0, client-guardduty@3.1169.0, client-organizations@3.1175.0, client-securityhub@3.1108.0; fifty accounts, a hundred findings: API reference',
  verified: 'types',
} satisfies LibraryModel;
