package dev.penstock.http;

import java.io.Serializable;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How an API divides what it holds into pages. A page is named by a token; the first has none.
sealed interface Paging extends Serializable {

  /// Where a page is.
  URI at(URI first, @Nullable String token);

  /// What the page after this one is named; empty when this is the last.
  ///
  /// @throws HttpFailed when the answer does not say
  Optional<String> next(@Nullable String token, Fetched page) throws HttpFailed;

  /// For `explain()`; empty for one page.
  String describe();

  /// Whether a server that does not know the parameter would give the first page for ever.
  default boolean counts() {
    return false;
  }

  /// All on one page.
  record Single() implements Paging {
    @Override
    public URI at(URI first, @Nullable String token) {
      return first;
    }

    @Override
    public Optional<String> next(@Nullable String token, Fetched page) {
      return Optional.empty();
    }

    @Override
    public String describe() {
      return "";
    }
  }

  /// By numbers, up to the first page that is empty.
  record Number(String parameter, long from) implements Paging {
    @Override
    public URI at(URI first, @Nullable String token) {
      return Queries.with(first, parameter, token == null ? Long.toString(from) : token);
    }

    @Override
    public Optional<String> next(@Nullable String token, Fetched page) {
      long number = token == null ? from : Long.parseLong(token);
      return page.isEmpty() ? Optional.empty() : Optional.of(Long.toString(number + 1));
    }

    @Override
    public String describe() {
      return "by " + parameter;
    }

    @Override
    public boolean counts() {
      return true;
    }
  }

  /// By how many items come before, up to the first page that is empty.
  record Offset(String parameter) implements Paging {
    @Override
    public URI at(URI first, @Nullable String token) {
      return Queries.with(first, parameter, token == null ? "0" : token);
    }

    @Override
    public Optional<String> next(@Nullable String token, Fetched page) {
      long before = token == null ? 0 : Long.parseLong(token);
      return page.isEmpty()
          ? Optional.empty()
          : Optional.of(Long.toString(before + page.items().size()));
    }

    @Override
    public String describe() {
      return "by " + parameter;
    }

    @Override
    public boolean counts() {
      return true;
    }
  }

  /// By a text in each body that the next request repeats; there is none in the last.
  record Cursor(String pointer, String parameter) implements Paging {
    @Override
    public URI at(URI first, @Nullable String token) {
      return token == null ? first : Queries.with(first, parameter, token);
    }

    @Override
    public Optional<String> next(@Nullable String token, Fetched page) throws HttpFailed {
      return page.scalar(pointer);
    }

    @Override
    public String describe() {
      return "by " + parameter;
    }
  }

  /// By the next page's URL in each body; there is none in the last.
  record NextLink(String pointer) implements Paging {
    @Override
    public URI at(URI first, @Nullable String token) {
      return token == null ? first : URI.create(token);
    }

    @Override
    public Optional<String> next(@Nullable String token, Fetched page) throws HttpFailed {
      Optional<String> link = page.scalar(pointer);
      return link.isEmpty() ? link : Optional.of(page.linked(link.get()));
    }

    @Override
    public String describe() {
      return "by " + pointer;
    }
  }

  /// By the `Link` header (RFC 8288).
  record LinkHeader() implements Paging {
    private static final Pattern LINK =
        Pattern.compile(
            "<([^>]*)>((?:\\s*;\\s*[^\\s=;,]+(?:\\s*=\\s*(?:\"[^\"]*\"|[^\\s\";,]+))?)*)");
    private static final Pattern NEXT =
        Pattern.compile(
            ";\\s*rel\\s*=\\s*(\"[^\"]*\\bnext\\b[^\"]*\"|next\\b)", Pattern.CASE_INSENSITIVE);

    @Override
    public URI at(URI first, @Nullable String token) {
      return token == null ? first : URI.create(token);
    }

    @Override
    public Optional<String> next(@Nullable String token, Fetched page) throws HttpFailed {
      for (String header : page.answer().headers().allValues("Link")) {
        Matcher link = LINK.matcher(header);
        while (link.find()) {
          if (NEXT.matcher(link.group(2)).find()) {
            return Optional.of(page.linked(link.group(1)));
          }
        }
      }
      return Optional.empty();
    }

    @Override
    public String describe() {
      return "by Link";
    }
  }
}
