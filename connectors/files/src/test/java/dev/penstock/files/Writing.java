package dev.penstock.files;

import dev.penstock.pipeline.connector.Cut;
import dev.penstock.pipeline.connector.Split;
import dev.penstock.pipeline.connector.StageWriter;
import java.util.List;
import java.util.Optional;

/// Writes records as a run without positions does.
final class Writing {
  private Writing() {}

  static <T> void write(FilesSink<T> sink, List<T> records) throws Exception {
    try (StageWriter<T, StagedFiles> writer = sink.open(Split.WHOLE, Optional.empty())) {
      for (T record : records) {
        writer.write(record);
      }
      sink.publish(writer.stage(Cut.END));
    }
  }
}
