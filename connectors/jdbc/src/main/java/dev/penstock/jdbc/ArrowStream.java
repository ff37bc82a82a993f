package dev.penstock.jdbc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// One [ArrowBatch] at a time as a stream of Arrow's C interface, which DuckDB reads by calling
/// back: first for the schema, then for arrays until there are no more, from its own threads and
/// one at a time. Nothing is copied; the batch must stay until the statement that reads it has
/// ended.
///
/// A batch is one array: in halves, for two threads of DuckDB, it took a tenth longer. The figures
/// are in docs/benchmarks.md.
///
/// The offsets below are those of the structs `ArrowSchema`, `ArrowArray` and `ArrowArrayStream` on
/// a 64-bit machine. DuckDB's driver has a public way to register a stream, which takes an object
/// of Arrow's own Java library only; we call what that way calls.
final class ArrowStream implements AutoCloseable {
  private static final int SCHEMA_BYTES = 72;
  private static final int SCHEMA_RELEASE = 56;
  private static final int ARRAY_BYTES = 80;
  private static final int ARRAY_RELEASE = 64;
  private static final int STREAM_BYTES = 40;
  private static final int STREAM_RELEASE = 24;
  private static final long NULLABLE = 2;
  private static final long UNKNOWN_COUNT = -1;
  private static final int OUT_OF_BOUNDS = 33; // any errno but 0 says that it failed

  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final DuckDBConnection connection;
  private final List<ArrowColumn> columns;
  private final String view;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment stream = arena.allocate(STREAM_BYTES, 8);
  private final MemorySegment schemas;
  private final MemorySegment getSchema;
  private final MemorySegment getNext;
  private final MemorySegment lastError;
  private final MemorySegment releaseSchema;
  private final MemorySegment releaseArray;
  private final MemorySegment releaseStream;
  private @Nullable ArrowBatch<?> batch;
  private @Nullable Arena arrays;
  private boolean given;

  ArrowStream(DuckDBConnection connection, List<ArrowColumn> columns, String view) {
    this.connection = connection;
    this.columns = columns;
    this.view = view;
    FunctionDescriptor give = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
    FunctionDescriptor release = FunctionDescriptor.ofVoid(ADDRESS);
    getSchema = callback("getSchema", give);
    getNext = callback("getNext", give);
    lastError = callback("lastError", FunctionDescriptor.of(ADDRESS, ADDRESS));
    releaseSchema = callback("releaseSchema", release);
    releaseArray = callback("releaseArray", release);
    releaseStream = callback("releaseStream", release);
    schemas = childSchemas();
  }

  private MemorySegment callback(String method, FunctionDescriptor type) {
    try {
      MethodHandle handle =
          MethodHandles.lookup().findVirtual(ArrowStream.class, method, type.toMethodType());
      return Linker.nativeLinker().upcallStub(handle.bindTo(this), type, arena);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("callback " + method, e);
    }
  }

  /// The name of a column in the view that DuckDB reads.
  static String column(int index) {
    return "c" + index;
  }

  /// Makes the batch what the view gives when it is read next, once.
  void offer(ArrowBatch<?> next) {
    release();
    batch = next;
    arrays = Arena.ofShared();
    given = false;
    stream.set(JAVA_LONG, 0, getSchema.address());
    stream.set(JAVA_LONG, 8, getNext.address());
    stream.set(JAVA_LONG, 16, lastError.address());
    stream.set(JAVA_LONG, STREAM_RELEASE, releaseStream.address());
    Driver.register(connection, stream.address(), view);
  }

  /// Forgets the batch; no statement reads it any more.
  void release() {
    batch = null;
    if (arrays != null) {
      arrays.close();
      arrays = null;
    }
  }

  @Override
  public void close() {
    release();
    arena.close();
  }

  private MemorySegment childSchemas() {
    MemorySegment children = arena.allocate(8L * columns.size() * 2, 8);
    for (int i = 0; i < columns.size(); i++) {
      MemorySegment child = arena.allocate(SCHEMA_BYTES, 8);
      child.set(JAVA_LONG, 0, arena.allocateFrom(columns.get(i).format()).address());
      child.set(JAVA_LONG, 8, arena.allocateFrom(column(i)).address());
      child.set(JAVA_LONG, 24, NULLABLE);
      child.set(JAVA_LONG, SCHEMA_RELEASE, releaseSchema.address());
      children.setAtIndex(JAVA_LONG, i, child.address());
    }
    return children;
  }

