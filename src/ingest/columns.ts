/** The fields of a message that a column can hold. */
export type ColumnField =
  | 'time'
  | 'date'
  | 'role'
  | 'speaker'
  | 'text'
  | 'conversation'
  | 'session'
  | 'customer'
  | 'agent'
  | 'id'
  | 'kind'
  | 'shop'
  | 'platform';

/** Field → header of the user's file, from `--columns time=发送时间,role=角色`. */
export type ColumnMap = Partial<Record<ColumnField, string>>;
