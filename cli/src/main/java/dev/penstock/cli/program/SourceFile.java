package dev.penstock.cli.program;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A Java source file of a user.
///
/// @param path as the user gave it
/// @param text its contents
public record SourceFile(Path path, String text) {

  /// Where a character of the text is.
  ///
  /// @param line from 1
  /// @param column from 1, in characters
  /// @param text the whole line, without its end
  record Place(int line, int column, String text) {}

  /// Reads a file.
  ///
  /// @throws UnreadableSource when there is no such file, or it holds no text
  public static SourceFile read(Path path) {
    if (Files.isDirectory(path)) {
      throw new UnreadableSource(path + " is a directory; give the Java source file to run");
    }
    if (!Files.exists(path)) {
      throw new UnreadableSource("no such file: " + path);
    }
    try {
      return new SourceFile(path, Files.readString(path, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new UnreadableSource(path + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UnreadableSource("cannot read " + path + ": " + e.getMessage());
    }
  }

  /// The file's name without its directory.
  public String name() {
    return String.valueOf(path.getFileName());
  }

  /// The text as the compiler takes it: a first line `#!…` is made a comment of the same length.
  String code() {
    return text.startsWith("#!") ? "//" + text.substring(2) : text;
  }

  /// The place of the character at an offset of the text.
  Place at(int offset) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    int end = text.indexOf('\n', start);
    String whole = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
    return new Place(line, offset - start + 1, whole);
  }
}
