package dev.penstock.server.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Route;

/// A page that is told anew, as long as somebody looks at it, whenever something on it has changed.
final class LivePage {
  private static final long LOOK_MILLIS = 3000;

  private LivePage() {}

  /// @param path where it is told
  static Route of(String path, Route.Handler page) {
    return Route.get(
        path,
        request ->
            Answer.events(out -> {
              String told = "";
              while (true) {
                String now =
                    page.answer(request).body() instanceof Answer.Body.Whole whole
                        ? new String(whole.bytes(), UTF_8)
                        : "";
                if (now.equals(told)) {
                  EventStream.beat(out);
                } else {
                  EventStream.send(out, "page", "", now);
                  told = now;
                }
                out.flush();
                Thread.sleep(LOOK_MILLIS);
              }
            }));
  }
}
