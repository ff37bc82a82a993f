package dev.penstock.cli.program;

import com.sun.source.tree.PackageTree;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/// The imports that every program has without writing them, put in front of the first line or
/// behind the `package` declaration, without a line of their own, so that the compiler's lines are
/// the user's.
///
/// @param offset where they are put into the source text
/// @param text the import declarations, on one line
record StandardImports(int offset, String text) {
  static final String STATIC = "dev.penstock.Penstock.*";

  /// In a compact source file the language imports this itself.
  static final String JAVA_BASE = "java.base";

  static final List<String> PACKAGES =
      List.of(
          "dev.penstock.bigquery",
          "dev.penstock.data",
          "dev.penstock.files",
          "dev.penstock.flow",
          "dev.penstock.flow.schedule",
          "dev.penstock.http",
          "dev.penstock.jdbc",
          "dev.penstock.kafka",
          "dev.penstock.objects",
          "dev.penstock.pipeline",
          "dev.penstock.pipeline.plan",
          "dev.penstock.pipeline.run");

  /// Nothing, for a source that is to be compiled as it stands.
  static final StandardImports NONE = new StandardImports(0, "");

  /// What is missing in a source.
  ///
  /// @param plain the source as it stands
  static StandardImports missingIn(Compilation plain) {
    Predicate<String> missing = name -> !plain.written().contains(name);
    String packages =
        PACKAGES.stream()
            .filter(name -> missing.test(name + ".*") && exists(plain.files(), name))
            .map(name -> "import " + name + ".*; ")
            .collect(Collectors.joining());
    String statics =
        missing.test(STATIC) && exists(plain.files(), "dev.penstock")
            ? "import static " + STATIC + "; "
            : "";
    PackageTree declared = plain.unit().getPackage();
    int offset =
        declared == null ? 0 : (int) plain.positions().getEndPosition(plain.unit(), declared);
    return new StandardImports(offset, " import module " + JAVA_BASE + "; " + packages + statics);
  }

  private static boolean exists(JavaFileManager files, String packageName) {
    try {
      for (JavaFileObject file :
          files.list(
              StandardLocation.CLASS_PATH, packageName, Set.of(JavaFileObject.Kind.CLASS), false)) {
        if (!file.isNameCompatible("package-info", JavaFileObject.Kind.CLASS)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /// The source text with the imports in it.
  String into(String code) {
    return code.substring(0, offset) + text + code.substring(offset);
  }

  /// The offset in the source text of what the compiler sees at an offset of [#into].
  int back(long compiled) {
    if (compiled <= offset) {
      return (int) compiled;
    }
    return (int) Math.max(offset, compiled - text.length());
  }
}
