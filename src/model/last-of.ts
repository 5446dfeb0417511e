/**
 * What follows from the object at hand, worked out once: rules are shown the same conversation one after the other. Only
 * the last two are remembered, since a conversation may also be shown without some of its messages.
 */
export class LastOf<Key extends object, Value> {
  private key: Key | null = null;
  private value: Value | null = null;
  private otherKey: Key | null = null;
  private otherValue: Value | null = null;

  constructor(private readonly work: (key: Key) => Value) {}

  of(key: Key): Value {
    if (this.key === key) return this.value!;
    const { key: lastKey, value: lastValue } = this;
    const value = this.otherKey === key ? this.otherValue! : this.work(key);
    this.otherKey = lastKey;
    this.otherValue = lastValue;
    this.key = key;
    this.value = value;
    return value;
  }
}
