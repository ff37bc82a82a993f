package dev.penstock.cli.home;

import dev.penstock.flow.state.StateType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What [DoctorCommand] has found out about one thing.
///
/// @param says which value there is; where something is wrong, also what to do
record Finding(String about, Verdict verdict, String says) {
  /// How it is.
  enum Verdict {
    OK(StateType.COMPLETED),
    /// Works, but not as it should.
    WARNING(StateType.PAUSED),
    /// Does not work.
    FAILED(StateType.FAILED);

    private final StateType color;

    Verdict(StateType color) {
      this.color = color;
    }

    /// The state that is coloured alike.
    StateType color() {
      return color;
    }

    String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  SequencedMap<String, @Nullable Object> json() {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("about", about);
    json.put("verdict", verdict.title());
    json.put("says", says);
    return json;
  }
}
