package dev.penstock.files.parquet;

import dev.penstock.data.FieldSource;
import dev.penstock.data.Schema;
import org.jspecify.annotations.Nullable;

/// The boxed fields of a record within a record.
final class Values implements FieldSource {
  private final Schema schema;
  private final String path;
  private final @Nullable Object[] fields;

  Values(Schema schema, String path, @Nullable Object[] fields) {
    this.schema = schema;
    this.path = path;
    this.fields = fields;
  }

  private Object present(int column) {
    Object value = fields[column];
    if (value == null) {
      throw new Missing(
          Plan.nullProblem(path + "." + schema.column(column).name(), schema.column(column)));
    }
    return value;
  }

  @Override
  public boolean isNull(int column) {
    return fields[column] == null;
  }

  @Override
  public boolean getBoolean(int column) {
    return (Boolean) present(column);
  }

  @Override
  public byte getByte(int column) {
    return (Byte) present(column);
  }

  @Override
  public short getShort(int column) {
    return (Short) present(column);
  }

  @Override
  public int getInt(int column) {
    return (Integer) present(column);
  }

  @Override
  public long getLong(int column) {
    return (Long) present(column);
  }

  @Override
  public float getFloat(int column) {
    return (Float) present(column);
  }

  @Override
  public double getDouble(int column) {
    return (Double) present(column);
  }

  @Override
  public char getChar(int column) {
    return (Character) present(column);
  }

  @Override
  public @Nullable Object getObject(int column) {
    return fields[column];
  }

  /// Thrown for a null in a primitive component, through the code that makes the record.
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Missing(Problem problem) {
      super(problem.why());
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
