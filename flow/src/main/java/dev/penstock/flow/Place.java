package dev.penstock.flow;

import java.util.List;

/// Where within the parameters a value stands, and all that was found wrong so far.
///
/// @param path `trip.stops[2]`
/// @param problems of all places
record Place(String path, List<Problem> problems) {

  /// What was found wrong at a place.
  ///
  /// @param path of the place; empty where it has none
  /// @param what how a sentence goes on that begins with the path
  record Problem(String path, String what) {
    String told() {
      return path.isEmpty() ? what : "\"" + path + "\"" + what;
    }
  }

  Place part(String name) {
    return new Place(path.isEmpty() ? name : path + "." + name, problems);
  }

  Place element(int index) {
    return new Place(path + "[" + index + "]", problems);
  }

  Place value(String key) {
    return new Place(path + "[" + key + "]", problems);
  }

  void problem(String what) {
    problems.add(new Problem(path, what));
  }
}
