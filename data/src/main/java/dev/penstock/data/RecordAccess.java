package dev.penstock.data;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.penstock.data.DataType.Scalar;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Generates the code that makes a record of fields, and fields of a record, without reflection or
/// boxing.
///
/// The code is a hidden class in the record's own nest, so that it may call what is private there.
/// It implements interfaces of the JDK only: one of ours would have to be public.
final class RecordAccess<T> {
  private static final ClassDesc SOURCE = FieldSource.class.describeConstable().orElseThrow();
  private static final ClassDesc SINK = FieldSink.class.describeConstable().orElseThrow();

  private final ClassDesc record;
  private final RecordComponent[] components;
  private final Schema schema;

  /// Both ways, as one object of the generated class.
  record Code<T>(Function<FieldSource, T> reader, BiConsumer<T, FieldSink> writer) {}

  private RecordAccess(Class<T> type, Schema schema) {
    this.record = desc(type);
    this.components = type.getRecordComponents();
    this.schema = schema;
  }

  @SuppressWarnings("unchecked") // the generated class reads and writes T
  static <T> Code<T> generate(Class<T> type, Schema schema) {
    try {
      MethodHandles.Lookup nest = NestLookup.of(type);
      byte[] bytes = new RecordAccess<>(type, schema).bytes();
      MethodHandles.Lookup made =
          nest.defineHiddenClass(bytes, true, MethodHandles.Lookup.ClassOption.NESTMATE);
      // through its own lookup, because the class is not public and the record is in any package
      MethodHandle constructor =
          made.findConstructor(made.lookupClass(), MethodType.methodType(void.class));
      Object code = constructor.invoke();
      return new Code<>((Function<FieldSource, T>) code, (BiConsumer<T, FieldSink>) code);
    } catch (IllegalAccessException e) {
      throw new UnsupportedType(
          "record %s is not open to Penstock: module %s must open package %s to %s"
              .formatted(
                  type.getSimpleName(),
                  type.getModule(),
                  type.getPackageName(),
                  RecordAccess.class.getModule()),
          e);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(
          "the code for record " + type.getName() + " does not load", e);
    }
  }

  private byte[] bytes() {
    ClassDesc self = ClassDesc.ofDescriptor(record.descriptorString().replace(";", "$Access;"));
    return ClassFile.of()
        .build(
            self,
            builder ->
                builder
                    .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                    .withInterfaceSymbols(desc(Function.class), desc(BiConsumer.class))
                    .withMethodBody(INIT_NAME, MTD_void, 0, RecordAccess::constructor)
                    .withMethodBody(
                        "apply",
                        MethodTypeDesc.of(CD_Object, CD_Object),
                        ClassFile.ACC_PUBLIC,
                        this::read)
                    .withMethodBody(
                        "accept",
                        MethodTypeDesc.of(CD_void, CD_Object, CD_Object),
                        ClassFile.ACC_PUBLIC,
                        this::write));
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_();
  }

  /// `Object apply(Object fields)`: all fields into local variables first, so that no branch is
  /// taken while an object without its constructor is on the stack.
  private void read(CodeBuilder code) {
    int source = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(1).checkcast(SOURCE).astore(source);
    int[] locals = new int[components.length];
    for (int i = 0; i < locals.length; i++) {
      readField(code, source, i);
      TypeKind kind = TypeKind.from(desc(components[i].getType()));
      locals[i] = code.allocateLocal(kind);
      code.storeLocal(kind, locals[i]);
    }
    code.new_(record).dup();
    for (int i = 0; i < locals.length; i++) {
      code.loadLocal(TypeKind.from(desc(components[i].getType())), locals[i]);
    }
    ClassDesc[] parameters =
        Stream.of(components).map(component -> desc(component.getType())).toArray(ClassDesc[]::new);
    code.invokespecial(record, INIT_NAME, MethodTypeDesc.of(CD_void, parameters)).areturn();
  }

