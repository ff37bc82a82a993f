package dev.penstock.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/// Which topics are read.
sealed interface Topics extends Serializable {

  /// Those of these names, all of which have to be there.
  record Named(List<String> names) implements Topics {
    public Named {
      names = List.copyOf(names);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("at least one topic must be named");
      }
      names.forEach(Topics::check);
    }

    @Override
    public String toString() {
      return String.join(", ", names);
    }
  }

  /// Those whose whole name matches, of which there may be none yet.
  record Matching(Pattern pattern) implements Topics {
    boolean matches(String topic) {
      return pattern.matcher(topic).matches() && !topic.startsWith("__");
    }

    @Override
    public String toString() {
      return "/" + pattern + "/";
    }
  }

  static void check(String topic) {
    if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
      throw new IllegalArgumentException(
          "the name of a topic must be 1 to 249 letters, digits, dots, hyphens and underscores, was \""
              + topic
              + "\"");
    }
  }
}
