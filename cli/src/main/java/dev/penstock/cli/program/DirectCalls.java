package dev.penstock.cli.program;

import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/// Finds calls of flows as if they were ordinary methods: such a call has no run of its own, which
/// nobody sees until they look for it.
final class DirectCalls extends TreePathScanner<Void, Void> {
  private static final String FLOW = "dev.penstock.flow.Flow";

  private final Compilation compilation;
  private final String file;
  private final List<String> warnings = new ArrayList<>();
  private String caller = "the program";

  /// @param compilation analyzed
  /// @param file its name, for people
  DirectCalls(Compilation compilation, String file) {
    this.compilation = compilation;
    this.file = file;
  }

  /// A line for each such call, for people.
  List<String> warnings() {
    scan(compilation.unit(), null);
    return warnings;
  }

  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    String outer = caller;
    caller = method.getName() + "()";
    super.visitMethod(method, unused);
    caller = outer;
    return unused;
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
    Element called =
        compilation.trees().getElement(new TreePath(getCurrentPath(), call.getMethodSelect()));
    if (called instanceof ExecutableElement method && isFlow(method)) {
      warnings.add(warning(call, method));
    }
    return super.visitMethodInvocation(call, unused);
  }

  private static boolean isFlow(ExecutableElement method) {
    return method.getAnnotationMirrors().stream()
        .anyMatch(each -> each.getAnnotationType().toString().equals(FLOW));
  }

  private String warning(MethodInvocationTree call, ExecutableElement flow) {
    long position = compilation.positions().getStartPosition(compilation.unit(), call);
    long line = compilation.unit().getLineMap().getLineNumber(position);
    String name = flow.getSimpleName().toString();
    String instead =
        caller.equals("main()") && !inLambda()
            ? "runFlow(\"" + name + "\", args)"
            : "subflow(this::" + name + (flow.getParameters().isEmpty() ? ")" : ", …)");
    return file
        + ":"
        + line
        + ": "
        + caller
        + " calls the flow "
        + name
        + "() directly: that is an ordinary call, which is not recorded; use "
        + instead;
  }

  /// A lambda in `main` may well be the work of a task.
  private boolean inLambda() {
    for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
      if (path.getLeaf() instanceof LambdaExpressionTree) {
        return true;
      }
    }
    return false;
  }
}
