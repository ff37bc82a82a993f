package dev.penstock.server.pages;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.LimitUse;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The limits: which are full, who holds the slots of one, which can be freed, and who waits for
/// them.
public final class ConcurrencyPage {
  private static final int MOST_IN_LINE = 100;

  /// What a limit may be of that is made here.
  public static final Map<String, String> KINDS = kinds();

  private final Site site;

  ConcurrencyPage(Site site) {
    this.site = site;
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("TAG", "Task runs with a tag");
    kinds.put("GLOBAL", "Whoever asks for it by name");
    return kinds;
  }

  /// A slot that is held.
  ///
  /// @param number from 1
  /// @param run by whose lease; null when it is gone
  /// @param deployment its name; empty for none
  /// @param age for how long, in words; empty when it is not known
  /// @param lease for how long it is held still when its process is gone, in words
  public record Held(
      int number,
      LimitUse.Taken taken,
      @Nullable FlowRun run,
      String deployment,
      String age,
      String lease) {}

  /// Who waits for a slot.
  ///
  /// @param place in the line, from 1
  /// @param run null when it is gone
  /// @param task the name of the task run; empty when it is gone
  /// @param age for how long, in words
  public record InLine(
      int place,
      LimitUse.Waiter waiter,
      @Nullable FlowRun run,
      String task,
      String deployment,
      String age) {}

  List<Route> routes() {
    return List.of(
        Route.get("/concurrency", request -> show(request, 200, EditForm.EMPTY)),
        LivePage.of("/live/concurrency/events", request -> show(request, 200, EditForm.EMPTY)),
        Route.post("/concurrency", this::save),
        Route.post("/concurrency/free", this::free),
        Route.post("/concurrency/delete", this::delete));
  }

  private Answer show(Request request, int status, EditForm form) {
    List<LimitUse> limits =
        site.store().limits().list().stream()
            .sorted(
                Comparator.comparing((LimitUse use) -> use.taken().size() < use.limit().slots())
                    .thenComparing(use -> use.waiting() == 0))
            .toList();
    String wanted = request.query().first("limit").orElse("");
    Optional<LimitUse> chosen =
        limits.stream()
            .filter(use -> use.limit().key().toString().equals(wanted))
            .findFirst()
            .or(() -> limits.stream().findFirst());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("limits", limits);
    values.put("form", form);
    values.put("chosen", chosen.map(use -> use.limit().key().toString()).orElse(""));
    Words words = site.words(request.viewer());
    values.put("held", chosen.map(use -> held(use, words)).orElse(List.of()));
    values.put("line", chosen.map(use -> line(use.limit().key(), words)).orElse(List.of()));
    Shell shell =
        site.shell(
            request, "Concurrency", "concurrency", List.of(new Shell.Crumb("Concurrency", "")));
    return site.page(status, "concurrency", shell, values);
  }

  private List<Held> held(LimitUse use, Words words) {
    List<Held> held = new ArrayList<>();
    for (LimitUse.Taken taken : use.taken()) {
      FlowRun run = site.store().flowRuns().find(taken.flowRun()).orElse(null);
      held.add(
          new Held(
              held.size() + 1,
              taken,
              run,
              run == null ? "" : deployment(run),
              since(taken, run).map(words::since).orElse(""),
              taken.leaseUntil() == null ? "ended" : words.until(taken.leaseUntil())));
    }
    return held;
  }

  private List<InLine> line(LimitKey key, Words words) {
    List<InLine> line = new ArrayList<>();
    for (LimitUse.Waiter waiter : site.store().limits().line(key, MOST_IN_LINE)) {
      FlowRun run = site.store().flowRuns().find(waiter.flowRun()).orElse(null);
      String task =
          site.store().taskRuns().find(waiter.taskRun()).map(each -> each.key().name()).orElse("");
      line.add(
          new InLine(
              line.size() + 1,
              waiter,
              run,
              task,
              run == null ? "" : deployment(run),
              words.since(waiter.since())));
    }
    return line;
  }

  private String deployment(FlowRun run) {
    String id = run.origin().deployment();
    return id == null
        ? ""
        : site.store().deployments().find(id).map(each -> each.fullName()).orElse("");
  }

  private Optional<Instant> since(LimitUse.Taken taken, @Nullable FlowRun run) {
    if (run == null) {
      return Optional.empty();
    }
    if (taken.holder().equals(run.id())) {
      return Optional.ofNullable(run.times().started());
    }
    return site.store().taskRuns().find(taken.holder()).map(TaskRun::state).map(each -> each.at());
  }

  private static LimitKey key(Fields form) {
    try {
      return new LimitKey(
          LimitKey.Kind.valueOf(form.first("kind").orElse("TAG").toUpperCase(Locale.ROOT)),
          form.first("name").orElse(""));
    } catch (IllegalArgumentException e) {
      throw Refused.badField("name", "name a tag, or what a flow asks slots of");
    }
  }

  private Answer save(Request request) {
    Fields form = request.form();
    EditForm typed = EditForm.of(form);
    try {
      LimitKey key = key(form);
      if (key.kind() != LimitKey.Kind.TAG && key.kind() != LimitKey.Kind.GLOBAL) {
        throw Refused.badField("name", "this limit is a setting of its " + key);
      }
      long slots = RunPage.number("slots", form.first("slots").orElse(""));
      if (slots < 0 || slots > Limit.MOST_SLOTS) {
        throw Refused.badField("slots", "from 0 to 10,000 may run at once, was " + slots);
      }
      site.store().limits().set(Limit.of(key, (int) slots));
      return Answer.seeOther("/concurrency?limit=" + Urls.encode(key.toString()));
    } catch (Refused refusal) {
      if (refusal.fields().isEmpty()) {
        throw refusal;
      }
      Refused.Field wrong = refusal.fields().getFirst();
      return show(request, 422, typed.wrong(String.valueOf(wrong.name()), wrong.message()));
    } catch (IllegalArgumentException e) {
      return show(request, 422, typed.wrong("name", e));
    }
  }

  private Answer free(Request request) {
    LimitKey key = key(request.form());
    String holder = request.form().first("holder").orElse("");
    if (holder.isEmpty() || site.store().limits().free(key, holder) == 0) {
      throw Refused.conflict("nobody holds this slot any more");
    }
    return Answer.seeOther("/concurrency?limit=" + Urls.encode(key.toString()));
  }

  private Answer delete(Request request) {
    if (!site.store().limits().delete(key(request.form()))) {
      throw Refused.notFound("there is no such limit any more");
    }
    return Answer.seeOther("/concurrency");
  }
}
