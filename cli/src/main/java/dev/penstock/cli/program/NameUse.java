package dev.penstock.cli.program;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/// Finds the names of other packages that a program uses without saying where they are from.
final class NameUse extends TreePathScanner<Void, Void> {
  private static final Set<String> WORDS =
      Set.of("dev.penstock.Penstock", "dev.penstock.pipeline.Steps");

  private final Trees trees;
  private final Set<String> types = new TreeSet<>();
  private boolean words;

  NameUse(Trees trees) {
    this.trees = trees;
  }

  /// The types used, by their qualified names.
  Set<String> types() {
    return types;
  }

  /// Whether any static member of `Penstock` is used.
  boolean words() {
    return words;
  }

  @Override
  public Void visitImport(ImportTree declared, Void unused) {
    return null;
  }

  @Override
  public Void visitIdentifier(IdentifierTree name, Void unused) {
    Element element = trees.getElement(getCurrentPath());
    if (element instanceof TypeElement type
        && type.getEnclosingElement() instanceof PackageElement) {
      types.add(type.getQualifiedName().toString());
    } else if (element != null && element.getKind() == ElementKind.METHOD) {
      words |= WORDS.contains(String.valueOf(element.getEnclosingElement()));
    }
    return super.visitIdentifier(name, null);
  }
}
