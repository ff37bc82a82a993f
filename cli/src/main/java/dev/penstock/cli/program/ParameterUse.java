package dev.penstock.cli.program;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/// Finds what a program takes its parameters as: the `Load` of `parameters(Load.class)`, and
/// whether it hands them to flows, by `runFlow`.
final class ParameterUse extends TreePathScanner<Void, Void> {
  private final Trees trees;
  private final Elements elements;
  private final Set<String> records = new LinkedHashSet<>();
  private boolean flows;

  ParameterUse(Trees trees, Elements elements) {
    this.trees = trees;
    this.elements = elements;
  }

  /// The binary names of the records found.
  Set<String> records() {
    return records;
  }

  /// Whether the program runs flows.
  boolean flows() {
    return flows;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
    flows |= isCall(call, "runFlow", "dev.penstock.flow.Flows");
    if (isCall(call, "parameters", "dev.penstock.Penstock")
        && call.getArguments().getFirst() instanceof MemberSelectTree literal
        && literal.getIdentifier().contentEquals("class")) {
      Element record = element(literal.getExpression());
      if (record instanceof TypeElement type) {
        records.add(elements.getBinaryName(type).toString());
      }
    }
    return super.visitMethodInvocation(call, unused);
  }

  private boolean isCall(MethodInvocationTree call, String name, String type) {
    ExpressionTree select = call.getMethodSelect();
    Element method = element(select);
    return method != null
        && method.getKind() == ElementKind.METHOD
        && method.getSimpleName().contentEquals(name)
        && String.valueOf(method.getEnclosingElement()).equals(type);
  }

  private @Nullable Element element(Tree tree) {
    return trees.getElement(new TreePath(getCurrentPath(), tree));
  }
}
