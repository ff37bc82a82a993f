package dev.penstock.files;

import dev.penstock.objects.StoreLocation;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// How a CSV file is written down. Begin with [Csv#format], which is RFC 4180 in UTF-8, and change
/// what differs: `Csv.format().delimiter(';').nullText("NA").read("trips.csv", Trip.class)`.
///
/// @param delimiter between fields, an ASCII character
/// @param quote around fields that hold delimiters, quotes or line ends; doubled within them; an
///   ASCII character
/// @param columns the names of the columns of a file without a header; empty if the first record is
///   the header
/// @param nullText what stands, without quotes, for a null
/// @param charsetName of the file
public record CsvFormat(
    char delimiter, char quote, List<String> columns, String nullText, String charsetName)
    implements Serializable {
  static final CsvFormat STANDARD = new CsvFormat(',', '"', List.of(), "", "UTF-8");

  public CsvFormat {
    columns = List.copyOf(columns);
    requireAscii("delimiter", delimiter);
    requireAscii("quote", quote);
    if (delimiter == quote) {
      throw new IllegalArgumentException("delimiter and quote must differ, both were " + quote);
    }
    if (nullText.indexOf(delimiter) >= 0
        || nullText.indexOf(quote) >= 0
        || nullText.indexOf('\n') >= 0
        || nullText.indexOf('\r') >= 0) {
      throw new IllegalArgumentException(
          "the null text must hold no delimiter, quote or line end, was \"" + nullText + "\"");
    }
  }

  private static void requireAscii(String what, char c) {
    if (c == 0 || c >= 128 || c == '\n' || c == '\r') {
      throw new IllegalArgumentException(
          "the %s must be an ASCII character and no line end, was U+%04X".formatted(what, (int) c));
    }
  }

  public CsvFormat delimiter(char delimiter) {
    return new CsvFormat(delimiter, quote, columns, nullText, charsetName);
  }

  public CsvFormat quote(char quote) {
    return new CsvFormat(delimiter, quote, columns, nullText, charsetName);
  }

  /// The file has no header: these are its columns. When writing, the columns are the record's, and
  /// this leaves out the header.
  public CsvFormat columns(String... names) {
    return new CsvFormat(delimiter, quote, List.of(names), nullText, charsetName);
  }

  /// The text that stands for null when it is not in quotes; without this the empty text.
  public CsvFormat nullText(String text) {
    return new CsvFormat(delimiter, quote, columns, text, charsetName);
  }

  public CsvFormat charset(Charset charset) {
    return new CsvFormat(delimiter, quote, columns, nullText, charset.name());
  }

  Charset charset() {
    return charsetName.equals("UTF-8") ? StandardCharsets.UTF_8 : Charset.forName(charsetName);
  }

  /// Reads a file, or all files of a pattern like `data/*.csv`, into records of a class, or [Row]s.
  public <T> FilesSource<T> read(String pathOrPattern, Class<T> type) {
    return new FilesSource<>(FileSet.of(pathOrPattern), new CsvReading<>(type, this));
  }

  public <T> FilesSource<T> read(Path file, Class<T> type) {
    return new FilesSource<>(FileSet.of(file), new CsvReading<>(type, this));
  }

  public <T> FilesSource<T> read(List<Path> files, Class<T> type) {
    return new FilesSource<>(FileSet.of(files), new CsvReading<>(type, this));
  }

  public <T> FilesSource<T> read(StoreLocation location, Class<T> type) {
    return new FilesSource<>(FileSet.of(location), new CsvReading<>(type, this));
  }

  /// Writes records of a class, or [Row]s, into one file, which is there when the run has
  /// completed.
  public <T> FilesSink<T> write(Path file, Class<T> type) {
    return FilesSink.oneFile(
        new CsvWriting<>(type, this, Compression.of(String.valueOf(file.getFileName()))), file);
  }

  /// Writes records of a class, or [Row]s, into files of a directory.
  public <T> FilesSink<T> files(Class<T> type, Path directory) {
    return FilesSink.directory(
        new CsvWriting<>(type, this, Compression.NONE), StoreLocation.of(directory));
  }

  /// Writes records of a class, or [Row]s, into objects below a location.
  public <T> FilesSink<T> files(Class<T> type, StoreLocation location) {
    return FilesSink.directory(new CsvWriting<>(type, this, Compression.NONE), location);
  }

  /// Writes records of a class, or [Row]s, into one object.
  public <T> FilesSink<T> write(StoreLocation object, Class<T> type) {
    return FilesSink.oneFile(new CsvWriting<>(type, this, Compression.of(object.name())), object);
  }
}
