package dev.penstock.flow.code;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The instructions of one method as text: by what they mean, not by where their constants stand or
/// how far they jump. Tells [ReachedCode] what they use.
final class CodeText {
  private final ReachedCode reached;
  private final StringBuilder text;
  private final Map<Label, Integer> places = new HashMap<>();

  CodeText(ReachedCode reached, StringBuilder text) {
    this.reached = reached;
    this.text = text;
  }

  void add(CodeAttribute code) {
    List<CodeElement> elements = code.elementList();
    int place = 0;
    for (CodeElement element : elements) {
      switch (element) {
        case LabelTarget target -> places.put(target.label(), place);
        case Instruction _ -> place++;
        default -> {} // lines and variables
      }
    }
    for (CodeElement element : elements) {
      switch (element) {
        case Instruction instruction -> add(instruction);
        case ExceptionCatch caught -> add(caught);
        default -> {}
      }
    }
  }

  private void add(Instruction instruction) {
    switch (instruction) {
      case LoadInstruction load -> line("load", load.typeKind(), load.slot());
      case StoreInstruction store -> line("store", store.typeKind(), store.slot());
      case IncrementInstruction plus -> line("increment", plus.slot(), plus.constant());
      case ConstantInstruction constant -> constant(constant.constantValue());
      case FieldInstruction field -> add(field);
      case InvokeInstruction call -> add(call);
      case InvokeDynamicInstruction dynamic -> add(dynamic);
      case NewObjectInstruction made -> {
        line("new", symbol(made.className().asInternalName()));
        reached.made(made.className().asInternalName());
      }
      case NewPrimitiveArrayInstruction array -> line("array", array.typeKind());
      case NewReferenceArrayInstruction array ->
          line("array", symbol(array.componentType().asInternalName()));
      case NewMultiArrayInstruction array ->
          line("array", symbol(array.arrayType().asInternalName()), array.dimensions());
      case TypeCheckInstruction check ->
          line(check.opcode(), symbol(check.type().asInternalName()));
      case BranchInstruction branch ->
          line(branch.opcode().name().replace("_W", ""), place(branch.target()));
      case LookupSwitchInstruction choice -> choice(choice.cases(), choice.defaultTarget());
      case TableSwitchInstruction choice -> choice(choice.cases(), choice.defaultTarget());
      default -> line(instruction.opcode()); // those without operands
    }
  }

  private void choice(List<SwitchCase> cases, Label otherwise) {
    line("switch", place(otherwise));
    cases.forEach(one -> line("case", one.caseValue(), place(one.target())));
  }

  private void add(ExceptionCatch caught) {
    line(
        "catch",
        place(caught.tryStart()),
        place(caught.tryEnd()),
        place(caught.handler()),
        caught.catchType().map(type -> symbol(type.asInternalName())).orElse("any"));
  }

  private void add(FieldInstruction field) {
    String owner = field.owner().asInternalName();
    line(
        field.opcode(),
        symbol(owner),
        symbol(field.name().stringValue()),
        symbol(field.type().stringValue()));
    reached.field(owner, field.opcode().name().endsWith("STATIC"));
  }

  private void add(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    String type = call.type().stringValue();
    line(call.opcode(), symbol(owner), name, symbol(type));
    reached.method(owner, name, type);
  }

  private void add(InvokeDynamicInstruction dynamic) {
    DirectMethodHandleDesc bootstrap = dynamic.bootstrapMethod();
    line(
        "dynamic",
        symbol(bootstrap.owner().descriptorString()),
        bootstrap.methodName(),
        dynamic.name().stringValue(),
        symbol(dynamic.type().stringValue()));
    dynamic.bootstrapArgs().forEach(this::constant);
  }

  private void constant(ConstantDesc constant) {
    switch (constant) {
      case ClassDesc type -> {
        line("class", symbol(type.descriptorString()));
        if (type.isClassOrInterface()) {
          reached.shape(internalName(type));
        }
      }
      case MethodTypeDesc type -> line("type", symbol(type.descriptorString()));
      case DirectMethodHandleDesc handle -> handle(handle);
      case String value -> line("String", value.length(), value);
      default -> line(constant.getClass().getSimpleName(), constant);
    }
  }

  private void handle(DirectMethodHandleDesc handle) {
    String owner = internalName(handle.owner());
    String name = handle.methodName();
    String type = handle.lookupDescriptor();
    if (reached.lambda(owner, name, type)) {
      return;
    }
    line("handle", handle.kind(), symbol(owner), name, symbol(type));
    switch (handle.kind()) {
      case GETTER, SETTER -> reached.field(owner, false);
      case STATIC_GETTER, STATIC_SETTER -> reached.field(owner, true);
      case CONSTRUCTOR -> {
        reached.made(owner);
        reached.method(owner, name, type);
      }
      default -> reached.method(owner, name, type);
    }
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isClassOrInterface()
        ? descriptor.substring(1, descriptor.length() - 1)
        : descriptor;
  }

  private String symbol(String name) {
    return reached.name(name);
  }

  private int place(Label label) {
    return Objects.requireNonNull(places.get(label), "a label stands nowhere");
  }

  private void line(Object... words) {
    for (Object word : words) {
      text.append(word).append(' ');
    }
    text.append('\n');
  }
}
