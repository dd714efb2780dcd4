type Closure = (...values: never[]) => unknown;

/**
 * Remembers what `compile` made of each key (a shape or a member). A shape that contains itself asks for its own closure
 * while that is being made; it gets one that looks the finished one up when it is called.
 */
export function compileOnce<Key extends object, Made extends Closure>(compile: (key: Key) => Made): (key: Key) => Made {
  const finished = new WeakMap<Key, Made>();
  const begun = new WeakSet<Key>();
  return (key) => {
    const known = finished.get(key);
    if (known !== undefined) {
      return known;
    }
    if (begun.has(key)) {
      return ((...values: never[]) => finished.get(key)?.(...values)) as Made;
    }
    begun.add(key);
    const made = compile(key);
    finished.set(key, made);
    return made;
  };
}
