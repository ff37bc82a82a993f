package dev.penstock.cli.session;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How many things a list shows.
public final class LimitOption {
  private static final int MOST = 1000;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "20",
      converter = Converter.class,
      description = "So many at most, up to 1000; ${DEFAULT-VALUE} if not said.")
  private int rows;

  public int rows() {
    return rows;
  }

  private static final class Converter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int rows = Integer.parseInt(text);
        if (rows >= 1 && rows <= MOST) {
          return rows;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw new TypeConversionException("must be from 1 to " + MOST + ", was " + text);
    }
  }
}
