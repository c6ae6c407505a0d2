import type { z } from 'zod';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Shape = z.ZodObject;

/**
 * One route of the REST API, as data. The server binds a verb to it, the OpenAPI document is made from it and the
 * client calls it, so the three cannot drift apart. `path` is relative to `/api/v1`, parameters in braces.
 */
export type RouteSpec<
  Permission extends string = string,
  P extends Shape | undefined = Shape | undefined,
  Q extends Shape | undefined = Shape | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  R extends z.ZodType | undefined = z.ZodType | undefined,
> = {
  readonly method: Method;
  readonly path: `/${string}`;
  readonly permission: Permission;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Absent = 204 without a body. */
  readonly response?: R;
  /** Success status; default 200 (201 for a POST that makes a noun says so here). */
  readonly status?: 200 | 201 | 202;
  /** Largest accepted body; default 256 KiB. */
  readonly bodyLimitBytes?: number;
};

/** An optional property reads as `T | undefined`; this is the schema in it, or never. */
type SchemaIn<T> = Extract<T, z.ZodType>;
type Absent<T> = [SchemaIn<T>] extends [never] ? true : false;
type Parsed<T> = Absent<T> extends true ? Record<never, never> : z.output<SchemaIn<T>>;
type Sent<T> = z.input<SchemaIn<T>>;

/** What a verb bound to the route receives, after parsing. */
export type RouteInput<S extends RouteSpec> = {
  readonly params: Parsed<S['params']>;
  readonly query: Parsed<S['query']>;
  readonly body: Parsed<S['body']>;
};

/** What a verb bound to the route returns (before it is checked against the response's schema). */
export type RouteOutput<S extends RouteSpec> = Absent<S['response']> extends true ? void : Sent<S['response']>;

/** What a client passes. */
export type RouteArguments<S extends RouteSpec> = (Absent<S['params']> extends true
  ? { params?: undefined }
  : { params: Sent<S['params']> }) &
  (Absent<S['query']> extends true ? { query?: undefined } : { query?: Sent<S['query']> }) &
  (Absent<S['body']> extends true ? { body?: undefined } : { body: Sent<S['body']> });

/** What a client gets back. */
export type RouteResult<S extends RouteSpec> = Absent<S['response']> extends true ? null : Parsed<S['response']>;

/** Keeps the literal types of a route object; `#access/contract` narrows the permission. */
export function defineRouteFor<Permission extends string>() {
  return <
    const P extends Shape | undefined = undefined,
    const Q extends Shape | undefined = undefined,
    const B extends z.ZodType | undefined = undefined,
    const R extends z.ZodType | undefined = undefined,
  >(
    spec: RouteSpec<Permission, P, Q, B, R>,
  ): RouteSpec<Permission, P, Q, B, R> => spec;
}
