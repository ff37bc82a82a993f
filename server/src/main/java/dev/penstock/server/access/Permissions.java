package dev.penstock.server.access;

import dev.penstock.flow.store.Role;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which role each route needs, and what is noted of a change: the one table of it.
public final class Permissions {
  private static final String ANYONE = "anyone";

  /// A line is `role, method, path`; of a change also what it does and, in brackets, which fields
  /// say to what. A route that is missing here is for admins, and fails a test.
  private static final String TABLE =
      """
      anyone   GET    /assets/{version}/{name}
      anyone   GET    /login
      anyone   POST   /login
      anyone   POST   /logout
      anyone   GET    /api/v1/health
      anyone   GET    /api/v1/ready

      viewer   GET    /
      viewer   GET    /runs
      viewer   GET    /runs/{id}
      viewer   GET    /runs/{id}/events
      viewer   GET    /runs/{id}/log
      viewer   GET    /runs/{id}/dead-letters
      viewer   GET    /flows
      viewer   GET    /deployments
      viewer   GET    /deployments/{id}
      viewer   GET    /work-pools
      viewer   GET    /concurrency
      viewer   GET    /variables
      viewer   GET    /metrics
      viewer   GET    /api
      viewer   GET    /secrets
      viewer   GET    /blocks
      viewer   GET    /blocks/{type}
      viewer   GET    /blocks/{type}/{name}
      viewer   GET    /automations
      viewer   GET    /automations/new
      viewer   GET    /automations/{name}
      viewer   GET    /events
      viewer   GET    /live/events
      viewer   GET    /live/runs/events
      viewer   GET    /account
      viewer   POST   /account/password                      change password

      operator POST   /runs/cancel                           cancel flow runs [run]
      operator POST   /runs/retry                            retry flow runs [run]
      operator POST   /runs/delete                           delete flow runs [run]
      operator POST   /runs/{id}/cancel                      cancel flow run
      operator POST   /runs/{id}/pause                       pause flow run
      operator POST   /runs/{id}/resume                      resume flow run
      operator POST   /runs/{id}/retry                       retry flow run
      operator POST   /runs/{id}/retry-from-start            retry flow run from start
      operator POST   /runs/{id}/replay                      replay dead letters [letter group]
      operator POST   /runs/{id}/delete                      delete flow run
      operator POST   /deployments/{id}/run                  run deployment
      operator POST   /deployments/{id}/pause                pause deployment
      operator POST   /deployments/{id}/resume               resume deployment
      operator POST   /deployments/{id}/schedules            save schedule [kind rule zone]
      operator POST   /deployments/{id}/schedules/{schedule} pause or resume schedule
      operator POST   /deployments/{id}/schedules/{schedule}/delete delete schedule
      operator POST   /deployments/{id}/backfill             start backfill [from to]

      operator POST   /concurrency                           set limit [kind name slots]
      operator POST   /concurrency/free                      free slot [kind name holder]
      operator POST   /concurrency/delete                    delete limit [kind name]
      operator POST   /variables                             set variable [name]
      operator POST   /variables/{name}/delete               delete variable

      admin    POST   /secrets                               set secret [name]
      admin    POST   /secrets/{name}/delete                 delete secret
      admin    POST   /blocks/{type}                         save block [name]
      admin    POST   /blocks/{type}/{name}/delete           delete block
      admin    POST   /automations                           save automation [name]
      admin    POST   /automations/{name}/test               test automation
      admin    POST   /automations/{name}/enable             enable automation
      admin    POST   /automations/{name}/disable            disable automation
      admin    POST   /automations/{name}/delete             delete automation

      admin    GET    /settings
      admin    POST   /settings/users                        create user [name role]
      admin    POST   /settings/users/{name}/role            set role [role]
      admin    POST   /settings/users/{name}/delete          delete user
      admin    POST   /settings/retention                    set retention [days perFlow]
      admin    POST   /settings/keys                         create key [name role]
      admin    POST   /settings/keys/{name}/revoke           revoke key
      admin    GET    /audit

      viewer   GET    /api/v1/openapi.json
      viewer   GET    /api/v1/flow-runs
      viewer   GET    /api/v1/flow-runs/{id}
      viewer   GET    /api/v1/flow-runs/{id}/states
      viewer   GET    /api/v1/flow-runs/{id}/task-runs
      viewer   GET    /api/v1/flow-runs/{id}/task-states
      viewer   GET    /api/v1/flow-runs/{id}/logs
      viewer   GET    /api/v1/task-runs/{id}
      operator POST   /api/v1/flow-runs/{id}/cancel          cancel flow run
      operator POST   /api/v1/flow-runs/{id}/pause           pause flow run
      operator POST   /api/v1/flow-runs/{id}/resume          resume flow run
      operator POST   /api/v1/flow-runs/{id}/retry           retry flow run
      operator POST   /api/v1/flow-runs/{id}/state           set state of flow run [state]
      operator DELETE /api/v1/flow-runs/{id}                 delete flow run
      viewer   GET    /api/v1/deployments
      viewer   GET    /api/v1/deployments/{id}
      operator POST   /api/v1/deployments/{id}/flow-runs     run deployment
      operator POST   /api/v1/deployments/{id}/pause         pause deployment
      operator POST   /api/v1/deployments/{id}/resume        resume deployment
      admin    DELETE /api/v1/deployments/{id}               delete deployment
      viewer   GET    /api/v1/deployments/{id}/schedules
      operator POST   /api/v1/deployments/{id}/schedules     add schedule [spec]
      operator POST   /api/v1/deployments/{id}/schedules/{schedule}/pause pause schedule
      operator POST   /api/v1/deployments/{id}/schedules/{schedule}/resume resume schedule
      operator DELETE /api/v1/deployments/{id}/schedules/{schedule} delete schedule
      viewer   GET    /api/v1/variables
      viewer   GET    /api/v1/variables/{name}
      operator PUT    /api/v1/variables/{name}               set variable
      operator DELETE /api/v1/variables/{name}               delete variable
      viewer   GET    /api/v1/secrets
      admin    PUT    /api/v1/secrets/{name}                 set secret
      admin    DELETE /api/v1/secrets/{name}                 delete secret
      viewer   GET    /api/v1/blocks
      viewer   GET    /api/v1/blocks/{type}/{name}
      admin    DELETE /api/v1/blocks/{type}/{name}           delete block
      viewer   GET    /api/v1/work-pools
      viewer   GET    /api/v1/work-pools/{name}
      admin    PUT    /api/v1/work-pools/{name}              set work pool
      admin    DELETE /api/v1/work-pools/{name}              delete work pool
      viewer   GET    /api/v1/workers
      viewer   GET    /api/v1/concurrency-limits
      viewer   GET    /api/v1/concurrency-limits/{kind}/{name}
      admin    PUT    /api/v1/concurrency-limits/{kind}/{name} set concurrency limit
      admin    DELETE /api/v1/concurrency-limits/{kind}/{name} delete concurrency limit
      operator POST   /api/v1/concurrency-limits/{kind}/{name}/free free slots
      viewer   GET    /api/v1/flows
      viewer   GET    /api/v1/flow-runs/{id}/artifacts
      viewer   GET    /api/v1/artifacts/{id}
      viewer   GET    /api/v1/events
      viewer   GET    /api/v1/automations
      viewer   GET    /api/v1/automations/{name}
      admin    POST   /api/v1/automations/{name}/pause       pause automation
      admin    POST   /api/v1/automations/{name}/resume      resume automation
      admin    DELETE /api/v1/automations/{name}             delete automation
      """;

