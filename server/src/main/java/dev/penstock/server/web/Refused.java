package dev.penstock.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request that is not carried out, and why: shown as a page, or as `problem+json`.
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final transient List<Field> fields;

  /// A field whose value will not do.
  ///
  /// @param name of the field, or where in the body it is; null when it is not known
  /// @param message what is wrong with it, and what to write
  public record Field(@Nullable String name, String message) {}

  /// @param title what happened, on a few words
  /// @param detail what to do
  /// @param fields everything that is wrong with what was sent
  public Refused(int status, String title, String detail, List<Field> fields) {
    super(detail);
    this.status = status;
    this.title = title;
    this.fields = List.copyOf(fields);
  }

  public static Refused badRequest(String detail) {
    return new Refused(400, "This cannot be read", detail, List.of());
  }

  public static Refused badField(String name, String message) {
    return new Refused(400, "One field needs a change", message, List.of(new Field(name, message)));
  }

  public static Refused notFound(String detail) {
    return new Refused(404, "There is nothing here", detail, List.of());
  }

  public static Refused conflict(String detail) {
    return new Refused(409, "This is not possible now", detail, List.of());
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// What to do.
  public String detail() {
    return String.valueOf(getMessage());
  }

  /// Everything that is wrong with what was sent; empty for other reasons.
  public List<Field> fields() {
    return fields == null ? List.of() : fields;
  }

  /// An idempotency key came with something else before.
  ///
  /// @param made what was made with it: `run lucky-otter`
  public static Refused usedKey(String key, String made) {
    return new Refused(
        422,
        "This key was used for something else",
        made + " was made with it, of something else: send a key of its own",
        List.of(new Field("Idempotency-Key", "\"" + key + "\" is of " + made)));
  }
}
