package dev.penstock.files;

import dev.penstock.objects.ObjectStore;
import dev.penstock.objects.StagedObject;
import dev.penstock.objects.Upload;
import dev.penstock.objects.UploadLost;
import java.io.IOException;
import java.util.Map;

/// A file that is being written.
final class OpenFile<T> implements AutoCloseable {
  private final Upload upload;
  private final RecordFileWriter<T> writer;
  private final String shown;
  private long records;

  private OpenFile(Upload upload, RecordFileWriter<T> writer, String shown) {
    this.upload = upload;
    this.writer = writer;
    this.shown = shown;
  }

  static <T> OpenFile<T> create(FileFormat<T> format, ObjectStore store, String key)
      throws IOException {
    Upload upload = store.upload(key);
    try {
      return new OpenFile<>(upload, format.create(upload), store.shown(key));
    } catch (Throwable e) {
      upload.close();
      throw e;
    }
  }

  void write(T record) throws Exception {
    try {
      writer.write(record);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    records++;
  }

  long records() {
    return records;
  }

  /// The size so far, or a good guess.
  long bytes() {
    return writer.bytes();
  }

  /// The size of one that is staged.
  long size() {
    return upload.bytes();
  }

  /// Ends the file and returns when it is safe, seen by nobody.
  StagedObject stage(Map<String, String> about) throws IOException {
    try (this) {
      writer.finish(about);
      return upload.stage();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /// What the system says of a full disk names no file.
  private IOException cannotWrite(IOException e) {
    return e instanceof UploadLost
        ? e
        : new IOException("cannot write " + shown + ": " + TextInput.reason(e), e);
  }

  /// Takes the file back, unless it is staged.
  @Override
  public void close() throws IOException {
    try (upload) {
      writer.close();
    }
  }
}
