import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const effect = (method?: string, facets: EffectShape = {}): EffectShape => ({ kind: 'call', action: 'request', system: 'http', deadlineOption: 'a0.request.signal', ...(method === undefined ? {} : { method }), ...facets });
const rows = (method: string, names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, { effect: effect(`#${method}`) }]));

const scopes: Record<string, Record<string, Member>> = {
  issues: {
    ...rows('POST', 'addAssignees addLabels addSubIssue create createComment createLabel createMilestone'), ...rows('PUT', 'lock setLabels'), ...rows('PATCH', 'reprioritizeSubIssue update updateComment updateLabel updateMilestone'),
    ...rows('DELETE', 'deleteComment deleteLabel deleteMilestone removeAllLabels removeAssignees removeLabel removeSubIssue unlock'),
    ...rows('GET', 'get list checkUserCanBeAssigned getComment getLabel getMilestone listComments listCommentsForRepo listForRepo listForOrg listForAuthenticatedUser listLabelsForRepo listLabelsOnIssue listMilestones listEvents listEventsForTimeline'),
  },
  pulls: {
    ...rows('POST', 'create createReplyForReviewComment createReview createReviewComment requestReviewers submitReview'), ...rows('PUT', 'dismissReview merge updateBranch updateReview'), ...rows('PATCH', 'update updateReviewComment'),
    ...rows('DELETE', 'deletePendingReview deleteReviewComment removeRequestedReviewers'), ...rows('GET', 'get list checkIfMerged getReview listCommits listFiles listRequestedReviewers listReviewComments listReviewCommentsForRepo listReviews listCommentsForReview'),
  },
  repos: {
    ...rows('POST', 'createCommitComment createCommitStatus createDeployKey createDeployment createDeploymentStatus createDispatchEvent createForAuthenticatedUser createFork createInOrg createOrgRuleset createRelease createRepoRuleset createUsingTemplate createWebhook generateReleaseNotes merge mergeUpstream pingWebhook redeliverWebhookDelivery renameBranch transfer uploadReleaseAsset'),
    ...rows('PUT', 'addCollaborator createOrUpdateEnvironment createOrUpdateFileContents replaceAllTopics updateBranchProtection updateRepoRuleset'), ...rows('PATCH', 'acceptInvitation update updateCommitComment updateInvitation updateRelease updateReleaseAsset updateWebhook'),
    ...rows('DELETE', 'declineInvitation delete deleteAnEnvironment deleteBranchProtection deleteCommitComment deleteDeployKey deleteDeployment deleteFile deleteRelease deleteReleaseAsset deleteWebhook removeCollaborator'),
    ...rows('GET', 'get listBranches getBranch getCommit listCommits compareCommits compareCommitsWithBasehead getContent getReadme getRelease getLatestRelease getReleaseByTag listReleases listTags listForOrg listForUser listForAuthenticatedUser listContributors listCollaborators listLanguages getCollaboratorPermissionLevel getCombinedStatusForRef listWebhooks downloadTarballArchive downloadZipballArchive getAllTopics listPullRequestsAssociatedWithCommit'),
  },
  git: { ...rows('POST', 'createBlob createCommit createRef createTag createTree'), ...rows('PATCH', 'updateRef'), ...rows('DELETE', 'deleteRef'), ...rows('GET', 'getBlob getCommit getRef getTag getTree listMatchingRefs') },
  checks: { ...rows('POST', 'create createSuite rerequestRun rerequestSuite'), ...rows('PATCH', 'update setSuitesPreferences'), ...rows('GET', 'get getSuite listAnnotations listForRef listForSuite listSuitesForRef') },
  search: rows('GET', 'code commits issuesAndPullRequests labels repos topics users'),
};
const other: Member = { effect: effect() };

const client: Record<string, Member> = {
  ...Object.fromEntries(Object.keys(scopes).map((scope) => [scope, scope])),
  ...Object.fromEntries(['actions', 'activity', 'apps', 'users', 'orgs', 'teams', 'gists', 'reactions', 'projects', 'packages', 'codespaces', 'dependabot', 'migrations', 'billing', 'meta', 'rateLimit', 'licenses', 'markdown', 'codeScanning', 'secretScanning', 'interactions'].map((scope) => [scope, 'Scope'])),
};

/** `octokit`, unlike the other packages, retries and throttles. A route in words is one text, so its verb is not claimed. */
export default {
  name: 'octokit',
  packages: ['@octokit/rest', '@octokit/core', 'octokit', '@octokit/app', '@octokit/action', '@octokit/graphql', '@octokit/webhooks', '@octokit/webhooks-methods', '@octokit/request'],
  source: '@octokit/rest 22.0: verbs from the endpoints of a live client; @octokit/webhooks 14.2',
  verified: 'types',
  exports: {
    Octokit: 'Octokit', App: 'App', Webhooks: 'Webhooks',
    graphql: other, request: other, verify: { effect: { kind: 'verify' } }, createNodeMiddleware: pure, createWebMiddleware: pure, RequestError: pure,
  },
  types: {
    ...Object.fromEntries(Object.entries(scopes).map(([scope, members]) => [scope, { members: { ...members, '*': other } }])),
    Scope: { members: { '*': other } },
    Octokit: {
      role: 'client',
      construct: { returns: { type: 'Octokit', handle: 'new' } },
      members: {
        ...client, rest: 'Rest',
        request: other, graphql: other,
        paginate: { effect: effect('#GET', { cardinality: 'many' }) },
        auth: pure, hook: 'platform#Pure', log: 'platform#Pure',
      },
      statics: { plugin: { returns: { type: 'Octokit' } }, defaults: { returns: { type: 'Octokit' } } },
    },
    Rest: { members: client },
    App: { construct: { returns: { type: 'App', handle: 'new' } }, members: { octokit: 'Octokit', getInstallationOctokit: { returns: { type: 'Octokit', handle: 'new' } }, webhooks: 'Webhooks', eachInstallation: pure, eachRepository: pure } },
    Webhooks: {
      construct: { returns: { type: 'Webhooks', handle: 'new' } },
      members: {
        verify: { effect: { kind: 'verify' } }, verifyAndReceive: { effect: { kind: 'verify' } }, sign: pure, receive: pure,
        on: { registers: [{ entry: { kind: 'webhook', redelivers: true, identity: ['id'], source: 'a0' }, fn: 'a1', args: [{ type: 'Event' }] }] },
        onAny: { registers: [{ entry: { kind: 'webhook', redelivers: true, identity: ['id'] }, fn: 'a0', args: [{ type: 'Event' }] }] },
        onError: { invokes: [{ fn: 'a0', when: 'later' }] },
      },
    },
    Event: { role: 'message', aliases: ['EmitterWebhookEvent'] },
  },
} satisfies LibraryModel;