  @SuppressWarnings("unused") // called by DuckDB
  private int getSchema(MemorySegment self, MemorySegment out) {
    long to = out.address();
    MEMORY.asSlice(to, SCHEMA_BYTES).fill((byte) 0);
    MEMORY.set(JAVA_LONG, to, STRUCT.address());
    MEMORY.set(JAVA_LONG, to + 8, EMPTY.address());
    MEMORY.set(JAVA_LONG, to + 32, columns.size());
    MEMORY.set(JAVA_LONG, to + 40, schemas.address());
    MEMORY.set(JAVA_LONG, to + SCHEMA_RELEASE, releaseSchema.address());
    return 0;
  }

  /// An exception must not leave a callback: it would end the JVM.
  @SuppressWarnings("unused") // called by DuckDB
  private int getNext(MemorySegment self, MemorySegment out) {
    try {
      long to = out.address();
      MEMORY.asSlice(to, ARRAY_BYTES).fill((byte) 0);
      ArrowBatch<?> from = batch;
      Arena memory = arrays;
      if (from != null && memory != null && !given) {
        given = true;
        fillArray(from, memory, to);
      }
      return 0;
    } catch (RuntimeException e) {
      return OUT_OF_BOUNDS;
    }
  }

  private void fillArray(ArrowBatch<?> from, Arena memory, long to) {
    int rows = from.rows();
    MemorySegment children = memory.allocate(8L * columns.size(), 8);
    for (int i = 0; i < columns.size(); i++) {
      ArrowColumn column = columns.get(i);
      MemorySegment buffers = memory.allocate(24, 8);
      buffers.setAtIndex(JAVA_LONG, 0, from.validityAddress(i));
      buffers.setAtIndex(JAVA_LONG, 1, from.dataAddress(i));
      buffers.setAtIndex(JAVA_LONG, 2, from.textAddress(i));
      MemorySegment child = memory.allocate(ARRAY_BYTES, 8);
      child.set(JAVA_LONG, 0, rows);
      child.set(JAVA_LONG, 8, UNKNOWN_COUNT);
      child.set(JAVA_LONG, 24, column.variable() ? 3 : 2);
      child.set(JAVA_LONG, 40, buffers.address());
      child.set(JAVA_LONG, ARRAY_RELEASE, releaseArray.address());
      children.setAtIndex(JAVA_LONG, i, child.address());
    }
    MEMORY.set(JAVA_LONG, to, rows);
    MEMORY.set(JAVA_LONG, to + 24, 1);
    MEMORY.set(JAVA_LONG, to + 32, columns.size());
    MEMORY.set(JAVA_LONG, to + 40, memory.allocate(8, 8).address());
    MEMORY.set(JAVA_LONG, to + 48, children.address());
    MEMORY.set(JAVA_LONG, to + ARRAY_RELEASE, releaseArray.address());
  }

  @SuppressWarnings("unused") // called by DuckDB
  private MemorySegment lastError(MemorySegment self) {
    return EMPTY;
  }

  @SuppressWarnings("unused") // called by DuckDB
  private void releaseSchema(MemorySegment schema) {
    MEMORY.set(JAVA_LONG, schema.address() + SCHEMA_RELEASE, 0);
  }

  @SuppressWarnings("unused") // called by DuckDB
  private void releaseArray(MemorySegment array) {
    MEMORY.set(JAVA_LONG, array.address() + ARRAY_RELEASE, 0);
  }

  @SuppressWarnings("unused") // called by DuckDB
  private void releaseStream(MemorySegment released) {
    MEMORY.set(JAVA_LONG, released.address() + STREAM_RELEASE, 0);
  }

  private static final MemorySegment STRUCT = Arena.global().allocateFrom("+s");
  private static final MemorySegment EMPTY = Arena.global().allocateFrom("");

  /// The part of DuckDB's driver that takes an address.
  private static final class Driver {
    private static final VarHandle CONNECTION;
    private static final MethodHandle REGISTER;

    static {
      try {
        MethodHandles.Lookup lookup =
            MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup());
        CONNECTION = lookup.findVarHandle(DuckDBConnection.class, "connRef", ByteBuffer.class);
        REGISTER =
            lookup.findStatic(
                lookup.findClass("org.duckdb.DuckDBNative"),
                "duckdb_jdbc_arrow_register",
                MethodType.methodType(void.class, ByteBuffer.class, long.class, byte[].class));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(
            "this version of the DuckDB driver is not the one that Penstock was built for", e);
      }
    }

    static void register(DuckDBConnection connection, long address, String view) {
      try {
        REGISTER.invokeExact(
            (ByteBuffer) CONNECTION.get(connection),
            address,
            view.getBytes(StandardCharsets.UTF_8));
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new DatabaseFailure("DuckDB did not take a batch: " + e.getMessage(), e);
      }
    }
  }
}
