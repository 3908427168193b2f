import { readable } from './references.ts';
import { type Resource, resourcesOf, type Synthesised } from './synthesise.ts';

/** One thing one role may do. */
export type Grant = { readonly role: string; readonly action: string; readonly resource: string };

type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: unknown };

const listed = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** Everything the roles of a template may do, one row for each action on each resource. */
export function grantsOf(synthesised: Synthesised): Grant[] {
  return resourcesOf(synthesised, 'AWS::IAM::Policy').flatMap(([, policy]) => grantsOfPolicy(synthesised, policy));
}

function grantsOfPolicy({ paths }: Synthesised, { Properties }: Resource): Grant[] {
  const { Roles, PolicyDocument } = Properties as {
    Roles: { Ref: string }[];
    PolicyDocument: { Statement: Statement[] };
  };
  const role = Roles.map(({ Ref }) => roleName(paths.get(Ref) ?? Ref)).join(' ');
  return PolicyDocument.Statement.flatMap(({ Effect, Action, Resource, Condition }) =>
    listed(Action).flatMap((action) =>
      listed(Resource).map((resource) => ({
        role: Effect === 'Allow' ? role : `${role} (${Effect})`,
        action,
        resource: readable(paths, resource) + (Condition ? ` where ${JSON.stringify(Condition)}` : ''),
      })),
    ),
  );
}

/** `ingestion/plan-scans/role` is plan-scans, `ingestion/plan-scans/schedule/role` the schedule of plan-scans. */
function roleName(path: string): string {
  const [, name, schedule] = /([^/]+)(\/schedule)?\/role$/.exec(path) ?? [];
  return schedule === undefined ? (name ?? path) : `schedule of ${name}`;
}

/** The rows of docs/permissions.md: role, actions, resource, reason. */
export function documentedGrants(page: string): (Grant & { readonly why: string })[] {
  return [...page.matchAll(/^\| (\S.*?) \| `(.+?)` \| `(.+?)` \| (.+?) \|$/gm)].flatMap(
    ([, role = '', actions = '', resource = '', why = '']) =>
      actions.split(', ').map((action) => ({ role, action, resource, why })),
  );
}

export const grantText = ({ role, action, resource }: Grant): string => `${role} may ${action} on ${resource}`;
