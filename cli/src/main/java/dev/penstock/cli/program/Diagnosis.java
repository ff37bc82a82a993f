package dev.penstock.cli.program;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/// The compiler's errors, said in terms of the user's file.
///
/// @param source what was compiled
/// @param imports what was put into it for the compiler
/// @param errors what the compiler found
record Diagnosis(
    SourceFile source, StandardImports imports, List<Diagnostic<? extends JavaFileObject>> errors) {

  CompileFailed failure() {
    String count = errors.size() == 1 ? "1 error" : errors.size() + " errors";
    return new CompileFailed(
        errors.stream().map(this::show).collect(Collectors.joining("\n")) + "\n" + count);
  }

  private String show(Diagnostic<? extends JavaFileObject> error) {
    String[] message = error.getMessage(Locale.ROOT).split("\n", 2);
    String details = message.length > 1 ? "\n" + message[1] : "";
    if (error.getPosition() == Diagnostic.NOPOS) {
      return source.path() + ": error: " + message[0] + details;
    }
    int offset = Math.min(imports.back(error.getPosition()), source.text().length());
    SourceFile.Place place = source.at(offset);
    return "%s:%d:%d: error: %s%n%s%n%s^%s"
        .formatted(
            source.path(),
            place.line(),
            place.column(),
            message[0],
            place.text(),
            indent(place),
            details);
  }

  /// As far as the error's column, with the line's own tabs, so that the caret stands below it.
  private static String indent(SourceFile.Place place) {
    int width = Math.min(place.column() - 1, place.text().length());
    return place.text().substring(0, width).replaceAll("[^\t]", " ");
  }
}
