package dev.penstock.cli.program;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The imports that a program uses and does not write.
///
/// @param source the program
/// @param offset where in its text they belong
/// @param declarations one line each, the static one last
public record WantedImports(SourceFile source, int offset, List<String> declarations) {

  static WantedImports of(SourceFile source, Compilation plain, Compilation standard) {
    NameUse use = new NameUse(standard.trees());
    use.scan(standard.unit(), null);
    boolean compact = isCompact(plain);
    TreeSet<String> packages = new TreeSet<>();
    for (String type : use.types()) {
      String home = type.substring(0, Math.max(0, type.lastIndexOf('.')));
      boolean ours = StandardImports.PACKAGES.contains(home);
      boolean javas = !compact && home.startsWith("java.") && !home.equals("java.lang");
      boolean written = plain.written().contains(type) || plain.written().contains(home + ".*");
      if ((ours || javas) && !written) {
        packages.add(home);
      }
    }
    List<String> declarations = new ArrayList<>();
    packages.forEach(name -> declarations.add("import " + name + ".*;"));
    if (use.words() && !plain.written().contains(StandardImports.STATIC)) {
      declarations.add("import static " + StandardImports.STATIC + ";");
    }
    return new WantedImports(source, offset(source, plain), List.copyOf(declarations));
  }

  /// The implicit class of a compact source file begins where its first member does.
  private static boolean isCompact(Compilation plain) {
    for (Tree declared : plain.unit().getTypeDecls()) {
      long start = plain.positions().getStartPosition(plain.unit(), declared);
      if (declared instanceof ClassTree type
          && type.getMembers().stream()
              .filter(member -> plain.positions().getEndPosition(plain.unit(), member) >= 0)
              .anyMatch(m -> plain.positions().getStartPosition(plain.unit(), m) == start)) {
        return true;
      }
    }
    return false;
  }

  private static int offset(SourceFile source, Compilation plain) {
    String text = source.text();
    if (!plain.unit().getImports().isEmpty()) {
      Tree first = plain.unit().getImports().getFirst();
      return (int) plain.positions().getStartPosition(plain.unit(), first);
    }
    int before = text.startsWith("#!") ? 1 : 0;
    if (plain.unit().getPackage() != null) {
      before = (int) plain.positions().getEndPosition(plain.unit(), plain.unit().getPackage());
    }
    if (before == 0) {
      return 0;
    }
    int lineEnd = text.indexOf('\n', before);
    return lineEnd < 0 ? text.length() : lineEnd + 1;
  }

  /// The program's text with these imports written in it.
  public String written() {
    String text = source.text();
    boolean othersFollow = text.startsWith("import", offset);
    boolean packageBefore = offset > 0 && !othersFollow;
    return text.substring(0, offset)
        + (packageBefore ? "\n" : "")
        + String.join("\n", declarations)
        + (othersFollow ? "\n" : "\n\n")
        + text.substring(offset).replaceFirst(othersFollow ? "^" : "^\\n+", "");
  }
}
