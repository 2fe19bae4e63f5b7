import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { SourceSide } from '#lib/source-side.ts';

/** As tags name them. */
type Side = Lowercase<SourceSide>;

/** Which side of the graph, cloud or network, its parts belong to; what joins the two belongs to both, the rest to neither. */
export class Sides {
  readonly #schema: GraphQLSchema;
  readonly #ofType = new Map<string, Set<Side>>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    for (const type of Object.values(schema.getTypeMap())) {
      const declared = declaredSide(type);
      if (declared) this.#add(type.name, declared);
    }
    while (this.#followNeeds());
    while (this.#followUses());
  }

  /** In alphabetical order. */
  ofType(name: string): readonly Side[] {
    return [...(this.#ofType.get(name) ?? [])].sort();
  }

  ofField(type: string, name: string): readonly Side[] {
    const parent = this.#schema.getType(type);
    const field = isObjectType(parent) ? parent.getFields()[name] : undefined;
    const declared = field && declaredSide(field);
    if (declared) return [declared];
    const result = getNamedType(field?.type);
    return result ? this.ofType(result.name) : [];
  }

  #add(name: string, side: Side): boolean {
    const known = this.#ofType.get(name) ?? new Set();
    if (known.has(side) || !this.#schema.getType(name)) return false;
    this.#ofType.set(name, known.add(side));
    return true;
  }

  /** A type that cannot do without a part belongs where the part does: `HostEdge` to `Host`, `Correlation` to both ends. */
  #followNeeds(): boolean {
    let changed = false;
    for (const type of this.#derivable(isObjectType)) {
      for (const field of Object.values(type.getFields())) {
        if (!isNonNullType(field.type)) continue;
        for (const side of this.ofType(getNamedType(field.type).name)) changed = this.#add(type.name, side) || changed;
      }
    }
    return changed;
  }

  /** A type that only parts of one side use belongs there: `HostAddress`, `FindingFilter`, `ScanStatus`. */
  #followUses(): boolean {
    let changed = false;
    for (const [name, users] of this.#usersByType()) {
      const type = this.#schema.getType(name);
      if (this.#ofType.has(name) || !(isEnumType(type) || isInputObjectType(type) || isValueObject(type))) continue;
      const sides = [...users].map((sidesOfUser) => sidesOfUser.join());
      const [only] = sides;
      if ((only !== 'cloud' && only !== 'network') || sides.some((other) => other !== only)) continue;
      changed = this.#add(name, only) || changed;
    }
    return changed;
  }

  #usersByType(): Map<string, readonly (readonly Side[])[]> {
    const users = new Map<string, (readonly Side[])[]>();
    const use = (of: GraphQLNamedType, sides: readonly Side[]) =>
      users.set(of.name, [...(users.get(of.name) ?? []), sides]);
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) use(getNamedType(field.type), this.ofType(type.name));
      }
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      const isRoot = type === this.#schema.getQueryType() || type === this.#schema.getSubscriptionType();
      for (const field of Object.values(type.getFields())) {
        const sides = isRoot ? this.ofField(type.name, field.name) : this.ofType(type.name);
        use(getNamedType(field.type), sides);
        for (const arg of field.args) use(getNamedType(arg.type), sides);
      }
    }
    return users;
  }

  #derivable<T extends GraphQLNamedType>(is: (type: unknown) => type is T): T[] {
    const roots: unknown[] = [this.#schema.getQueryType(), this.#schema.getSubscriptionType()];
    return Object.values(this.#schema.getTypeMap()).filter((type): type is GraphQLNamedType & T => {
      return is(type) && !roots.includes(type) && !isIdentified(type);
    });
  }
}

/** Where a type or a field says so itself, because nothing it refers to does. */
const declaredSide = ({ extensions }: { readonly extensions: { readonly side?: unknown } }): Side | undefined =>
  (extensions.side as SourceSide | undefined)?.toLowerCase() as Side | undefined;

const isIdentified = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');

const isValueObject = (type: unknown): boolean => isObjectType(type) && !isIdentified(type);