  private final Map<String, Needed> table = new LinkedHashMap<>();

  /// What a route needs.
  ///
  /// @param role null for anyone
  /// @param action what it does, for the audit log; empty when nothing is noted
  /// @param noted fields whose values are noted too
  record Needed(@Nullable Role role, String action, List<String> noted) {}

  public Permissions() {
    TABLE.lines().filter(line -> !line.isBlank()).forEach(this::add);
  }

  private void add(String line) {
    String[] words = line.split(" +", 4);
    String rest = words.length == 4 ? words[3] : "";
    int bracket = rest.indexOf('[');
    Role role = words[0].equals(ANYONE) ? null : Role.of(words[0]);
    List<String> noted =
        bracket < 0
            ? List.of()
            : List.of(rest.substring(bracket + 1, rest.length() - 1).split(" "));
    String action = bracket < 0 ? rest : rest.substring(0, bracket);
    table.put(words[1] + " " + words[2], new Needed(role, action.strip(), noted));
  }

  Needed of(@Nullable Route route) {
    Role least = route == null ? Role.VIEWER : Role.ADMIN;
    Needed needed = route == null ? null : table.get(name(route));
    return needed == null ? new Needed(least, "", List.of()) : needed;
  }

  private static String name(Route route) {
    return route.method() + " " + route.path();
  }

  /// The routes that there is a line for, for the test of the table.
  public Set<String> known() {
    return table.keySet();
  }
}
