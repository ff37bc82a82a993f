package dev.penstock.files;

import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Position;
import dev.penstock.pipeline.connector.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The final names of the files that one writer writes into a directory: `part-00000.csv` and so
/// on; or, in a resumable run, names that say which records of which split a file holds, so that no
/// two units ever share one.
final class PartNames {
  private final Path directory;
  private final String ending;
  private final Split lane;
  private final boolean append;

  /// The number of the next part; -1 before the first.
  private int next = -1;

  /// @param append whether to go on after the files that are there; without it there must be none
  PartNames(Path directory, String extension, Split lane, boolean append) {
    this.directory = directory;
    this.ending = "." + extension;
    this.lane = lane;
    this.append = append;
  }

  /// Refuses a directory with files of the format: two runs would be mixed. The files of a
  /// resumable run belong together.
  void requireRoom() throws IOException {
    boolean resumable = Files.isDirectory(directory.resolve(LocalCommitLog.DIRECTORY));
    if (append || resumable || !Files.isDirectory(directory)) {
      return;
    }
    refuse(there());
  }

  private void refuse(List<String> there) throws BadFile {
    if (!there.isEmpty()) {
      throw new BadFile(
          "%s has files already, like %s: remove them, write into another directory, or append()"
              .formatted(DataFile.shown(directory), there.getFirst()));
    }
  }

  private List<String> there() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith(".") && name.endsWith(ending))
          .sorted()
          .toList();
    }
  }

  /// The names of all files of one stage.
  List<String> of(Cut cut, int files) throws IOException {
    return cut.to().isEmpty() ? numbered(files) : unit(cut, files);
  }

  private List<String> numbered(int files) throws IOException {
    if (next < 0) {
      List<String> there = there();
      if (!append) {
        refuse(there);
      }
      next = 1 + there.stream().mapToInt(this::number).max().orElse(-1);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      names.add("part-%05d%s".formatted(next++, ending));
    }
    return names;
  }

  private int number(String name) {
    String digits = name.substring(0, name.length() - ending.length()).replaceFirst("^part-", "");
    return digits.matches("\\d{5,9}") ? Integer.parseInt(digits) : -1;
  }

  private List<String> unit(Cut cut, int files) {
    Position from = cut.from().get(lane);
    String split = Digest.shortOf(lane.id());
    String start = from == null ? "start" : Digest.shortOf(from.text());
    return IntStream.range(0, files)
        .mapToObj(i -> "part-%s-%s-%05d%s".formatted(split, start, i, ending))
        .toList();
  }
}
