package dev.penstock.flow.store;

/// What a limit is for.
///
/// @param name of a tag, or of a global limit; the id of a deployment; the name of a pool; of a
///   queue: `POOL/QUEUE`
public record LimitKey(Kind kind, String name) {
  public LimitKey {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "the name of a " + kind.word() + " limit must not be blank");
    }
  }

  /// Who asks for slots of a limit.
  public enum Kind {
    /// Whoever names it, at run time.
    GLOBAL("global"),
    /// Task runs with this tag.
    TAG("tag"),
    /// Flow runs of a deployment, when they are taken.
    DEPLOYMENT("deployment"),
    /// Flow runs of a work pool, when they are taken.
    POOL("pool"),
    /// Flow runs of a work queue, when they are taken.
    QUEUE("queue");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  public static LimitKey global(String name) {
    return new LimitKey(Kind.GLOBAL, name);
  }

  public static LimitKey tag(String tag) {
    return new LimitKey(Kind.TAG, tag);
  }

  public static LimitKey deployment(String id) {
    return new LimitKey(Kind.DEPLOYMENT, id);
  }

  public static LimitKey pool(String pool) {
    return new LimitKey(Kind.POOL, pool);
  }

  public static LimitKey queue(String pool, String queue) {
    return new LimitKey(Kind.QUEUE, pool + "/" + queue);
  }

  /// As the store holds it, and as people read it: `tag db`.
  @Override
  public String toString() {
    return kind.word() + " " + name;
  }
}
