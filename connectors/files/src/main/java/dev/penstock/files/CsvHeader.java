package dev.penstock.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The names of a CSV file's columns, and where its first record begins.
record CsvHeader(List<String> names, TextPlace end) {

  /// Reads the first record of the file, unless the format says the names.
  ///
  /// @throws BadFile when the file is empty or its first record is broken
  static CsvHeader of(DataFile file, CsvFormat format) throws IOException {
    if (!format.columns().isEmpty()) {
      return new CsvHeader(format.columns(), TextPlace.START);
    }
    try (TextInput in = TextInput.open(file, format.charset(), 0);
        ByteWindow window = new ByteWindow(in, 0)) {
      CsvTokens tokens = new CsvTokens();
      CsvTokenizer tokenizer = new CsvTokenizer(format, window, tokens, false);
      window.skipByteOrderMark();
      long lines = 0;
      while (tokens.records == 0) {
        switch (tokenizer.next()) {
          case RECORD, BLANK_LINE -> lines += tokenizer.lines();
          case NEEDS_MORE -> window.fill();
          case END -> throw new BadFile(file.shown() + " is empty: a header was expected");
        }
      }
      String problem = tokens.problem(0);
      if (problem != null) {
        throw new BadFile(file.shown() + " has a broken header: " + problem);
      }
      List<String> names = names(tokens, window, format, in);
      return new CsvHeader(names, new TextPlace(window.offset(window.start), 1 + lines, 0));
    }
  }

  private static List<String> names(
      CsvTokens tokens, ByteWindow window, CsvFormat format, TextInput in) {
    String quote = String.valueOf(format.quote());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tokens.fields(0); i++) {
      int from = tokens.from(i);
      String name = new String(window.bytes, from, tokens.to(i) - from, in.charset());
      names.add(name.replace(quote + quote, quote).strip());
    }
    return names;
  }
}
