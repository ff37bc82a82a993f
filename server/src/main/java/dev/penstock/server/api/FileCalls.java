package dev.penstock.server.api;

import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.ResultParts;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Map;

/// Files that tasks hand on, for workers that share no directory: brought and fetched part by part.
public final class FileCalls {
  private static final String ONE = StoreCalls.ROOT + "files/{hash}/{name}";

  private final ResultParts parts;

  public FileCalls(ResultFiles files) {
    this.parts = new ResultParts(files);
  }

  public List<Route> routes() {
    return List.of(Route.get(ONE, this::get), new Route("PUT", ONE, this::put));
  }

  private static String reference(Request request) {
    return request.variable("hash") + "/" + request.variable("name");
  }

  private static long number(Request request, String name) {
    String text = request.query().first(name).orElse("");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refused.badField(name, "\"" + text + "\" is no number of bytes");
    }
  }

  /// A part, with the length of the whole file in a header.
  private Answer get(Request request) {
    try {
      ResultParts.Part part =
          parts
              .read(reference(request), number(request, "at"))
              .orElseThrow(() ->
                  Refused.notFound(
                      "there is no file "
                          + reference(request)
                          + "; servers on several machines have to share PENSTOCK_RESULTS"));
      return new Answer(
          200,
          Map.of(
              "Content-Type",
              "application/octet-stream",
              "Cache-Control",
              "no-store",
              ResultParts.LENGTH,
              String.valueOf(part.of())),
          new Answer.Body.Whole(part.bytes()));
    } catch (IllegalArgumentException e) {
      throw Refused.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Answer put(Request request) {
    long at = number(request, "at");
    long of = number(request, "of");
    try {
      byte[] part = request.body().read(ResultParts.MOST);
      return Answer.json(200, Map.of("next", parts.write(reference(request), at, of, part)));
    } catch (IllegalArgumentException e) {
      throw Refused.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
