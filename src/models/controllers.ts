import type { Decoration, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const route = (method: string): Member => ({ decorates: { on: 'method', entry: { kind: 'http', ack: 'return', source: 'a0', method: `#${method}` } } });
const given: Member = { decorates: { on: 'param', injects: { type: 'platform#RequestData' } } };
const param = (type: string): Member => ({ decorates: { on: 'param', injects: { type } } });
const each = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const mark = (on: Decoration['on']): Operation => ({ decorates: { on } });

/** Classes whose methods are routes. */
export default {
  name: 'controllers',
  packages: ['routing-controllers', 'tsoa', '@tsoa/runtime', 'inversify-express-utils'],
  source: 'routing-controllers 0.11, @tsoa/runtime 6.6, inversify-express-utils 6.5',
  verified: 'types',
  exports: {
    Get: route('GET'), Post: route('POST'), Put: route('PUT'), Patch: route('PATCH'), Delete: route('DELETE'), Head: route('HEAD'),
    httpGet: route('GET'), httpPost: route('POST'), httpPut: route('PUT'), httpPatch: route('PATCH'), httpDelete: route('DELETE'),
    ...each('Body BodyParam BodyProp Param Params Path Query QueryParam QueryParams Queries Header HeaderParam CookieParam UploadedFile UploadedFiles FormField requestBody requestParam queryParam requestHeaders cookies', given),
    Req: param('express#Request'), Res: param('express#Response'), request: param('express#Request'), response: param('express#Response'), next: param('express#NextFunction'),
    ...each('Controller JsonController Route Tags controller', mark('class')),
    ...each('Authorized HttpCode UseBefore UseAfter Security SuccessResponse Response Middleware', { decorates: { on: 'method' } }),
  },
  types: {},
} satisfies LibraryModel;
