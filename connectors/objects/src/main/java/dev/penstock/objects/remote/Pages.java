package dev.penstock.objects.remote;

import dev.penstock.objects.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A list of objects that is asked for page by page, as it is gone through.
public final class Pages implements Iterator<ObjectInfo> {
  private final Book book;
  private List<ObjectInfo> objects = List.of();
  private int next;
  private @Nullable String token;
  private boolean ended;

  /// @param next by which the page behind it is asked for; null or empty for the last
  public record Page(List<ObjectInfo> objects, @Nullable String next) {}

  /// Asks for pages.
  @FunctionalInterface
  public interface Book {

    /// @param token of a page; null for the first
    Page page(@Nullable String token) throws IOException;
  }

  private Pages(Book book) {
    this.book = book;
  }

  /// Failures are thrown as [UncheckedIOException].
  public static Stream<ObjectInfo> stream(Book book) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Pages(book), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (next == objects.size() && !ended) {
      turn();
    }
    return next < objects.size();
  }

  private void turn() {
    try {
      Page page = book.page(token);
      objects = page.objects();
      next = 0;
      token = page.next();
      ended = token == null || token.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ObjectInfo next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return objects.get(next++);
  }
}
