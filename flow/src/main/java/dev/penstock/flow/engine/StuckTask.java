package dev.penstock.flow.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Work that goes on although it was interrupted when its time was over. Its run does not wait for
/// it any longer; nothing that it still does is recorded. It is not tried again, as it may still be
/// at it. The message says where its thread stands.
public final class StuckTask extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int FRAMES = 30;

  StuckTask(String what, Duration timeout, Duration patience, Thread thread) {
    super(
        what
            + " was interrupted after "
            + Texts.of(timeout)
            + ", and has not stopped "
            + Texts.of(patience)
            + " later: let what it calls answer to interrupts, or have a timeout of its own. Its"
            + " thread stands at"
            + stack(thread));
  }

  private static String stack(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(FRAMES)
        .map(frame -> System.lineSeparator() + "\tat " + frame)
        .collect(Collectors.joining());
  }
}
