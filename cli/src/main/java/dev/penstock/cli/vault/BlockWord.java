package dev.penstock.cli.vault;

import dev.penstock.flow.store.BlockDocument;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A block as the command line names it: `jdbc-connection/warehouse`. It need not exist.
record BlockWord(String type, String name) {
  private static BlockWord parse(String word) {
    String[] parts = word.split("/", -1);
    if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
      throw new TypeConversionException(
          "a block is named by its type and its name, such as jdbc-connection/warehouse, was \""
              + word
              + "\"");
    }
    return new BlockWord(parts[0], parts[1]);
  }

  /// Reads it from the command line.
  static final class Converter implements ITypeConverter<BlockWord> {
    @Override
    public BlockWord convert(String word) {
      return parse(word);
    }
  }

  static BlockWord of(BlockDocument block) {
    return new BlockWord(block.type(), block.name());
  }

  @Override
  public String toString() {
    return type + "/" + name;
  }
}
