import type { Scope } from "../../../platform/scope.ts";
import type { LogsDeps } from "../deps.ts";
import { invalidParameter, noSuchGroup } from "../errors.ts";

type Tags = Readonly<Record<string, string>>;

const tagLimit = 50;

/** @throws AwsError `ResourceNotFoundException` */
export async function tagsOf({ logs }: LogsDeps, scope: Scope, group: string): Promise<Tags> {
  const found = await logs.getGroup(scope, group);
  if (found === undefined) {
    throw noSuchGroup();
  }
  return found.tags;
}

async function replaceTags({ logs }: LogsDeps, scope: Scope, group: string, tags: Tags): Promise<void> {
  if (!(await logs.setTags(scope, group, tags))) {
    throw noSuchGroup();
  }
}

/** @throws AwsError when the group is missing or would have more than 50 tags */
export async function addTags(deps: LogsDeps, scope: Scope, group: string, added: Tags): Promise<void> {
  const tags = { ...(await tagsOf(deps, scope, group)), ...added };
  if (Object.keys(tags).length > tagLimit) {
    throw invalidParameter(`A resource can have at most ${tagLimit} tags.`);
  }
  await replaceTags(deps, scope, group, tags);
}

/** @throws AwsError when the group is missing */
export async function removeTags(deps: LogsDeps, scope: Scope, group: string, keys: readonly string[]): Promise<void> {
  const tags = Object.entries(await tagsOf(deps, scope, group)).filter(([key]) => !keys.includes(key));
  await replaceTags(deps, scope, group, Object.fromEntries(tags));
}
