import type { Clock } from "../../../../platform/clock/clock.ts";
import type { RecordKey, RecordStore } from "../../../../platform/records/record-store.ts";
import type { EndpointBody } from "../endpoint-record.ts";

/**
 * Reads, changes and writes an endpoint's record; repeated until nobody else wrote in between.
 * Undefined when the endpoint is gone, or its name belongs to a later one.
 */
export async function changeEndpoint(
  key: RecordKey,
  incarnation: string,
  change: (body: EndpointBody) => EndpointBody,
  deps: { readonly records: RecordStore; readonly clock: Clock },
): Promise<EndpointBody | undefined> {
  for (;;) {
    const record = await deps.records.get<EndpointBody>(key);
    if (record === undefined || record.body.incarnation !== incarnation) {
      return undefined;
    }
    const body = change(record.body);
    const facts = { createdAt: record.createdAt, modifiedAt: deps.clock.now(), status: body.status };
    if (await deps.records.update(key, record.version, body, facts)) {
      return body;
    }
  }
}

/** The pending deployment serves. */
export function promotePending({ failureReason: _over, pending, ...body }: EndpointBody): EndpointBody {
  return { ...body, status: "InService", ...(pending === undefined ? {} : { current: pending }) };
}

/** The pending deployment did not come up: what served before goes on; without that, the endpoint has failed. */
export function rejectPending(body: EndpointBody, failureReason: string, serving: boolean): EndpointBody {
  if (body.current === undefined) {
    return { ...body, status: "Failed", failureReason };
  }
  const { pending: _rejected, ...rest } = body;
  return { ...rest, status: serving ? "InService" : "OutOfService", failureReason };
}

/** A restarted server could not bring the current deployment back yet. */
export function takeOutOfService(body: EndpointBody, failureReason: string): EndpointBody {
  return { ...body, status: "OutOfService", failureReason };
}

/** The current deployment serves again after a restart. */
export function returnToService(body: EndpointBody): EndpointBody {
  if (body.status !== "OutOfService") {
    return body;
  }
  const { failureReason: _over, ...rest } = body;
  return { ...rest, status: "InService" };
}