  private void readField(CodeBuilder code, int source, int i) {
    ClassDesc type = desc(components[i].getType());
    Optional<Primitive> primitive = Primitive.of(schema.column(i).type());
    if (primitive.isEmpty()) {
      code.aload(source)
          .loadConstant(i)
          .invokeinterface(SOURCE, "getObject", MethodTypeDesc.of(CD_Object, CD_int))
          .checkcast(type);
      return;
    }
    Primitive p = primitive.get();
    MethodTypeDesc getter = MethodTypeDesc.of(p.type(), CD_int);
    if (!schema.column(i).nullable()) {
      code.aload(source).loadConstant(i).invokeinterface(SOURCE, p.getter(), getter);
      return;
    }
    Label notNull = code.newLabel();
    Label done = code.newLabel();
    code.aload(source)
        .loadConstant(i)
        .invokeinterface(SOURCE, "isNull", MethodTypeDesc.of(CD_boolean, CD_int))
        .ifeq(notNull)
        .aconst_null()
        .checkcast(type)
        .goto_(done)
        .labelBinding(notNull)
        .aload(source)
        .loadConstant(i)
        .invokeinterface(SOURCE, p.getter(), getter)
        .invokestatic(p.box(), "valueOf", MethodTypeDesc.of(p.box(), p.type()))
        .labelBinding(done);
  }

  /// `void accept(Object record, Object sink)`.
  private void write(CodeBuilder code) {
    int from = code.allocateLocal(TypeKind.REFERENCE);
    int sink = code.allocateLocal(TypeKind.REFERENCE);
    int value = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(1).checkcast(record).astore(from).aload(2).checkcast(SINK).astore(sink);
    for (int i = 0; i < components.length; i++) {
      if (schema.column(i).nullable()) {
        writeNullable(code, from, sink, value, i);
      } else {
        code.aload(sink).loadConstant(i);
        accessor(code, from, i);
        put(code, Primitive.of(schema.column(i).type()));
      }
    }
    code.return_();
  }

  private void writeNullable(CodeBuilder code, int from, int sink, int value, int i) {
    Label notNull = code.newLabel();
    Label done = code.newLabel();
    accessor(code, from, i);
    code.astore(value)
        .aload(value)
        .ifnonnull(notNull)
        .aload(sink)
        .loadConstant(i)
        .invokeinterface(SINK, "putNull", MethodTypeDesc.of(CD_void, CD_int))
        .goto_(done)
        .labelBinding(notNull)
        .aload(sink)
        .loadConstant(i)
        .aload(value);
    Optional<Primitive> primitive = Primitive.of(schema.column(i).type());
    primitive.ifPresent(p -> code.invokevirtual(p.box(), p.unboxer(), MethodTypeDesc.of(p.type())));
    put(code, primitive);
    code.labelBinding(done);
  }

  private void accessor(CodeBuilder code, int from, int i) {
    code.aload(from)
        .invokevirtual(
            record, components[i].getName(), MethodTypeDesc.of(desc(components[i].getType())));
  }

  private static void put(CodeBuilder code, Optional<Primitive> primitive) {
    String name = primitive.map(Primitive::putter).orElse("putObject");
    ClassDesc type = primitive.map(Primitive::type).orElse(CD_Object);
    code.invokeinterface(SINK, name, MethodTypeDesc.of(CD_void, CD_int, type));
  }

  private static ClassDesc desc(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }

  /// The primitive as which a column moves: its class, its box, and its name in methods.
  private record Primitive(ClassDesc type, ClassDesc box, String name) {

    static Optional<Primitive> of(DataType type) {
      return type instanceof Scalar scalar ? of(scalar) : Optional.empty();
    }

    private static Optional<Primitive> of(Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> primitive(boolean.class, scalar);
        case BYTE -> primitive(byte.class, scalar);
        case SHORT -> primitive(short.class, scalar);
        case INT -> primitive(int.class, scalar);
        case LONG -> primitive(long.class, scalar);
        case FLOAT -> primitive(float.class, scalar);
        case DOUBLE -> primitive(double.class, scalar);
        case CHAR -> primitive(char.class, scalar);
        case STRING, DATE, TIME, LOCAL_DATE_TIME, INSTANT, UUID, BINARY -> Optional.empty();
      };
    }

    private static Optional<Primitive> primitive(Class<?> type, Scalar scalar) {
      return Optional.of(new Primitive(desc(type), desc(scalar.javaType()), type.getName()));
    }

    String getter() {
      return "get" + capitalized();
    }

    String putter() {
      return "put" + capitalized();
    }

    String unboxer() {
      return name + "Value";
    }

    private String capitalized() {
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
  }
}
