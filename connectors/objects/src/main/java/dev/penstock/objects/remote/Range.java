package dev.penstock.objects.remote;

import java.io.IOException;
import java.io.InputStream;

/// Some bytes of an object on their way.
///
/// @param in closing it is for what was read to its end: its connection is used again
/// @param abort gives up what was not read, without waiting for it
public record Range(InputStream in, Runnable abort) {

  void close(boolean atEnd) throws IOException {
    if (atEnd) {
      in.close();
    } else {
      abort.run();
    }
  }
}
