package dev.penstock.flow;

import java.util.List;

/// Where within the parameters a value stands, and all that was found wrong so far.
///
/// @param path `trip.stops[2]`
/// @param problems of all places
record Place(String path, List<String> problems) {
  Place part(String name) {
    return new Place(path.isEmpty() ? name : path + "." + name, problems);
  }

  Place element(int index) {
    return new Place(path + "[" + index + "]", problems);
  }

  Place value(String key) {
    return new Place(path + "[" + key + "]", problems);
  }

  void problem(String problem) {
    problems.add("\"" + path + "\"" + problem);
  }
}
